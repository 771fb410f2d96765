"""How one Indonesian name is written in many ways: a name becomes the keys of its words, alike for every spelling.

A key is for finding, never for judging. Sources: the spellings of 1901 and 1947 and the reform of 16 August 1972
(Keppres 57/1972: dj, tj, nj, sj, ch, j became j, c, ny, sy, kh, y; oe had become u in 1947), whose older forms
live on in names; the twenty spellings and six abbreviations of Muhammad (Jakarta Post, "Does Mr. Mochamad confuse
you?"); for sounds that ordinary speech has no letter for (f, v, z, kh, sy), what registers write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MUHAMMAD = "muhamad"
_ALIKE = {
    MUHAMMAD: "mohamad mohamed muhamed muhamat mohamat mohd muhd mhd md moh muh moch much",
    "ahmad": "ahmed ahmat",
    "nur": "nor noor",
    "abdul": "abd abdu abdur abdus abdun abdut abdil",
    "siti": "sitty",
    "fauzan": "faujan",
    "fauzi": "fauji",
    "fauziah": "faujiah",
    "rozak": "rojak razak rajak",
    "rozali": "rojali razali rajali",
    "rizal": "rijal",
    "rizki": "rijki",
    "nizar": "nijar",
    "hamzah": "hamjah",
    "aziz": "ajis ajij",
    "mustafa": "mustofa",
    "salih": "saleh soleh solih",
    "salihin": "solihin",
    "salihah": "solihah soleha",
    "khadijah": "khatijah",
    "khatimah": "khotimah",
    "ramadan": "romadon ramadon romadan",
}
"""Words that the letters alone do not bring together, under the spelling that stands for them."""

_SPELLINGS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"oe", "u"),  # 1947
        (r"ae", "ai"),  # Zaenal, Saeful
        (r"^abdu([rstzn])\1", r"abdul\1"),  # the article takes the next sound: Abdurrahman, Abdussalam
        (r"^abdu(?=r[ao]h)", "abdul"),
        (r"(.)\1+", r"\1"),  # Achmadd, Sitti, Samsuddin
        (r"x", "ks"),
        (r"q", "k"),  # Taufiq, Rizqi
        (r"ph", "f"),
        (r"tj|tsj", "c"),  # 1972
        (r"dj", "j"),  # 1972
        (r"^chand", "cand"),  # Chandra is Candra, not Khandra
        (r"^ch(?=[ei])", "c"),  # Chindy
        (r"ch(?=r)", "k"),  # Christina
        (r"[ck]h", "h"),  # 1972: ch became kh; Achmad, Akhmad, Ahmad
        (r"c(?=[^aeiouhy]|$)", "k"),  # Victor, Ricky
        (r"dz|dh(?=u[hl])", "z"),  # Dzaki; Dhuha, Dhulkifli
        (r"ts", "s"),  # Utsman
        (r"(?<=[dtbg])h", ""),  # Ramadhan, Fathonah, Bhakti, Ghofur
        (r"s(?:h|[yj](?=[aeiou]))", "s"),  # 1972: sj became sy; Syaiful, Saiful; Sholihin, Solihin
        (r"[fv]", "p"),
        (r"^z", "j"),  # Zainal, Jainal; Zulkifli, Julkifli
        (r"z", "s"),  # Reza, Resa; Aziz, Azis
        (r"(?<=i)[yj](?=[aeou])", ""),  # Triyono, Triono
        (r"(?<=[^aeiou])[yj](?=[aeiou])", "i"),  # 1972: j became y, nj became ny; Surya, Suria, Surja
        (r"(?<=[aeou])y(?=[aeiou])|^y(?=[aeiou])", "j"),  # 1972: Yusuf, Jusuf; Hidayat, Hidajat
        (r"y", "i"),  # Rizky, Ayda
        (r"roh(?=m|im)", "rah"),  # Rohman, Rahman; Rohim, Rahim
        (r"(?<=[aeiou])h$", ""),  # Aminah, Amina
    )
)
"""What is written for the same sound, in the order it is tried, until nothing changes any more."""

_JOINED = frozenset({"nur", "abdul", "sri"})
"""Words written together with the next as often as apart: Nur Aini, Nuraini; Abdul Rahman, Abdurrahman."""
_LEADING_TITLES = frozenset("h hj dr drs dra drg ir prof kh ust ustadz ustad".split())
_TITLES = frozenset(
    "hj drs dra spd spdi spdsd ssos skm skep skom mpd mpdi mkes amdkeb amdkep strkeb alm almh almarhum almarhumah".split()
)
"""Left out wherever they stand, with or without dots: no name is written so."""
_DOTTED_TITLES = frozenset(
    "se sh st sp ss mm mh ma ba mt me mag mhum amk amkeb amd sag sip sst stp shi sei msi msc bsc spog spa lc".split()
)
"""Left out where they are written with dots or behind a comma; MA or SE without them may be a name."""
_BETWEEN = frozenset("bin binti bint bt binte alias als".split())
_LONGEST_TITLE = 3
"""Pieces a title may be written in: "A. Md. Keb"."""
_SECONDS = {"t": "jhs", "d": "jhz", "s": "jyh", "c": "h", "k": "h", "p": "h", "b": "h", "g": "h", "n": "jy"}
"""Letters that make another sound of the one before: a word cut between the two is still to be found."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word, or two written as one: in capitals as somebody wrote it, its key, and what `beginnings` takes of it."""

    written: str
    key: str
    so_far: str


