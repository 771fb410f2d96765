"""The accounts of the office: who may sign in, how, when they last did, and who is locked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from axes.models import AccessAttempt
from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from jemput.domain.roles import BY_ROLE, Role, RoleKind, needs_second_factor
from jemput.store.models import User


@dataclass(frozen=True, slots=True)
class Account:
    """One account as the administrator sees it; `factors` counts telephones and passkeys set."""

    user: User
    kind: RoleKind
    factors: int
    locked: bool

    @property
    def lacks_factor(self) -> bool:
        """Whether the second factor its role needs is still to be set."""
        return needs_second_factor(Role(self.user.role)) and self.factors == 0


def accounts() -> list[Account]:
    """Return every account, open ones first."""
    factors: dict[int, int] = {}
    for devices in (TOTPDevice, WebAuthnCredential):
        for owner in devices.objects.filter(confirmed=True).values_list("user_id", flat=True):
            factors[owner] = factors.get(owner, 0) + 1
    locked = _locked_names()
    return [
        Account(user, BY_ROLE[Role(user.role)], factors.get(user.pk, 0), user.username in locked)
        for user in User.objects.order_by("-is_active", "username")
    ]


def _locked_names() -> set[str]:
    since = datetime.now(UTC) - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return set(attempts.values_list("username", flat=True))
