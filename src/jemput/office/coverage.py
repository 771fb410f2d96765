"""Cakupan: where the regency stands, and what waits."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render

from jemput.domain.problems import Text
from jemput.domain.roles import Right
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.queries import coverage as counts


@page("", "coverage", title=Text("Cakupan", "Coverage"), right=Right.FIGURES, menu="count")
def coverage(request: OfficeRequest) -> HttpResponseBase:
    """Show the number."""
    seat = request.seat
    at = counts.view(seat.office.today, as_known=None, rule=seat.office.rule)
    figures = counts.total(counts.villages(at, seat.area, rule_in_force=seat.office.rule))
    return render(request, "office/coverage.html", {"figures": figures, "on": at.on})
