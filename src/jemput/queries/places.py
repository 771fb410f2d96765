"""Areas by code and by name, on a day; boundaries by source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby

from django.db.models import Q, QuerySet

from jemput.domain.ids import VILLAGE_DIGITS, area_text, village_range
from jemput.domain.place_names import VillageNames
from jemput.domain.places import AGREEING, DISTRICT_DIGITS, Area, AreaName, disagreement, is_village
from jemput.domain.problems import Problem
from jemput.solve import shapes
from jemput.store import models
from jemput.store.bulk import chunks

LEVEL_DIGITS = (2, 4, DISTRICT_DIGITS, VILLAGE_DIGITS)
EVERYWHERE = "Indonesia"


@dataclass(frozen=True, slots=True)
class BoundaryDrawn:
    """An area's boundary as one source draws it: GeoJSON text, size, and a point inside."""

    number: int
    source: str
    geometry: str
    area_km2: float
    lat: float
    lng: float


# --- codes -----------------------------------------------------------------------------------------------------------


def area(number: int, on: date) -> Area | None:
    """Return an area as its code held on a day, None where it did not."""
    return next((one for one in history(number) if one.is_valid(on)), None)


def history(number: int) -> tuple[Area, ...]:
    """Return every name a code ever had and when, oldest first; empty for a code never known."""
    return tuple(_areas(models.Area.objects.filter(number=number).order_by("valid_from")))


def areas(on: date, *, within: int | None = None) -> list[AreaName]:
    """Return the areas whose code holds on a day, by code."""
    found = _valid(on)
    if within:
        found = found.filter(inside(within))
    return [AreaName(number, name) for number, name in sorted(found.values_list("number", "name"), key=_by_code)]


def children(number: int | None, on: date) -> list[AreaName]:
    """Return the areas one level below on a day, by code; the provinces for None."""
    if number is None:
        low, high = 1, 99
    else:
        digits = len(str(number))
        if digits == VILLAGE_DIGITS:
            return []
        scale = 10 ** (LEVEL_DIGITS[LEVEL_DIGITS.index(digits) + 1] - digits)
        low, high = number * scale, number * scale + scale - 1
    found = _valid(on).filter(number__range=(low, high)).order_by("number")
    return [AreaName(*row) for row in found.values_list("number", "name")]


def villages(within: int, on: date) -> list[AreaName]:
    """Return the villages inside an area of any level on a day, by code."""
    found = _valid(on).filter(number__range=village_range(within)).order_by("number")
    return [AreaName(*row) for row in found.values_list("number", "name")]


def names(on: date, *, within: int | None = None) -> dict[int, str]:
    """Return names by area number; a code that no longer holds keeps its last name, one that does not yet its first."""
    found = models.Area.objects.filter(inside(within) if within else Q()).order_by("valid_from")
    called: dict[int, str] = {}
    for number, name, valid_from in found.values_list("number", "name", "valid_from"):
        if valid_from <= on or number not in called:
            called[number] = name
    return called


def names_of(numbers: Iterable[int], on: date) -> dict[int, str]:
    """Return the names of these codes on a day, as `names` does; a code never known is absent."""
    called: dict[int, str] = {}
    for chunk in chunks(set(numbers)):
        found = models.Area.objects.filter(number__in=chunk).order_by("valid_from")
        for number, name, valid_from in found.values_list("number", "name", "valid_from"):
            if valid_from <= on or number not in called:
                called[number] = name
    return called


def title(number: int, on: date) -> str:
    """Return what an area is called, with its code."""
    rows = history(number)
    row = next((one for one in rows if one.is_valid(on)), rows[-1] if rows else None)
    return f"{row.name} ({area_text(number)})" if row else area_text(number)


def is_known_ever(number: int) -> bool:
    """Whether a code ever held: a NIK may begin with one that is dead."""
    return models.Area.objects.filter(number=number).exists()


def known_ever(numbers: Iterable[int]) -> set[int]:
    """Return those codes that ever held, dead ones among them."""
    known: set[int] = set()
    for chunk in chunks(set(numbers)):
        known.update(models.Area.objects.filter(number__in=chunk).values_list("number", flat=True))
    return known


