"""The words of a message told apart: what each means, typing errors forgiven, and the short code it stands under.

Distances are counted with neighbouring letters swapped as one error (optimal string alignment): swapped, missing, doubled
and wrong letters are the errors of thumbs. One error is forgiven in words of up to six letters, two beyond.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from jemput.domain import message_words as words
from jemput.domain.outreach import CODE_LENGTH

LONGEST = 1000
"""Characters of a message that are read: more than six joined SMS (our choice)."""
FUZZY_FROM = 4
"""Letters from which a typing error is looked for: below, everything is near everything (siap, sap, sip, tak, tau)."""
LONG_FROM = 7
"""Letters of a word from which two errors are forgiven: shorter words have neighbours at two (siap, suak; senin, semen)."""
NEAR_NEGATION = 2
"""Errors within which an unknown word may be a negation: no yes is believed beside it."""
LONGEST_NUMBER = 5
_WORD = re.compile(r"[^\W_]+(?:['’`ʼ´‘][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’`ʼ´‘]")
_COUNTED = re.compile(r"(\d{1,4})(org|orang|orng|org2|jiwa|jw|kk|warga)", re.IGNORECASE)
_MIXED = re.compile(rf"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{{{CODE_LENGTH}}}")
_CODE = re.compile(rf"[a-z0-9]{{{CODE_LENGTH}}}")
_NO_CODE = re.compile(r"(?:rt|rw|km|no|jm|sp|hp|tg|pk|rp)\d\d|jam\d|\d{2}(?:rb|jt|kk|th|km|an|ok)|\d{3}[a-z]")
_LOOKS_LIKE = str.maketrans("01345", "oieas")
_RUNS = re.compile(r"(.)\1+")
_CODE_PIECES = 4


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, folded, what stands between it and the word before, and what it means ("" unknown)."""

    at: int
    text: str
    key: str
    start: int
    end: int
    gap: str
    meaning: str = ""
    day: str = ""
    near_negation: bool = False


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message with its code taken off; `trouble` says why there is none, or why it cannot be relied on."""

    clean: str
    code: str
    body: tuple[Token, ...]
    asks: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    gap: str

    @property
    def key(self) -> str:
        return fold(self.text)


def fold(text: str) -> str:
    """Return a word as it is compared: small letters without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


def cleaned(text: str) -> str:
    """Return a message in ordinary letters, without what cannot be seen."""
    usual = unicodedata.normalize("NFKC", text[:LONGEST])
    return "".join(one for one in usual if one in "\n\t" or unicodedata.category(one) not in {"Cf", "Cc", "Mn", "Cs"})


def is_number(token: Token) -> bool:
    """Return whether a word is written in digits."""
    return token.key.isascii() and token.key.isdigit()


def value_of(body: tuple[Token, ...], at: int) -> tuple[int | None, int]:
    """Return the number that begins at a word, and how many words it takes: 15, lima belas, dua puluh lima."""
    token = body[at]
    if is_number(token):
        return (int(token.key), 1) if len(token.key) <= LONGEST_NUMBER else (None, 1)
    value, used = 0, 0
    for one in body[at:]:
        if one.meaning != words.NUMBER_WORD:
            break
        if one.key == words.TEENS:
            value += 10
        elif one.key == words.TENS:
            value = value - value % 10 + value % 10 * 10
        elif one.key == words.HUNDREDS:
            value *= 100
        else:
            value += words.NUMBERS[one.key]
        used += 1
    return (value, used) if used else (None, 1)


def addressed(text: str) -> Addressed:
    """Return a message with its code taken off and every other word understood as far as it can be."""
    clean = cleaned(text)
    pieces = _pieces(clean)
    code, rest, trouble = _code(pieces)
    return Addressed(clean, code.upper(), _understood(rest), "?" in clean, trouble)


def _pieces(clean: str) -> list[_Piece]:
    found: list[_Piece] = []
    end = 0
    for match in _WORD.finditer(clean):
        gap, start, word = clean[end : match.start()], match.start(), match[0]
        counted = _COUNTED.fullmatch(word)
        lengths = [counted.end(1), len(word)] if counted and not _CODE.fullmatch(word.lower()) else [len(word)]
        for first, last in pairwise([0, *lengths]):
            found.append(_Piece(word[first:last], start + first, start + last, gap if not first else ""))
        end = match.end()
    return found


# --- the code --------------------------------------------------------------------------------------------------------


