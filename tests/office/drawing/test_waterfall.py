"""A bridge drawn: each movement a link with its amount, the ends as they are, in whole units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jemput.office.drawing.waterfall import Step, waterfall
from tests.office.drawing.pictures import links, read, said, texts, whole


def step(amount: int, name: str = "mati") -> Step:
    return Step(name, amount, f"{name}: {amount}", f"/rincian/orang/?cause={name}")


def drawn(opening: int, *steps: Step) -> str:
    return waterfall(opening, steps, ends=("28 Februari", "28 Maret"), key="b", title="Belum rekam", language="id")


def test_each_movement_is_a_link_with_its_amount_and_both_ends_are_named() -> None:
    picture = read(drawn(10_653, step(23, "genap 17 tahun"), step(-853, "rekam")))
    assert [css for _, css, _ in links(picture)] == ["rise", "fall"]
    assert {"28 Februari", "10.653", "+23", "−853", "28 Maret", "9.823"} <= set(texts(picture))
    assert "rekam: -853" in said(picture)


def test_a_bridge_without_movements_is_drawn_and_says_its_title() -> None:
    picture = read(drawn(5))
    assert texts(picture).count("5") >= 2
    assert said(picture) == "Belum rekam Belum rekam"


def test_a_long_name_is_cut_and_whole_in_the_title() -> None:
    name = "perubahan pengaturan hitung yang panjang"
    picture = read(drawn(5, step(2, name)))
    assert not any(len(text) > 24 for text in texts(picture))
    assert links(picture)[0][2].startswith(name)


@given(
    st.integers(-1000, 400_000), st.lists(st.tuples(st.integers(-300_000, 300_000), st.text(max_size=40)), max_size=20)
)
def test_any_bridge_is_drawn(opening: int, moved: list[tuple[int, str]]) -> None:
    picture = read(drawn(opening, *(step(amount, name) for amount, name in moved)))
    assert whole(picture)
    assert len(links(picture)) == len(moved)
    for bar in picture.iter("rect"):
        assert 0 <= int(bar.get("x", "0")) <= 480
        assert int(bar.get("width", "0")) >= 2
