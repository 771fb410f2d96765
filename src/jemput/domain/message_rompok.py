"""A rompok in a message: where it is, as written, and how many people live there.

A number belongs to the place after a word that is numbered (blok 7, RT 02, km 12), else to the people. A range (15-20), a
number of families, or a small number after a name (Sungai Dua) is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

from jemput.domain import message_words as words
from jemput.domain.message_tokens import LONGEST_NUMBER, Token, is_number, value_of

SURELY_PEOPLE = 10
"""From this number on a bare number after a name counts people (our choice: places are numbered in small numbers)."""
_SIGNS = "*|;:,\n-/._=+~>"
_ALWAYS_APART = "*|;,\n"
_VAGUE = frozenset("banyak byk sedikit baru lagi lg kami lama".split())
_NUMBERED = frozenset("sungai sei simpang pasar pulau muara".split())
_UNDOING = frozenset({words.REFUSE, words.DOUBLE, words.MOVE, words.HEDGE, words.SUSPECT})
_AROUND = frozenset({words.POLITE, words.APPROX, words.YES})
_SHORT_NEGATION = 2
_RANGES = frozenset({"sampai", "sampe", "smp", "sd", "hingga", "atau"})


@dataclass(frozen=True, slots=True)
class Rompok:
    """What a message says of a rompok; `intent` is `rompok`, or `question` or `unsure` where it is not a report."""

    intent: str
    place: str | None = None
    people: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Field:
    """A part of the message being read: the words not yet taken, and what was found in it."""

    tokens: list[Token]
    people: list[int]
    notes: list[str]


def read_rompok(body: tuple[Token, ...], *, asks: bool) -> Rompok:
    """Return what is said of a rompok; `body` names one at least."""
    named = [at for at, token in enumerate(body) if token.meaning == words.ROMPOK]
    before, after = body[: named[0]], body[named[0] + 1 :]
    if len(named) > 1:
        return Rompok("unsure", notes=("two_places",))
    if asks or any(token.meaning == words.QUESTION for token in body):
        only_asks = all(
            token.meaning in _AROUND | {words.QUESTION, words.WEAK, words.PLAIN} for token in (*before, *after)
        )
        return Rompok("question") if only_asks else Rompok("unsure", notes=("two_intents",))
    if any(token.meaning not in {"", words.POLITE, words.APPROX, words.PLAIN} for token in before):
        return Rompok("unsure", notes=("two_intents",))
    fields = _fields(after)
    read = [_read_field(field) for field in fields]
    people = [count for field in read for count in field.people]
    notes = [note for field in read for note in field.notes]
    places = [text for field in read if (text := _place(field.tokens))]
    if any(_undoes(token, segmented=len(fields) > 1) for field in read for token in field.tokens):
        return Rompok("unsure", notes=(*notes, "two_intents"))
    place = ", ".join(places) or None
    count = people[0] if len(people) == 1 else None
    if place is None:
        return Rompok("unsure", None, count, (*notes, "no_place"))
    if len(people) > 1 or "people_unclear" in notes or count == 0:
        return Rompok("unsure", place, None, tuple(dict.fromkeys((*notes, "people_unclear"))))
    return Rompok("rompok", place, count, tuple(notes))


def _undoes(token: Token, *, segmented: bool) -> bool:
    """Return whether a word within the place makes it doubtful that a place is reported."""
    if token.meaning == words.NEG:
        return len(token.key) > _SHORT_NEGATION
    if token.meaning in {words.DAY, words.OTHER}:
        return not segmented or token.meaning == words.OTHER
    return token.meaning in _UNDOING or token.key in {"siap", "setuju", "kosong"}


def _fields(after: tuple[Token, ...]) -> list[list[Token]]:
    """Return the words after the rompok in parts, by the sign the sender parts them with."""
    gaps = [token.gap for token in after]
    if any("#" in gap for gap in gaps):
        apart = "#"
    elif gaps and (signs := [one for one in gaps[0] if one in _SIGNS]):
        apart = signs[0] + _ALWAYS_APART
    else:
        apart = _ALWAYS_APART
    fields: list[list[Token]] = [[]]
    for token in after:
        if any(one in apart for one in token.gap) or token.gap in {" - ", " / "}:
            fields.append([])
        fields[-1].append(token)
    return [field for field in fields if field]


def _read_field(tokens: list[Token]) -> _Field:
    field = _Field(_stripped(tokens), [], [])
    _take_counted(field)
    if not field.people:
        _take_last(field)
    field.tokens = _stripped([token for token in field.tokens if token.meaning != words.UNIT])
    return field


def _take_counted(field: _Field) -> None:
    """Take numbers that say what they count: 15 orang, 20 KK."""
    at = 0
    while at < len(field.tokens):
        value, used = value_of(tuple(field.tokens), at)
        end = at + used
        unit = field.tokens[end].meaning if end < len(field.tokens) else ""
        if value is None or unit not in {words.UNIT, words.HOUSEHOLD}:
            at += used if value is not None else 1
            continue
        if unit == words.UNIT:
            field.people.append(value)
        else:
            field.notes.append(f"households:{value}")
        while end < len(field.tokens) and field.tokens[end].meaning in {words.UNIT, words.HOUSEHOLD}:
            end += 1
        _take(field, at, end)
        at = 0


def _take(field: _Field, at: int, end: int) -> None:
    """Take words out of a field, with what is said before them of how nearly; a range is unclear."""
    if _is_range(field.tokens, at):
        field.notes.append("people_unclear")
    while at and field.tokens[at - 1].meaning == words.APPROX:
        at -= 1
    del field.tokens[at:end]


def _is_range(tokens: list[Token], at: int) -> bool:
    if not at:
        return False
    before = tokens[at - 1]
    joined = set(tokens[at].gap.strip()) & set("-–—/~")
    return (is_number(before) and bool(joined)) or (before.key in _RANGES and at > 1 and is_number(tokens[at - 2]))


def _take_last(field: _Field) -> None:
    """Take a bare number at the end, where it counts people and does not number the place."""
    tokens = field.tokens
    at = _last_number(tokens)
    if at == len(tokens):
        return
    value, _ = value_of(tuple(tokens), at)
    before = tokens[at - 1] if at else None
    if value is None:
        del tokens[at:]
    elif before is None or before.meaning == words.APPROX or set(tokens[at].gap) & set("±~≈"):
        field.people.append(value)
        _take(field, at, len(tokens))
    elif _is_range(tokens, at):
        field.notes.append("people_unclear")
    elif before.meaning == words.PLACE_NOUN or before.key in _NUMBERED:
        return
    elif value >= SURELY_PEOPLE or (len(before.key) == 1 and is_number(tokens[at])) or is_number(before):
        field.people.append(value)
        _take(field, at, len(tokens))
    else:
        field.notes.append("people_unclear")


def _last_number(tokens: list[Token]) -> int:
    """Return where the number begins with which the words end: one in digits, or several words (dua puluh)."""
    at = len(tokens)
    if at and is_number(tokens[-1]):
        return at - 1
    while at and tokens[at - 1].meaning == words.NUMBER_WORD:
        at -= 1
    return at


def _stripped(tokens: list[Token]) -> list[Token]:
    """Return the words without politeness at either end; a bare letter or numbered word stays."""
    first, last = 0, len(tokens)
    while first < last and _is_around(tokens[first]):
        first += 1
    while last > first and _is_around(tokens[last - 1]) and not _belongs(tokens, last - 1):
        last -= 1
    return tokens[first:last]


def _is_around(token: Token) -> bool:
    if token.meaning in {words.READY, words.WEAK} and token.key not in {"siap", "setuju"}:
        return True
    return token.meaning in _AROUND or (is_number(token) and len(token.key) > LONGEST_NUMBER)


def _belongs(tokens: list[Token], at: int) -> bool:
    """Return whether the last word is the name of what stands before it (blok Y, desa Y)."""
    return at > 0 and len(tokens[at].key) == 1 and tokens[at - 1].meaning in {words.PLACE_NOUN, words.POLITE}


def _place(tokens: list[Token]) -> str:
    """Return the words of a place as written, or nothing where no place is named."""
    if not any(
        token.meaning in {"", words.PLACE_NOUN, words.PLAIN, words.DAY} and token.key not in _VAGUE for token in tokens
    ):
        return ""
    parts = [token.text if not at else f"{_kept(token.gap)}{token.text}" for at, token in enumerate(tokens)]
    return "".join(parts).strip()


def _kept(gap: str) -> str:
    """Return what stands between two words of a place: its own signs, spaces as one; a sign of parting becomes a comma."""
    squeezed = " ".join(gap.split())
    if not squeezed:
        return " " if gap else ""
    signs = "".join(one for one in squeezed if one in ".,-/&()'\"")
    if not signs:
        return " "
    return (" " if gap[:1].isspace() else "") + signs + (" " if gap[-1:].isspace() else "")
