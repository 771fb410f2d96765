"""What the register says of a person: the field names every layout, fact and page shares.

Legal words are folded to codes here, once: marital status, role in the family card (SHDK),
citizenship. What cannot be folded is kept as it was written and never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

ADULT_YEARS = 17

FIELDS = (
    "nik",
    "no_kk",
    "name",
    "sex",
    "born_at",
    "born_on",
    "marital",
    "role",
    "religion",
    "education",
    "occupation",
    "blood",
    "mother",
    "father",
    "mother_nik",
    "father_nik",
    "citizenship",
    "address",
    "dusun",
    "rt",
    "rw",
    "village",
    "birth_certificate",
)
"""Fields of a person as said in a fact. `village` is an area code, dates are ISO text, a field
nobody spoke of is absent: an empty cell never overwrites."""

BELUM_KAWIN, KAWIN, CERAI_HIDUP, CERAI_MATI = "belum kawin", "kawin", "cerai hidup", "cerai mati"
MARITAL = {
    "1": BELUM_KAWIN,
    "bk": BELUM_KAWIN,
    "belum kawin": BELUM_KAWIN,
    "belum": BELUM_KAWIN,
    "2": KAWIN,
    "k": KAWIN,
    "kawin": KAWIN,
    "kawin tercatat": KAWIN,
    "kawin belum tercatat": KAWIN,
    "kawin tidak tercatat": KAWIN,
    "3": CERAI_HIDUP,
    "ch": CERAI_HIDUP,
    "cerai hidup": CERAI_HIDUP,
    "cerai hidup tercatat": CERAI_HIDUP,
    "cerai hidup belum tercatat": CERAI_HIDUP,
    "4": CERAI_MATI,
    "cm": CERAI_MATI,
    "cerai mati": CERAI_MATI,
}
"""SIAK's codes 1-4, the BIP workbook's BK/K/CH/CM, and the words."""
EVER_MARRIED = frozenset({KAWIN, CERAI_HIDUP, CERAI_MATI})

ROLES = {
    "1": "kepala keluarga",
    "2": "suami",
    "3": "istri",
    "4": "anak",
    "5": "menantu",
    "6": "cucu",
    "7": "orang tua",
    "8": "mertua",
    "9": "famili lain",
    "10": "pembantu",
    "11": "lainnya",
    "kepala keluarga": "kepala keluarga",
    "kep. keluarga": "kepala keluarga",
    "kep keluarga": "kepala keluarga",
    "kepala kel": "kepala keluarga",
    "suami": "suami",
    "istri": "istri",
    "isteri": "istri",
    "anak": "anak",
    "menantu": "menantu",
    "cucu": "cucu",
    "orang tua": "orang tua",
    "orangtua": "orang tua",
    "mertua": "mertua",
    "famili lain": "famili lain",
    "family lain": "famili lain",
    "famili": "famili lain",
    "pembantu": "pembantu",
    "lainnya": "lainnya",
    "lain-lain": "lainnya",
}
"""SHDK, status hubungan dalam keluarga: SIAK's codes 1-11, and the words."""

SEXES = {
    "1": "L",
    "l": "L",
    "lk": "L",
    "laki-laki": "L",
    "laki - laki": "L",
    "laki laki": "L",
    "laki": "L",
    "pria": "L",
    "m": "L",
    "male": "L",
    "2": "P",
    "p": "P",
    "pr": "P",
    "perempuan": "P",
    "wanita": "P",
    "f": "P",
    "female": "P",
}
"""SIAK's codes 1 and 2, the BIP workbook's Lk/Pr, and the words."""

RELIGIONS = {
    "1": "Islam",
    "islam": "Islam",
    "2": "Kristen",
    "kristen": "Kristen",
    "kristen protestan": "Kristen",
    "protestan": "Kristen",
    "3": "Katholik",
    "katholik": "Katholik",
    "katolik": "Katholik",
    "4": "Hindu",
    "hindu": "Hindu",
    "5": "Budha",
    "budha": "Budha",
    "buddha": "Budha",
    "6": "Khonghucu",
    "khonghucu": "Khonghucu",
    "konghucu": "Khonghucu",
    "khong hucu": "Khonghucu",
    "kong hu cu": "Khonghucu",
    "7": "kepercayaan",
    "kepercayaan": "kepercayaan",
    "kepercayaan terhadap tuhan yme": "kepercayaan",
    "kepercayaan thd tuhan yme": "kepercayaan",
    "kepercayaan kepada tuhan yme": "kepercayaan",
    "penghayat kepercayaan": "kepercayaan",
}
"""SIAK's codes 1-7 and the words."""