def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys a name is found by: one a word, in their order, then those of words also written as one."""
    words = words_of(name)
    keys = [_key_at(words, at) for at in range(len(words))]
    if not _JOINED.isdisjoint(keys[:-1]):
        keys += [_joined(words, at) for at in range(len(words) - 1) if keys[at] in _JOINED]
    return tuple(dict.fromkeys(keys))


def asked(name: str) -> tuple[tuple[Spelled, ...], ...]:
    """Return what must be found of a name asked for: every word, or with words that are also written as one joined."""
    words = words_of(name)
    apart = tuple(Spelled(word.upper(), _key_at(words, at), word) for at, word in enumerate(words))
    together: list[Spelled] = []
    at = 0
    while at < len(words):
        if at + 1 < len(words) and apart[at].key in _JOINED:
            so_far = apart[at].key + words[at + 1]
            together.append(Spelled(f"{words[at]} {words[at + 1]}".upper(), _key(so_far), so_far))
            at += 2
        else:
            together.append(apart[at])
            at += 1
    return (apart, tuple(together)) if len(together) < len(apart) else (apart,)


def beginnings(written: str) -> tuple[str, ...]:
    """Return what the key of a word may begin with that is written so far as `written`; the likeliest first."""
    word = _plain(written)
    if not word or (len(word) > len("aa") and len(set(word)) == 1):
        return ()
    found = [_key(word), _folded(word), _folded(f"{word}a").removesuffix("a")]
    found += [_folded(f"{word}{second}a").removesuffix("a") for second in _SECONDS.get(word[-1], "")]
    if word[-1] in "ao":
        found.append(_folded(f"{word}e"))
    if word.startswith("ch") and len(word) < len("chand"):
        found += [_folded(f"{sound}{word[2:]}{end}").removesuffix(end) for sound in "ck" for end in ("", "a")]
    if len(word) > 1:
        found += [_STANDING[form] for form in _STANDING if form.startswith((word, *(one for one in found if one)))]
    unique = [one for one in dict.fromkeys(found) if one]
    return tuple(one for one in unique if not any(one != other and one.startswith(other) for other in unique))


def words_of(name: str) -> list[str]:
    """Return the words of a name in small plain letters, without titles and without what stands between names."""
    if name.isascii() and name.replace(" ", "").isalnum():
        pieces = name.lower().split()
        words = [piece for piece in pieces if piece not in _TITLES] or pieces
    else:
        before, _, behind = name.partition(",")
        spoken = [*_pieces(before, behind_comma=False), *_pieces(behind.replace(",", " "), behind_comma=True)]
        words = [word for piece in spoken or name.replace(",", " ").split() for word in _split(piece)]
    while len(words) > 1 and words[0] in _LEADING_TITLES:
        words = words[1:]
    if _BETWEEN.isdisjoint(words):
        return words
    return [word for at, word in enumerate(words) if at == 0 or word not in _BETWEEN]


def _pieces(text: str, *, behind_comma: bool) -> Iterator[str]:
    """Yield the pieces of a name between blanks, those left out that are titles."""
    pieces = text.split()
    at = 0
    while at < len(pieces):
        for length in range(min(_LONGEST_TITLE, len(pieces) - at), 0, -1):
            together = "".join(pieces[at : at + length])
            bare = together.replace(".", "").strip("()").lower()
            dotted = "." in together.rstrip(".") or behind_comma
            if (bare in _TITLES and (dotted or length == 1)) or (dotted and bare in _DOTTED_TITLES):
                at += length
                break
        else:
            yield pieces[at]
            at += 1


def _split(piece: str) -> list[str]:
    """Return the words of a piece: "H.Abdul" and "Siti/Ani" are two, "Ma'ruf" is one."""
    plain = "".join(c if c.isalnum() else " " for c in piece if c not in "'’`‘")
    return [word for part in plain.split() if (word := _plain(part))]


def _plain(word: str) -> str:
    """Return a word in small letters without marks above them, nothing but letters and digits."""
    if not (word.isascii() and word.isalnum()):
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isascii() and c.isalnum())
    return word.lower()


def _key_at(words: list[str], at: int) -> str:
    """Return the key of a word where it stands: M. before another name is Muhammad, behind it an initial."""
    return MUHAMMAD if words[at] == "m" and at + 1 < len(words) else _key(words[at])


def _joined(words: list[str], at: int) -> str:
    """Return the key of a word and the next written as one."""
    return _key(_key(words[at]) + words[at + 1])


@lru_cache(maxsize=65_536)
def _key(word: str) -> str:
    folded = _folded(word)
    return _STANDING.get(folded, folded)


def _folded(word: str) -> str:
    """Return a word with one letter for one sound."""
    while True:
        before = word
        for pattern, new in _SPELLINGS:
            word = pattern.sub(new, word)
        if word == before:
            return word


_STANDING = {
    _folded(form): _folded(standing) for standing, forms in _ALIKE.items() for form in (standing, *forms.split())
}