# --- names -----------------------------------------------------------------------------------------------------------


def villages_by_name(within: int | None, on: date) -> VillageNames:
    """Return the villages of an area as they are found by district and name; ask this once for a whole file."""
    found = areas(on, within=_district_of(within) if within else None)
    if within and is_village(within):
        found = [one for one in found if one.number == within or not is_village(one.number)]
    called = next((one.name for one in found if one.number == within), area_text(within) if within else EVERYWHERE)
    return VillageNames(found, within=called)


def village_named(name: str, *, district: str, within: int | None, on: date) -> int | None:
    """Return the village of a name, in the district named where one is; None where unknown or ambiguous."""
    found = villages_by_name(within, on).find(name, district)
    return found if isinstance(found, int) else None


# --- points and boundaries -------------------------------------------------------------------------------------------


def points(within: int | None = None) -> dict[int, tuple[float, float]]:
    """Return a point (latitude, longitude) by area; one inside a boundary where no point was imported."""
    inner = inside(within) if within else Q()
    drawn = models.Boundary.objects.filter(inner).order_by("-pk").values_list("number", "lat", "lng")
    listed = models.AreaPoint.objects.filter(inner).values_list("number", "lat", "lng")
    return {number: (lat, lng) for number, lat, lng in (*drawn, *listed)}


def points_of(numbers: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Return a point (latitude, longitude) of each of these areas that has one, as `points` does."""
    found: dict[int, tuple[float, float]] = {}
    for chunk in chunks(set(numbers)):
        for model in (models.Boundary, models.AreaPoint):
            rows = model.objects.filter(number__in=chunk).order_by("-pk").values_list("number", "lat", "lng")
            found |= {number: (lat, lng) for number, lat, lng in rows}
    return found


def boundary_sources(number: int) -> list[str]:
    """Return the sources that draw an area's boundary."""
    return list(models.Boundary.objects.filter(number=number).order_by("source").values_list("source", flat=True))


def boundaries(within: int | None = None, *, source: str = "") -> list[BoundaryDrawn]:
    """Return boundaries inside an area, by code and then as they came in; of one source where it is named."""
    found = models.Boundary.objects.filter(inside(within) if within else Q()).order_by("number", "pk")
    if source:
        found = found.filter(source=source)
    return [BoundaryDrawn(*row) for row in found.values_list("number", "source", "geometry", "area_km2", "lat", "lng")]


def disagreements(within: int | None = None, *, agreeing: float = AGREEING) -> list[Problem]:
    """Return where sources draw an area otherwise: their overlap lies below `agreeing`. Every code stays."""
    return [
        problem
        for number, drawn in groupby(boundaries(within), key=lambda one: one.number)
        for earlier, later in combinations(drawn, 2)
        if (
            problem := disagreement(
                number,
                source=later.source,
                other=earlier.source,
                overlap=shapes.overlap(later.geometry, earlier.geometry),
                agreeing=agreeing,
            )
        )
    ]


# --- how -------------------------------------------------------------------------------------------------------------


def inside(number: int, *, column: str = "number") -> Q:
    """Return the condition for an area itself and everything below it, by the column that holds the area's number."""
    within = Q(**{column: number})
    digits = len(str(number))
    for level in LEVEL_DIGITS:
        if digits < level:
            scale = 10 ** (level - digits)
            within |= Q(**{f"{column}__range": (number * scale, number * scale + scale - 1)})
    return within


def anywhere() -> Q:
    """Return the condition that every area meets."""
    return Q()


def _valid(on: date) -> QuerySet[models.Area]:
    return models.Area.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _areas(found: QuerySet[models.Area]) -> Sequence[Area]:
    return [Area(*row) for row in found.values_list("number", "name", "valid_from", "valid_to", "source")]


def _district_of(number: int) -> int:
    return number // 10**4 if is_village(number) else number


def _by_code(row: tuple[int, str]) -> str:
    return str(row[0])
