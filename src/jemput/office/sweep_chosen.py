"""What a page of the sweep is asked for: the view, the area, a dusun, a group, a level, and what places must have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils.http import urlencode

from jemput.domain.ids import VILLAGE_DIGITS, area_number, area_text
from jemput.domain.places import DISTRICT_DIGITS
from jemput.domain.problems import Text
from jemput.domain.sweep import GROUPS, LEVELS, NO_DUSUN, Group, Left, Place, PlaceLevel
from jemput.office import links, wanted
from jemput.office.seat import OfficeRequest
from jemput.queries import coverage
from jemput.queries.coverage import View

WITHOUT = "-"
"""How an address and a form name whoever has no dusun."""
LONGEST_TEXT = 80


@dataclass(frozen=True, slots=True)
class Chosen:
    """A part of the sweep; `dusun` None is all of the area, `text` words that stand in the name of a place."""

    at: View
    area: int | None
    dusun: str | None
    group: Group
    level: PlaceLevel
    levels: tuple[PlaceLevel, ...]
    text: str
    with_rompok: bool
    unplanned: bool
    sort: str

    def query(self, **changed: object) -> str:
        """Return the query of an address of the same part, with something changed; what is nothing is left out."""
        said: dict[str, object] = {} if self._is_live else {**links.point(self.at)}
        said |= {
            "area": links.coded(self.area),
            "dusun": "" if self.dusun is None else self.dusun or WITHOUT,
            "group": "" if self.group == "all" else self.group,
            "level": "" if self.level == self.levels[0] else self.level,
            "q": self.text,
            "rompok": "1" if self.with_rompok else "",
            "visit": "none" if self.unplanned else "",
            "sort": self.sort,
        }
        said |= changed
        return urlencode({name: str(value) for name, value in said.items() if value not in {"", None}})

    @property
    def _is_live(self) -> bool:
        return self.at.closing is None and self.at.on == self.at.known_on

    def holds(self, one: Left) -> bool:
        """Whether somebody of the area belongs to the part."""
        return self.group in one.groups and (self.dusun is None or one.dusun == self.dusun)

    def people(self, found: Iterable[Left]) -> list[Left]:
        """Return the people of the part."""
        return [one for one in found if self.holds(one)]

    def wants(self, place: Place, name: str) -> bool:
        """Whether a place called so is asked for."""
        words = self.text.casefold().split()
        return (
            place.level == self.level
            and place.groups[self.group] > 0
            and (not self.with_rompok or place.around.rompok > 0)
            and (not self.unplanned or place.around.planned is None)
            and all(word in name.casefold() for word in words)
        )


def chosen(request: OfficeRequest) -> Chosen:
    """Return the part an address names; an area outside the reader's, a day or a group there is not: 404."""
    said = request.GET
    seat = request.seat
    area = wanted.area(request)
    levels = levels_in(area)
    group = said.get("group", "") or "all"
    if group not in GROUPS:
        raise Http404("no such group")
    level = said.get("level", "")
    dusun = said.get("dusun", "")
    live = coverage.view(seat.office.today, as_known="now", rule=seat.office.rule)
    return Chosen(
        at=wanted.view(request, "", live),
        area=area,
        dusun=None if not dusun or not _is_village(area) else "" if dusun == WITHOUT else dusun[:LONGEST_TEXT],
        group=group,
        level=next((one for one in levels if one == level), levels[0]),
        levels=levels,
        text=" ".join(said.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT],
        with_rompok=said.get("rompok") == "1",
        unplanned=said.get("visit") == "none",
        sort=said.get("sort", "")[:LONGEST_TEXT],
    )


def levels_in(area: int | None) -> tuple[PlaceLevel, ...]:
    """Return the levels of places an area has, the one to look at first in front."""
    if _is_village(area):
        return ("dusun",)
    if len(str(area or "")) >= DISTRICT_DIGITS:
        return ("desa", "dusun")
    return ("desa", *(level for level in LEVELS if level != "desa"))


def _is_village(area: int | None) -> bool:
    return len(str(area or "")) == VILLAGE_DIGITS


def name_of(place: Place, names: dict[int, str]) -> Text:
    """Return what a place is called: a dusun with its village."""
    name = names.get(place.number, area_text(place.number))
    if place.level != "dusun":
        return Text(name, name)
    dusun = Text(place.dusun, place.dusun) if place.dusun else NO_DUSUN
    return Text(f"{dusun.id}, {name}", f"{dusun.en}, {name}")


def place_key(text: str) -> tuple[int, str | None] | None:
    """Return the area and dusun that a checkbox names (`1605012003`, `1605012003/Dusun I`), None where it names none."""
    code, mark, dusun = text.partition("/")
    number = area_number(code)
    if number is None:
        return None
    return number, (("" if dusun == WITHOUT else dusun) if mark else None)


def key_of(place: Place) -> str:
    """Return how a checkbox names a place."""
    return f"{place.number}/{place.dusun or WITHOUT}" if place.level == "dusun" else str(place.number)
