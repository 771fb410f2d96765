"""Add, change and end the accounts of the office."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from axes.utils import reset as forget_failures
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from jemput.actions.audit import Actor, note
from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import BY_ROLE, Right, Role, may
from jemput.store.models import User

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
RECOVERY_CODES = 8

BAD_USERNAME = ProblemKind(
    "bad_username",
    Text("“{username}” tidak dapat dipakai sebagai nama masuk.", "“{username}” cannot be a sign-in name."),
    Text(
        "Pakai 2 sampai 40 huruf kecil, angka, titik atau tanda hubung, diawali huruf.",
        "Use 2 to 40 small letters, digits, dots or hyphens, a letter first.",
    ),
)
USERNAME_TAKEN = ProblemKind(
    "username_taken",
    Text("Nama masuk {username} sudah dipakai.", "The sign-in name {username} is taken."),
    Text("Pilih nama lain; akun yang ditutup tetap memegang namanya.", "Choose another; an ended account keeps its."),
)
NAME_MISSING = ProblemKind(
    "full_name_missing",
    Text("Nama lengkap belum diisi.", "The full name is missing."),
    Text("Tulis nama orangnya; jejak audit menyebutnya.", "Write the person's name; the audit trail uses it."),
)
BAD_ROLE = ProblemKind(
    "bad_role",
    Text("Tidak ada peran “{role}”.", "There is no role “{role}”."),
    Text("Pilih salah satu: {roles}.", "Choose one of: {roles}."),
)
OUTSIDE_OFFICE = ProblemKind(
    "outside_office",
    Text("Wilayah {area} di luar wilayah kantor {office}.", "Area {area} lies outside the office's area {office}."),
    Text("Kosongkan untuk seluruh kantor, atau pilih kecamatan di dalamnya.", "Leave it empty, or choose one inside."),
)
WHOLE_OFFICE_ROLE = ProblemKind(
    "whole_office_role",
    Text("Yang mengelola pengguna tidak dibatasi wilayah.", "Whoever manages users is not limited to an area."),
    Text("Kosongkan wilayahnya, atau pilih peran lain.", "Leave the area empty, or choose another role."),
)
LAST_ADMINISTRATOR = ProblemKind(
    "last_administrator",
    Text("{username} satu-satunya yang mengelola pengguna.", "{username} is the only one who manages users."),
    Text("Angkat administrator lain dahulu.", "Appoint another administrator first."),
)
WEAK_PASSWORD = ProblemKind(
    "weak_password",
    Text("Kata sandi ditolak: {why}", "The password is refused: {why}"),
    Text(
        "Pakai sekurangnya 12 tanda yang tidak mudah ditebak.", "Use at least 12 characters that are not easy to guess."
    ),
)


def add_user(
    username: str,
    *,
    full_name: str,
    role: str,
    area: int | None,
    office_area: int | None,
    by: Actor,
    at: datetime,
    language: str = "id",
) -> tuple[User, str]:
    """Add an account; return it with its first password, which must be changed at the first sign-in."""
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Refused(BAD_USERNAME.at("username", username=username))
    if User.objects.filter(username=username).exists():
        raise Refused(USERNAME_TAKEN.at("username", username=username))
    _check(full_name=full_name, role=role, area=area, office_area=office_area)
    password = secrets.token_urlsafe(12)
    user = User(
        username=username,
        full_name=full_name.strip(),
        role=role,
        area=area,
        language=language,
        must_change_password=True,
        made_at=at,
    )
    user.set_password(password)
    with transaction.atomic():
        user.save()
        note(by, Verb.USER_MADE, at=at, subject=username, reason=_words(user))
    return user, password


def change_user(
    user: User,
    *,
    full_name: str,
    role: str,
    area: int | None,
    active: bool,
    office_area: int | None,
    by: Actor,
    at: datetime,
) -> None:
    """Change an account's name, role, area or whether it is open; its sessions end. Refuse to lose the last administrator."""
    _check(full_name=full_name, role=role, area=area, office_area=office_area)
    with transaction.atomic():
        if not (active and may(Role(role), Right.USERS)) and _is_last_administrator(user):
            raise Refused(LAST_ADMINISTRATOR.at(username=user.username))
        before = _words(user)
        ended = user.is_active and not active
        user.full_name, user.role, user.area, user.is_active = full_name.strip(), role, area, active
        user.save()
        end_sessions(user)
        verb = Verb.USER_ENDED if ended else Verb.USER_CHANGED
        note(by, verb, at=at, subject=user.username, reason=f"{before} → {_words(user)}")