EDUCATIONS = {
    "1": "tidak/belum sekolah",
    "tidak/belum sekolah": "tidak/belum sekolah",
    "tidak/blm sekolah": "tidak/belum sekolah",
    "tidak sekolah": "tidak/belum sekolah",
    "belum sekolah": "tidak/belum sekolah",
    "2": "belum tamat SD",
    "belum tamat sd": "belum tamat SD",
    "tidak tamat sd": "belum tamat SD",
    "3": "tamat SD",
    "tamat sd": "tamat SD",
    "sd": "tamat SD",
    "4": "SLTP",
    "sltp": "SLTP",
    "tamat sltp": "SLTP",
    "smp": "SLTP",
    "5": "SLTA",
    "slta": "SLTA",
    "tamat slta": "SLTA",
    "sma": "SLTA",
    "6": "diploma I/II",
    "diploma i/ii": "diploma I/II",
    "7": "akademi/diploma III",
    "akademi/diploma iii": "akademi/diploma III",
    "akademi/diploma iii/s. muda": "akademi/diploma III",
    "akademi/diploma iii/sarjana muda": "akademi/diploma III",
    "diploma iii": "akademi/diploma III",
    "8": "diploma IV/strata I",
    "diploma iv/strata i": "diploma IV/strata I",
    "strata i": "diploma IV/strata I",
    "9": "strata II",
    "strata ii": "strata II",
    "strata-ii": "strata II",
    "10": "strata III",
    "strata iii": "strata III",
    "strata-iii": "strata III",
}
"""SIAK's codes 1-10 and the words, without "/sederajat" (or the equivalent) behind them."""

BLOODS = {
    "1": "A",
    "a": "A",
    "2": "B",
    "b": "B",
    "3": "AB",
    "ab": "AB",
    "4": "O",
    "o": "O",
    "5": "A+",
    "a+": "A+",
    "6": "A-",
    "a-": "A-",
    "7": "B+",
    "b+": "B+",
    "8": "B-",
    "b-": "B-",
    "9": "AB+",
    "ab+": "AB+",
    "10": "AB-",
    "ab-": "AB-",
    "11": "O+",
    "o+": "O+",
    "12": "O-",
    "o-": "O-",
    "13": "",
    "tidak tahu": "",
    "tdk tahu": "",
    "tdk th": "",
}
"""Blood group codes 1-13 as SIAK and OpenSID number them; "tidak tahu" says nothing, so it overwrites nothing."""

WNI, ITAP, WNA = "WNI", "ITAP", "WNA"
CITIZENSHIPS = {
    "1": WNI,
    "wni": WNI,
    "indonesia": WNI,
    "3": WNI,
    "dua kewarganegaraan": WNI,
    "itap": ITAP,
    "wna itap": ITAP,
    "kitap": ITAP,
    "2": WNA,
    "wna": WNA,
    "itas": WNA,
    "wna itas": WNA,
    "kitas": WNA,
}
"""A foreigner counts only where the paper says ITAP (UU 24/2013 art. 63); "WNA" alone does not say it."""

_SPACE = re.compile(r"[\s_]+")


def folded(table: dict[str, str], raw: str) -> str:
    """Return the folded form of a coded cell, or the text itself where the table does not hold it."""
    text = _SPACE.sub(" ", raw).strip()
    return table.get(text.lower(), text)


def name_key(name: str) -> str:
    """Return a name as compared: capitals, single spaces, no dots, commas or quotes."""
    if name.replace(" ", "").isalnum():
        return " ".join(name.upper().split())
    kept = "".join(c if c.isalnum() else " " for c in name.upper() if c not in "'’`")
    return " ".join(kept.split())


@lru_cache(maxsize=65536)
def seventeenth_birthday(born_on: date) -> date:
    """Return the day a person has completed 17 years: the birthday itself (UU 24/2013 art. 63).

    Born on 29 February: 1 March, because the seventeenth year is not complete before 28 February
    has ended, and a person counted a day early would stand in a published number without the duty.
    """
    try:
        return born_on.replace(year=born_on.year + ADULT_YEARS)
    except ValueError:
        return date(born_on.year + ADULT_YEARS, 3, 1)
