"""Days on which a village is not to be asked: national holidays with a fixed date, those the office was told of, polling day.

The moving ones (Idul Fitri, Nyepi, Waisak) are set each year by a joint decree of three ministers (SKB); the office
types them into the setting `holidays`. They are not computed: the decree, not the moon's table, makes them a holiday.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jemput.domain.problems import Text

FIXED = {
    (1, 1): Text("Tahun Baru", "New Year"),
    (5, 1): Text("Hari Buruh", "Labour Day"),
    (6, 1): Text("Hari Lahir Pancasila", "Pancasila Day"),
    (8, 17): Text("Hari Kemerdekaan", "Independence Day"),
    (12, 25): Text("Natal", "Christmas"),
}
"""Keppres 251/1967 as amended by 3/1983; 1 May by Keppres 24/2013, 1 June by Keppres 24/2016."""
POLLING_DAY = Text("hari pemungutan suara", "polling day")
UNNAMED = Text("hari libur", "a holiday")


def holiday(on: date, declared: Mapping[date, str], election_on: date | None) -> Text | None:
    """Return what a day is kept as, None where it is a day like any other; `declared` are the days the office typed."""
    if on == election_on:
        return POLLING_DAY
    if on in declared:
        name = declared[on]
        return Text(name, name) if name else UNNAMED
    return FIXED.get((on.month, on.day))
