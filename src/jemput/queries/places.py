"""Areas by code and by name, on a day; settlements of a village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jemput.domain.ids import area_text, village_range
from jemput.domain.places import AreaName, place_key
from jemput.store.models import Area, Boundary, Settlement

DISTRICT_DIGITS = 6


@dataclass(frozen=True, slots=True)
class SettlementPlace:
    """One settlement; `lat`, `lng` in degrees or None, `uninhabited_on` the day nobody lived there any more."""

    id: int
    kind: str
    name: str
    village: int
    lat: float | None
    lng: float | None
    estimated_people: int | None
    uninhabited_on: date | None


def areas(on: date, *, within: int | None = None) -> list[AreaName]:
    """Return the areas whose code holds on a day, by code."""
    found = _valid(on)
    if within:
        found = found.filter(_inside(within))
    return [AreaName(number, name) for number, name in sorted(found.values_list("number", "name"), key=_by_code)]


def names(on: date, *, within: int | None = None) -> dict[int, str]:
    """Return names by area number; a code that no longer holds keeps its last name."""
    inside = _inside(within) if within else Q()
    last = dict(Area.objects.filter(inside).order_by("valid_from").values_list("number", "name"))
    return last | {area.number: area.name for area in areas(on, within=within)}


def title(area: int, on: date) -> str:
    """Return what an area is called, with its code."""
    row = _valid(on).filter(number=area).first() or Area.objects.filter(number=area).order_by("-valid_from").first()
    return f"{row.name} ({area_text(area)})" if row else area_text(area)


def village_named(name: str, *, district: str, within: int | None, on: date) -> int | None:
    """Return the village of a name, in the district named where one is; None where unknown or ambiguous."""
    found = [area for area in areas(on, within=within) if len(str(area.number)) == 10]  # noqa: PLR2004 - digits of a village
    wanted = [area.number for area in found if place_key(area.name) == place_key(name)]
    if district:
        districts = {
            area.number
            for area in areas(on, within=within)
            if len(str(area.number)) == DISTRICT_DIGITS and place_key(area.name) == place_key(district)
        }
        wanted = [number for number in wanted if int(str(number)[:DISTRICT_DIGITS]) in districts]
    return wanted[0] if len(wanted) == 1 else None


def is_known_ever(number: int) -> bool:
    """Whether a code ever held: a NIK may begin with one that is dead."""
    return Area.objects.filter(number=number).exists()


def boundary_sources(number: int) -> list[str]:
    """Return the sources that draw an area's boundary."""
    return list(Boundary.objects.filter(number=number).order_by("source").values_list("source", flat=True))


def settlements(village: int | None = None) -> list[SettlementPlace]:
    """Return settlements, of one village or of all, the uninhabited among them."""
    found = Settlement.objects.order_by("village", "name")
    if village:
        found = found.filter(village=village)
    return [
        SettlementPlace(
            one.pk, one.kind, one.name, one.village, one.lat, one.lng, one.estimated_people, one.uninhabited_on
        )
        for one in found
    ]


def _valid(on: date) -> QuerySet[Area]:
    return Area.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _inside(area: int) -> Q:
    low, high = village_range(area)
    inside = Q(number__range=(low, high)) | Q(number=area)
    digits = len(str(area))
    for level in (4, 6):
        if digits < level:
            scale = 10 ** (level - digits)
            inside |= Q(number__range=(area * scale, area * scale + scale - 1))
    return inside


def _by_code(row: tuple[int, str]) -> str:
    return str(row[0])
