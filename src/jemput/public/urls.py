"""Every address of the public pages: what a link opens, the exchange with the office, two files; nothing of the office."""

from __future__ import annotations

from django.urls import path

from jemput.public import exchange, files, names, pages, reports

handler400 = "jemput.public.errors.unreadable"
handler404 = "jemput.public.errors.missing"
handler500 = "jemput.public.errors.broken"

urlpatterns = [
    path("", pages.root),
    path("robots.txt", pages.robots),
    path("tukar/", exchange.exchange),
    path("s/<str:digest>/<str:name>", files.file),
    path("<str:token>/", pages.start),
    path("<str:token>/jawab/", pages.answer),
    path("<str:token>/minta/", reports.request_visit),
    path("<str:token>/pin/", names.pin),
    path("<str:token>/siapa/", names.who),
    path("<str:token>/tutup/", names.close),
    path("<str:token>/rompok/", reports.report_rompok),
    path("<str:token>/pesan/", pages.message),
    path("<str:token>/tercatat/<str:key>/", pages.recorded),
]
