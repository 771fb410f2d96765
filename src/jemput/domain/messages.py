"""A short message from a village, read: what is meant, under which code, and the day, place or people it names.

The law: no message is read as something it does not say. What is not certain is `unsure`, and the office asks back; so a
word that turns, doubts or conditions another, a day beside a yes, or two meanings at once are never decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jemput.domain import message_words as words
from jemput.domain.message_rompok import read_rompok
from jemput.domain.message_tokens import Token, addressed, is_number, value_of
from jemput.domain.problems import Text

READY, OTHER_DAY, ROMPOK, REFUSE, QUESTION, UNSURE = "ready", "other_day", "rompok", "refuse", "question", "unsure"
INTENTS = (READY, OTHER_DAY, ROMPOK, REFUSE, QUESTION, UNSURE)
INTENT_TITLES = {
    READY: Text("siap", "ready"),
    OTHER_DAY: Text("minta hari lain", "asks for another day"),
    ROMPOK: Text("melaporkan rompok", "reports a rompok"),
    REFUSE: Text("tidak bisa", "refuses"),
    QUESTION: Text("bertanya", "asks something"),
    UNSURE: Text("belum jelas: tanyakan kembali", "not clear: ask back"),
}
STRANGE_WORDS = 4
"""Words nobody here knows up to which a yes is still believed (our choice: beyond it somebody explains something)."""
_SKIPPED = 2
"""Words that may stand between a negation and what it turns (tidak kami siap)."""
_BEFORE = 3
"""Words before a refusal in which another negation turns it again."""
_SHORT = 4
"""Letters up to which an unknown word right before a yes may be a negation cut short (gx siap, tdx siap)."""
_BETWEEN = frozenset("kami kmi kita kito saya pak bu bpk bapak ibu akan juga jg pun lah".split())
"""Words that may stand between a negation and what it turns; "tidak semua siap" is something else."""
_WEEK = frozenset({"minggu", "mingu", "mgu", "mgg", "mnggu"})
"""After a number these are weeks and not the Sunday (2 minggu)."""
_JOINS = frozenset({"-", "–", "/"})
_CRIES_NO = "👎❌✖🚫⛔✗✘"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a message is understood; `day` an Indonesian weekday in lower case, `place` as written, `people` a number.

    `notes` are codes of what kept it from being certain, or was said beside it (`date:9 april`).
    """

    intent: str
    code: str | None = None
    day: str | None = None
    place: str | None = None
    people: int | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the reading as JSON holds it; every key is always there."""
        return {
            "intent": self.intent,
            "code": self.code,
            "day": self.day,
            "place": self.place,
            "people": self.people,
            "notes": list(self.notes),
        }


def read_message(text: str) -> Reading:
    """Read one message of a village, whatever its channel; never raises, knows no database and looks no code up."""
    said = addressed(text)
    if not said.code:
        return Reading(UNSURE, notes=(said.trouble or "no_code",))
    if said.trouble:
        return Reading(UNSURE, said.code, notes=(said.trouble,))
    if any(token.meaning == words.ROMPOK for token in said.body):
        found = read_rompok(said.body, asks=said.asks)
        return Reading(found.intent, said.code, None, found.place, found.people, found.notes)
    return replace(
        _read(said.body, asks=said.asks, cries_no=any(one in said.clean for one in _CRIES_NO)), code=said.code
    )


def _read(body: tuple[Token, ...], *, asks: bool, cries_no: bool) -> Reading:
    """Read what is said beside the code, where no rompok is named."""
    refusals, strays, turned, doubled = _negations(body)
    people, notes, taken = _people(body)
    days = tuple(dict.fromkeys(token.day for token in body if token.meaning == words.DAY and token.at not in taken))
    day = days[0] if len(days) == 1 else None
    has = {token.meaning for token in body if token.at not in turned}
    meant = _meant(body, refusals, turned, asks=asks or words.QUESTION in has, days=days)
    if not meant and _only_no(body, strays):
        meant, strays = {REFUSE}, frozenset()
    if doubled or len(meant) != 1:
        why = "negation" if doubled else "two_intents" if meant else "no_intent"
        return Reading(UNSURE, None, day, None, people, (*notes, why))
    (intent,) = meant
    against = _doubts(intent, body, has, days, strays)
    if intent == OTHER_DAY and day is None:
        against.append("two_days" if days else "no_day")
    if cries_no and intent != REFUSE:
        against.append("sign_against")
    disturbing = [note for note in notes if intent in {READY, REFUSE} or note == "people_unclear"]
    certain = intent == QUESTION or not (against or disturbing)
    return Reading(intent if certain else UNSURE, None, day, None, people, (*notes, *against))


def _meant(
    body: tuple[Token, ...], refusals: frozenset[int], turned: frozenset[int], *, asks: bool, days: tuple[str, ...]
) -> set[str]:
    """Return every intent said; a yes after another intent is a particle (hari lain senin ya)."""
    other = _asks_for_a_day(body)
    standing = [token for token in body if token.at not in turned]
    has = {token.meaning for token in standing}
    meant = {
        intent
        for intent, is_said in (
            (READY, words.READY in has),
            (REFUSE, bool(refusals)),
            (OTHER_DAY, bool(other) and not (asks and not days)),
            (QUESTION, asks),
        )
        if is_said
    }
    first = min(refusals | other, default=len(body))
    if any(token.meaning == words.YES and token.at < first for token in standing):
        meant.add(READY)
    if not meant and words.WEAK in has:
        meant.add(READY)
    return meant


def _doubts(
    intent: str, body: tuple[Token, ...], has: set[str], days: tuple[str, ...], strays: frozenset[int]
) -> list[str]:
    """Return what speaks against an intent; a question stands whatever else is said."""
    if intent == QUESTION:
        return []
    found = []
    if words.DOUBLE in has or (strays and intent != REFUSE):
        found.append("negation")
    if words.HEDGE in has:
        found.append("condition")
    if intent in {READY, REFUSE} and (days or words.RELATIVE in has):
        found.append("day_said")
    if intent in {READY, REFUSE} and {words.MOVE, words.OTHER} & has:
        found.append("other_day_said")
    if intent == READY:
        if {words.TROUBLE, words.WAIT} & has:
            found.append("condition")
        if _is_strange(body):
            found.append("unknown_words")
    elif any(token.meaning == words.SUSPECT for token in body):
        found.append("unknown_words")
    return found


def _is_strange(body: tuple[Token, ...]) -> bool:
    """Return whether words nobody knows could turn a yes: too many, near a negation, or short and right before it."""
    strange = [token for token in body if not token.meaning and not is_number(token)]
    if len(strange) > STRANGE_WORDS or any(token.meaning == words.SUSPECT for token in body):
        return True
    yes = {token.at for token in body if token.meaning in {words.READY, words.WEAK, words.YES}}
    titled = {token.at + 1 for token in body if token.meaning == words.POLITE}
    return any(
        token.near_negation
        or any(one.isdigit() for one in token.key)  # may be another code
        or (len(token.key) <= _SHORT and token.at + 1 in yes and token.at not in titled)
        or (len(token.key) < _SHORT and token.at - 1 in yes)
        for token in strange
    )


def _negations(body: tuple[Token, ...]) -> tuple[frozenset[int], frozenset[int], frozenset[int], bool]:
    """Return where it is refused, negations that turn nothing known, words that are turned, and if one turns another."""
    refusals, strays, turned = set(), set(), set()
    doubled = False
    for at, token in enumerate(body):
        before = {one.meaning for one in body[max(0, at - _BEFORE) : at]}
        if token.meaning == words.REFUSE:
            refusals.add(token.at)
            doubled |= bool({words.NEG, words.DOUBLE} & before)
        if token.meaning != words.NEG:
            continue
        doubled |= at > 0 and body[at - 1].meaning in {words.NEG, words.DOUBLE}
        doubled |= words.DOUBLE in before
        target = _target(body, at)
        if target is None:
            strays.add(token.at)
        elif _is_refusal(token, body[target]):
            refusals.add(token.at)
            turned |= {token.at, body[target].at}
            beyond = target + 1
            while beyond < len(body) and body[beyond].meaning in {words.WEAK, words.READY, words.COME}:
                turned.add(body[beyond].at)
                beyond += 1
        else:
            strays.add(token.at)
            turned.add(body[target].at) if body[target].meaning == words.YES else None
    return frozenset(refusals), frozenset(strays), frozenset(turned), doubled


def _target(body: tuple[Token, ...], at: int) -> int | None:
    """Return where the word stands that a negation turns."""
    for step in range(1, _SKIPPED + 2):
        if at + step >= len(body):
            return None
        if body[at + step].key not in _BETWEEN:
            return at + step
    return None


def _is_refusal(negation: Token, target: Token) -> bool:
    if negation.key.startswith(("jang", "jgn")):
        return target.key.startswith(("datang", "dtg", "dateng"))
    if target.meaning == words.COME:
        return target.key in {"jadi", "usah", "perlu"}
    return target.meaning in {words.READY, words.WEAK}


def _only_no(body: tuple[Token, ...], strays: frozenset[int]) -> bool:
    """Return whether nothing is said but no."""
    plain = {token.meaning for token in body if token.at not in strays} <= {words.POLITE, words.YES}
    said = [token.key for token in body if token.at in strays]
    return plain and len(said) == 1 and not said[0].startswith(("jang", "jgn", "tanpa"))


def _asks_for_a_day(body: tuple[Token, ...]) -> frozenset[int]:
    """Return where another day is asked for: hari lain, lain hari, lain senin, ganti hari, pindah ke senin."""
    found = set()
    for at, token in enumerate(body):
        next_to = {one.meaning for one in body[max(0, at - 1) : at + 2]}
        after = {one.meaning for one in body[at + 1 : at + 1 + _BEFORE]}
        if token.meaning == words.OTHER and (words.DATE_WORD in next_to or words.DAY in after):
            found.add(token.at)
        if token.meaning == words.MOVE and {words.DATE_WORD, words.DAY} & after:
            found.add(token.at)
    return frozenset(found)


def _people(body: tuple[Token, ...]) -> tuple[int | None, list[str], frozenset[int]]:
    """Return how many people are said, notes on days and unclear numbers, and the words that name no day after all."""
    found: list[int] = []
    notes: list[str] = []
    taken: set[int] = set()
    at = 0
    while at < len(body):
        value, used = value_of(body, at)
        if value is None:
            at += 1
            continue
        before = body[at - 1] if at else None
        after = body[at + used] if at + used < len(body) else None
        dated = _date_end(body, at, used)
        if after is not None and after.key in _WEEK:
            taken.add(after.at)
            notes.append("day_said")
        elif before is not None and before.meaning == words.CLOCK:
            while at + used < len(body) and is_number(body[at + used]):
                used += 1
        elif dated:
            is_range = dated < len(body) and body[dated].meaning == words.UNIT
            notes.append("people_unclear" if is_range else "date:" + " ".join(one.text for one in body[at:dated]))
            used = dated - at
        elif (after is not None and after.meaning == words.UNIT) or ("#" in body[at].gap and after is None):
            found.append(value)
        at += used
    if len(found) > 1 or 0 in found:
        notes.append("people_unclear")
        found = []
    return (found[0] if found else None), notes, frozenset(taken)


def _date_end(body: tuple[Token, ...], at: int, used: int) -> int:
    """Return where a date or a range that begins at a number ends, 0 where none begins."""
    end = at + used
    after = body[end] if end < len(body) else None
    is_labelled = at > 0 and body[at - 1].meaning == words.DAY_LABEL
    goes_on = after is not None and (after.meaning == words.MONTH or (is_number(after) and after.gap.strip() in _JOINS))
    if not is_labelled and not goes_on:
        return 0
    while end < len(body) and (is_number(body[end]) or body[end].meaning == words.MONTH):
        end += 1
    return end
