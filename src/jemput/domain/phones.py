"""Telephone numbers: read as people write them, kept as E.164, shown whole or masked; the country is Indonesia unless said.

The rules of numbering are those of Google's libphonenumber (`phonenumbers`), which knows every prefix in use.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat

from jemput.domain.problems import Problem, ProblemKind, Text

COUNTRY = "ID"
LONGEST = 40
"""Letters of a cell that may still be one number ("0812 3456 7834 (WA)")."""
PHONE_UNREADABLE = ProblemKind(
    "phone_unreadable",
    Text("“{found}” bukan nomor telepon.", "“{found}” is no telephone number."),
    Text("Tulis seperti 0812 3456 7834, atau kosongkan.", "Write it as 0812 3456 7834, or leave it empty."),
)
PHONE_IMPOSSIBLE = ProblemKind(
    "phone_impossible",
    Text(
        "Nomor “{found}” tidak mungkin ada: {digits} angka sesudah +{country}.",
        "There can be no number “{found}”: {digits} digits after +{country}.",
    ),
    Text("Periksa angka yang kurang, lebih atau keliru.", "Look for a digit that is missing, wrong or too many."),
)
_EXTRA = re.compile(r"\((?:wa|whatsapp|hp|telp?)\)|^(?:wa|whatsapp|hp|telp?)[.: ]+", re.IGNORECASE)
_COUNTRY_WITHOUT_PLUS = re.compile(r"62[ .-]*8")
"""6281…, as many write a mobile number; a landline of area 0628 is written with its 0."""
_LEFT, _RIGHT = 3, 2


def read_phone(text: str) -> str | Problem:
    """Return a number as E.164 ("+6281234567834"), empty for nothing; or why it can be none."""
    plain = _EXTRA.sub("", text.strip()).strip()
    if not plain:
        return ""
    found = text.strip()[:LONGEST]
    if len(plain) > LONGEST:
        return PHONE_UNREADABLE.at("phone", found=found)
    if _COUNTRY_WITHOUT_PLUS.match(plain):
        plain = f"+{plain}"
    try:
        number = phonenumbers.parse(plain, COUNTRY)
    except phonenumbers.NumberParseException:
        return PHONE_UNREADABLE.at("phone", found=found)
    if not phonenumbers.is_valid_number(number):
        digits = len(str(number.national_number))
        return PHONE_IMPOSSIBLE.at("phone", found=found, digits=digits, country=number.country_code)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    """Return a kept number as it is read out: "+62 812-3456-7834"; what is no number stays as it is."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def mask_phone(phone: str) -> str:
    """Return a kept number for who may not have it: "+62 812-••••-34"."""
    if not phone:
        return ""
    head, _, digits = show_phone(phone).partition(" ")
    plain = re.sub(r"\D", "", digits)
    if len(plain) <= _LEFT + _RIGHT:
        return "••••"
    return f"{head} {plain[:_LEFT]}-••••-{plain[-_RIGHT:]}"