def _code(pieces: list[_Piece]) -> tuple[str, list[_Piece], str]:
    """Return the code (or ""), the pieces without keyword and code, and what is wrong."""
    code = ""
    rest: list[_Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        glued = _after_keyword(piece)
        if glued is None:
            rest.append(piece)
            at += 1
            continue
        following = [glued] if glued.text else pieces[at + 1 : at + 1 + _CODE_PIECES]
        found, used, remains = _code_at(following)
        if used < 0:
            return code, rest, "bad_code"
        at += 1 + (0 if glued.text and used else used)
        if glued.text and not used:
            return code, rest, "bad_code"
        if remains is not None:
            rest.append(remains)
        if found and code and found != code:
            return code, rest, "two_codes"
        code = found or code
    loose = {one.key for one in rest if _is_loose(one)}
    if not code:
        split = [one for one in rest if (parts := _split_code(one)) is not None and _is_mixed(parts[0].key)]
        loose |= {one.key[:CODE_LENGTH] for one in split}
        if len(loose) != 1:
            return "", rest, "two_codes" if loose else "no_code"
        (code,) = loose
        parted: list[_Piece] = []
        for one in rest:
            parts = _split_code(one)
            parted += [one] if parts is None or one not in split else list(parts)
        rest = parted
    return code, [one for one in rest if one.key != code], ""


def _is_mixed(key: str) -> bool:
    return bool(_MIXED.fullmatch(key)) and not _NO_CODE.fullmatch(key) and not _is_word(key)


def _is_loose(piece: _Piece) -> bool:
    """Return whether a word can be a code although no keyword stands before it."""
    return _is_mixed(piece.key) and piece.text.isascii()


def _is_word(key: str) -> bool:
    """Return whether something that could be a code is a word, plain or doubled (apa2) or mistyped."""
    if key in words.MEANING or (key.endswith("2") and key[:-1] in words.MEANING):
        return True
    return key.isalpha() and meaning_of(key)[0] not in {"", words.SUSPECT}


def _after_keyword(piece: _Piece) -> _Piece | None:
    """Return what is written on to the keyword (empty text for nothing), None where a piece is no keyword."""
    key = piece.key
    if key not in words.MEANING and key.startswith("jemput") and len(key) >= len("jemput") + CODE_LENGTH:
        cut = len("jemput")
        return _Piece(piece.text[cut:], piece.start + cut, piece.end, "")
    return _Piece("", piece.end, piece.end, "") if meaning_of(key)[0] == words.KEYWORD else None


def _code_at(following: list[_Piece]) -> tuple[str, int, _Piece | None]:
    """Return the code where it belongs, the pieces it takes (-1: something else stands there), and a word written on to it."""
    if not following:
        return "", 0, None
    first = following[0]
    if _is_word(first.key) or meaning_of(first.key)[0] not in {"", words.SUSPECT}:
        return "", 0, None
    if _CODE.fullmatch(first.key) and first.text.isascii():
        return first.key, 1, None
    parts = _split_code(first)
    if parts is not None:
        return parts[0].key, 1, parts[1]
    joined = ""
    for used, piece in enumerate(following, 1):
        if not piece.text.isascii() or (len(piece.key) > 1 and _is_word(piece.key)) or "#" in piece.gap * (used - 1):
            break
        joined += piece.key
        if _MIXED.fullmatch(joined):
            return joined, used, None
        if len(joined) >= CODE_LENGTH:
            break
    return "", -1, None


def _split_code(piece: _Piece) -> tuple[_Piece, _Piece] | None:
    """Return code and word of a piece in which the sign between them is missing (K7Q2SIAP)."""
    key = piece.key
    if not piece.text.isascii() or len(key) != len(piece.text) or not any(one.isdigit() for one in key[:CODE_LENGTH]):
        return None
    if key[CODE_LENGTH:] not in words.GLUE and _unglued(key[CODE_LENGTH:]) is None:
        return None
    cut = piece.start + CODE_LENGTH
    return (
        _Piece(piece.text[:CODE_LENGTH], piece.start, cut, piece.gap),
        _Piece(piece.text[CODE_LENGTH:], cut, piece.end, ""),
    )


# --- what words mean -------------------------------------------------------------------------------------------------


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Return the words with those written letter by letter (S I A P) put together, where that makes a word."""
    found: list[_Piece] = []
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and len(pieces[end].text) == 1:
            end += 1
        run = pieces[at:end]
        whole = "".join(one.text for one in run)
        if len(run) >= FUZZY_FROM and fold(whole) in words.MEANING:
            found.append(_Piece(whole, run[0].start, run[-1].end, run[0].gap))
        else:
            found += run or [pieces[at]]
        at = max(end, at + 1)
    return found


def _understood(pieces: list[_Piece]) -> tuple[Token, ...]:
    apart: list[_Piece] = []
    for piece in _joined(pieces):
        lengths = None if piece.key in words.MEANING or len(piece.key) != len(piece.text) else _unglued(piece.key)
        start = 0
        for length in lengths or (len(piece.text),):
            apart.append(
                _Piece(
                    piece.text[start : start + length],
                    piece.start + start,
                    piece.start + start + length,
                    piece.gap if not start else "",
                )
            )
            start += length
    found: list[Token] = []
    at = 0
    while at < len(apart):
        piece = apart[at]
        pair = f"{piece.key} {apart[at + 1].key}" if at + 1 < len(apart) else ""
        if pair in _PAIRS:
            end = apart[at + 1]
            found.append(
                Token(
                    len(found),
                    f"{piece.text} {end.text}",
                    pair,
                    piece.start,
                    end.end,
                    piece.gap,
                    *_PAIRS[pair],
                )
            )
            at += 2
            continue
        meaning, day, near = meaning_of(piece.key)
        found.append(Token(len(found), piece.text, piece.key, piece.start, piece.end, piece.gap, meaning, day, near))
        at += 1
    return tuple(found)


_PAIRS = {phrase: (meaning, "") for phrase, meaning in words.PHRASES} | {
    "jum at": (words.DAY, "jumat"),
    "juma at": (words.DAY, "jumat"),
}


@lru_cache(maxsize=4096)
def meaning_of(key: str) -> tuple[str, str, bool]:
    """Return what a folded word means, which day it names, and whether it is near a negation; "" for a word unknown."""
    if key in words.MEANING:
        return words.MEANING[key], words.DAY_OF.get(key, ""), False
    if key.isdigit():
        return "", "", False
    if key.endswith("2") and key[:-1] in words.MEANING:
        return words.MEANING[key[:-1]], words.DAY_OF.get(key[:-1], ""), False
    spelled = key.translate(_LOOKS_LIKE) if any(one.isdigit() for one in key) else key
    for one in (spelled, _RUNS.sub(r"\1", spelled)):
        if one in words.MEANING:
            return words.MEANING[one], words.DAY_OF.get(one, ""), False
        if one in _SQUEEZED:
            return _SQUEEZED[one]
    return _nearest(spelled)


def _nearest(key: str) -> tuple[str, str, bool]:
    """Return the meaning of the only word within the errors forgiven; two such words, or one against it, are suspect."""
    near_negation = (
        any(OSA.distance(key, word, score_cutoff=NEAR_NEGATION) <= NEAR_NEGATION for word in _NEGATIONS)
        and len(key) >= FUZZY_FROM
    )
    if len(key) < FUZZY_FROM:
        return "", "", False
    found: dict[str, tuple[str, str, int]] = {}
    for word, meaning, sense in words.similar_targets():
        limit = 2 if len(word) >= LONG_FROM else 1
        distance = OSA.distance(key, word, score_cutoff=limit)
        if distance <= limit and (len(word) > FUZZY_FROM or _begins_alike(key, word)):
            found[sense] = (meaning, words.DAY_OF.get(word, ""), distance)
    if not found:
        return "", "", near_negation
    if len(found) > 1:
        return words.SUSPECT, "", True
    ((meaning, day, distance),) = found.values()
    if meaning == words.READY and len(key) >= len(_WHO) and OSA.distance(key, _WHO) <= distance:
        return words.SUSPECT, "", True
    return meaning, day, False


def _begins_alike(key: str, word: str) -> bool:
    return key[0] == word[0] or sorted(key[:2]) == sorted(word[:2])


@lru_cache(maxsize=4096)
def _unglued(key: str) -> tuple[int, ...] | None:
    """Return the lengths of the words a key is made of where the spaces were left out, None where it is not."""
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for end in range(1, min(len(key), _LONGEST_GLUED) + 1):
        for start in range(max(0, end - _LONGEST_GLUE), end):
            if start in ways and key[start:end] in words.GLUE:
                ways[end] = (*ways[start], end - start)
                break
    return ways.get(len(key)) if len(key) > FUZZY_FROM else None


_LONGEST_GLUED = 40
_LONGEST_GLUE = max(map(len, words.GLUE))
_NEGATIONS = ("tidak", "belum", "enggak", "jangan", "batal", "bukan")
_WHO = "siapa"
"""Who: one letter from ready, and a question."""


def _squeezed() -> dict[str, tuple[str, str, bool]]:
    """Return words with doubled letters by what is left of them when no letter is doubled, unless that is two words."""
    found: dict[str, set[tuple[str, str, bool]]] = {}
    for word, meaning in words.MEANING.items():
        if len(word) >= FUZZY_FROM:
            found.setdefault(_RUNS.sub(r"\1", word), set()).add((meaning, words.DAY_OF.get(word, ""), False))
    return {key: next(iter(senses)) for key, senses in found.items() if len(senses) == 1}


_SQUEEZED = _squeezed()
