"""The demo's people at their desks: one login a role, with a second factor whose code the demo can say."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import Role, needs_second_factor
from jemput.store.models import User

PASSWORD = "jemput-demo-2019"  # noqa: S105 - printed for everybody who tries the demo
DEVICE = "demo"
"""Name of the second factors that only the demo makes; for no other device a code is ever said."""


@dataclass(frozen=True, slots=True)
class Login:
    """One login of the demo."""

    username: str
    full_name: str
    role: Role
    area: int | None = None


LOGINS = (
    Login("kepala", "Ratna Dewi", Role.KEPALA_DINAS),
    Login("kabid", "Hasan Basri", Role.KABID),
    Login("registrar", "Sri Wahyuni", Role.REGISTRAR),
    Login("operator", "Dedi Kurniawan", Role.OPERATOR, 160514),
    Login("auditor", "Nurhayati", Role.AUDITOR),
    Login("inspektorat", "Bambang Irawan", Role.INSPECTORATE),
    Login("admin", "Yusuf Effendi", Role.ADMINISTRATOR),
)

NO_DEMO_USER = ProblemKind(
    "no_demo_user",
    Text("{username} bukan pengguna demo.", "{username} is no user of a demo."),
    Text(
        "Kode hanya disebut di demo; pengguna demo: {names}.",
        "Codes are said in a demo only; its users: {names}.",
    ),
)


def add_logins() -> None:
    """Make the demo's logins, or leave those that are there; an office's database never gets one."""
    with transaction.atomic():
        for login in LOGINS:
            if User.objects.filter(username=login.username).exists():
                continue
            user = User(
                username=login.username,
                full_name=login.full_name,
                role=login.role.value,
                area=login.area,
                made_at=datetime.now(UTC),
            )
            user.set_password(PASSWORD)
            user.save()
            if needs_second_factor(login.role):
                TOTPDevice.objects.create(user=user, name=DEVICE, confirmed=True)


def current_code(username: str) -> str:
    """Return the code a demo user's second factor shows now; refuse anybody who is not the demo's."""
    device = TOTPDevice.objects.filter(user__username=username.strip().lower(), name=DEVICE).first()
    if device is None:
        names = ", ".join(login.username for login in LOGINS if needs_second_factor(login.role))
        raise Refused(NO_DEMO_USER.at(username=username, names=names))
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():0{device.digits}}"