def reset_password(user: User, *, by: Actor, at: datetime) -> str:
    """Give an account a new first password; its sessions end."""
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.must_change_password = True
    with transaction.atomic():
        user.save()
        end_sessions(user)
        note(by, Verb.PASSWORD_CHANGED, at=at, subject=user.username)
    return password


def change_password(user: User, password: str, *, by: Actor, at: datetime) -> None:
    """Set the password a user chose; refuse a weak one in words."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(*(WEAK_PASSWORD.at("password", why=why) for why in error.messages)) from None
    user.set_password(password)
    user.must_change_password = False
    with transaction.atomic():
        user.save()
        note(by, Verb.PASSWORD_CHANGED, at=at, subject=user.username)


def make_recovery_codes(user: User, *, by: Actor, at: datetime) -> list[str]:
    """Give a user new recovery codes, each good for one sign-in; the old ones end."""
    codes = [f"{secrets.token_hex(2)}-{secrets.token_hex(2)}" for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
        note(by, Verb.RECOVERY_CODES_MADE, at=at, subject=user.username)
    return codes


def remove_second_factors(user: User, *, by: Actor, at: datetime) -> None:
    """Take every second factor from an account, as when a telephone is lost; its sessions end."""
    with transaction.atomic():
        for devices in (TOTPDevice, StaticDevice, WebAuthnCredential):
            devices.objects.filter(user=user).delete()
        end_sessions(user)
        note(by, Verb.SECOND_FACTOR_REMOVED, at=at, subject=user.username)


def remove_passkey(user: User, key: int, *, by: Actor, at: datetime) -> bool:
    """Remove one passkey of a user; False where they have none of that number."""
    with transaction.atomic():
        removed, _ = WebAuthnCredential.objects.filter(pk=key, user=user).delete()
        if removed:
            note(by, Verb.SECOND_FACTOR_REMOVED, at=at, subject=user.username)
    return bool(removed)


def unlock(user: User, *, by: Actor, at: datetime) -> None:
    """Let a locked-out name try again from every address."""
    with transaction.atomic():
        forget_failures(username=user.username)
        note(by, Verb.USER_CHANGED, at=at, subject=user.username, reason="unlocked")


def set_language(user: User, language: str) -> None:
    """Answer a user in a language from now on."""
    User.objects.filter(pk=user.pk).update(language=language)


def end_sessions(user: User) -> None:
    """End every session of a user."""
    mine = [
        session.pk for session in Session.objects.all() if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _check(*, full_name: str, role: str, area: int | None, office_area: int | None) -> None:
    problems = []
    if not full_name.strip():
        problems.append(NAME_MISSING.at("full_name"))
    if role not in set(Role):
        titles = ", ".join(kind.role.value for kind in BY_ROLE.values())
        problems.append(BAD_ROLE.at("role", role=role, roles=titles))
    if area is not None and (office_area is None or not str(area).startswith(str(office_area))):
        office = area_text(office_area) if office_area else "–"
        problems.append(OUTSIDE_OFFICE.at("area", area=area_text(area), office=office))
    if area is not None and role in set(Role) and may(Role(role), Right.USERS):
        problems.append(WHOLE_OFFICE_ROLE.at("area"))
    if problems:
        raise Refused(*problems)


def _is_last_administrator(user: User) -> bool:
    others = User.objects.select_for_update().filter(is_active=True).exclude(pk=user.pk)
    mine = user.is_active and may(Role(user.role), Right.USERS)
    return mine and not any(may(Role(other.role), Right.USERS) for other in others)


def _words(user: User) -> str:
    area = area_text(user.area) if user.area else "–"
    return f"{user.full_name}, {user.role}, {area}{'' if user.is_active else ', ended'}"
