"""A working paper keeps who changed what of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jemput.actions.papers import changed
from jemput.store.models import PaperChange

pytestmark = pytest.mark.usefixtures("office")
NOW = datetime(2019, 4, 2, 3, 0, tzinfo=UTC)


def test_a_change_names_the_field_what_it_was_and_what_it_is() -> None:
    assert changed("visit", 7, "on", None, date(2019, 4, 9), now=NOW, by="kabid")
    row = PaperChange.objects.get()
    assert (row.paper, row.number, row.field, row.old, row.new) == ("visit", 7, "on", "", "2019-04-09")
    assert (row.changed_at, row.changed_by) == (NOW, "kabid")


def test_what_reads_alike_is_no_change() -> None:
    assert not changed("visit", 7, "team", "Tim 1", "Tim 1", now=NOW, by="kabid")
    assert not PaperChange.objects.exists()
