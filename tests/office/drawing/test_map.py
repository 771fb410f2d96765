"""A map: each area a link in its shade, what has no figure hatched, words for who cannot see it."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st

from jemput.office.drawing.map import MapArea, draw_map
from jemput.solve import outlines
from tests.office.drawing.pictures import links, read, said, texts, whole

SHEET = outlines.draw(
    {1: shapely.box(102, -3, 102.5, -2), 2: shapely.box(102.5, -3, 103, -2), 3: shapely.box(103, -3, 103.5, -2)}
)


def area(number: int, shade: int | None = 1, *, name: str = "Tugumulyo", selected: bool = False) -> MapArea:
    return MapArea(number, name, "605 belum rekam", shade, f"/?area={number}", selected)


def drawn(*areas: MapArea, sheet: outlines.Sheet = SHEET) -> str:
    return draw_map(sheet, areas, key="peta", title="Belum rekam", description="Per kecamatan.", language="id")


def test_each_area_is_a_link_in_its_shade_that_says_its_figure() -> None:
    found = links(read(drawn(area(1, 0), area(2, 4), area(3, None))))
    assert found == [
        ("/?area=1", "area shade-0", "Tugumulyo: 605 belum rekam"),
        ("/?area=2", "area shade-4", "Tugumulyo: 605 belum rekam"),
        ("/?area=3", "area unknown", "Tugumulyo: 605 belum rekam"),
    ]


def test_an_area_without_a_figure_is_hatched_and_leads_nowhere() -> None:
    picture = read(drawn(area(1)))
    assert [one.get("href") for one in picture.iter("a")] == ["/?area=1", None, None]
    assert [one.get("fill") for one in picture.iter("path") if one.get("fill")] == ["url(#peta-hatch)"] * 2


def test_the_area_selected_is_drawn_last_so_that_its_border_is_whole() -> None:
    found = links(read(drawn(area(1, selected=True), area(2), area(3))))
    assert found[-1][1] == "area shade-1 selected"


def test_the_map_has_a_name_and_a_description_and_a_ruler() -> None:
    picture = read(drawn(area(1), area(2), area(3)))
    assert said(picture) == "Belum rekam Per kecamatan."
    assert "20 km" in texts(picture)
    assert whole(picture)


def test_names_are_written_where_they_have_room() -> None:
    assert "Tugumulyo" in texts(read(drawn(area(1), area(2), area(3))))
    many = outlines.draw({n: shapely.box(100 + n, -3, 101 + n, -2) for n in range(30)})
    assert "Tugumulyo" not in texts(read(drawn(*map(area, range(30)), sheet=many)))


@given(st.text(), st.text())
def test_no_name_breaks_out_of_the_picture(name: str, title: str) -> None:
    one = MapArea(1, name, title, 1, "/?q=" + name)
    picture = read(draw_map(SHEET, [one], key="peta", title=title, description=name, language="en"))
    assert [one.get("href") is None for one in picture.iter("a")] == [False, True, True]


def test_a_regency_of_199_villages_is_light() -> None:
    points = {n: (-3 + n % 14 * 0.05, 102.5 + n // 14 * 0.05 + n % 3 * 0.01) for n in range(199)}
    markup = drawn(*(area(n, n % 5, name=f"Desa {n}") for n in range(199)), sheet=outlines.draw(outlines.cells(points)))
    assert len(markup) <= 45_000
