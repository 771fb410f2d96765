"""Where somebody sits: who they are, what they may do, which area they see, and the office as it stands for this page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from jemput.actions.audit import Actor, note
from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.problems import Language
from jemput.domain.roles import BY_ROLE, Right, Role, RoleKind, may
from jemput.queries.office import Office, office
from jemput.store.models import User


@dataclass
class Seat:
    """One signed-in person for the length of one request."""

    user: User
    address: str

    @cached_property
    def office(self) -> Office:
        """The office as it stands."""
        return office()

    @property
    def role(self) -> Role:
        """The person's role."""
        return Role(self.user.role)

    @property
    def kind(self) -> RoleKind:
        """The role with its title and rights."""
        return BY_ROLE[self.role]

    @property
    def language(self) -> Language:
        """The language the person reads."""
        return "en" if self.user.language == "en" else "id"

    @property
    def area(self) -> int | None:
        """The area the person sees: their own, else the office's. Refuse one that lies outside the office."""
        mine, whole = self.user.area, self.office.area
        if mine is None:
            return whole
        if whole is not None and not str(mine).startswith(str(whole)):
            raise PermissionDenied(f"{area_text(mine)} is outside {area_text(whole)}")
        return mine

    def may(self, right: Right) -> bool:
        """Tell whether the person has a right."""
        return may(self.role, right)

    def sees(self, area: int | None) -> bool:
        """Tell whether an area or a village lies within what the person sees."""
        if self.area is None:
            return True
        return area is not None and str(area).startswith(str(self.area))

    @property
    def clock(self) -> datetime:
        """The true time, for the audit trail; a demo's office lives on another day."""
        return datetime.now(UTC)

    @property
    def actor(self) -> Actor:
        """The person as the audit trail names them."""
        return Actor(self.user.username, self.user.role, self.address, self.user.area)

    def note(self, verb: Verb, *, subject: str = "", reason: str = "") -> None:
        """Write a line of the audit trail."""
        note(self.actor, verb, at=self.clock, subject=subject, reason=reason)


class OfficeRequest(HttpRequest):
    """A request of somebody signed in."""

    seat: Seat
    user: Any
    htmx: HtmxDetails
