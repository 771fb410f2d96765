"""Every address of the office: the way in, and the pages of the table in `pages`."""

from __future__ import annotations

from django.urls import include, path

from jemput.office import (  # noqa: F401 - importing a module registers its pages
    account,
    audit,
    backups,
    bridge,
    closing,
    coverage,
    entry,
    intake,
    paper_intake,
    pasting,
    people,
    person,
    person_excel,
    printed,
    proofs,
    proposals,
    report,
    reports,
    settings,
    settlement,
    settlements,
    sign_in,
    sweep,
    sweep_list,
    sweep_trip,
    talk,
    talks,
    unsettled,
    users,
    village,
    village_forms,
    village_links,
    villages,
    visit_detail,
    visits,
)
from jemput.office.pages import addresses

handler400 = "jemput.office.errors.unreadable"
handler403 = "jemput.office.errors.forbidden"
handler404 = "jemput.office.errors.missing"
handler500 = "jemput.office.errors.broken"

urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign-in"),
    path("masuk/kode/", sign_in.second_factor, name="second-factor"),
    path("masuk/pasang/", sign_in.set_up_second_factor, name="second-factor-setup"),
    path("keluar/", sign_in.sign_out, name="sign-out"),
    path("bahasa/", sign_in.choose_language, name="language"),
    path("kunci-sandi/authentication/complete/", sign_in.PasskeyUsed.as_view()),
    path("kunci-sandi/registration/complete/", sign_in.PasskeyRegistered.as_view()),
    path("kunci-sandi/", include("django_otp_webauthn.urls", namespace="otp_webauthn")),
    *addresses(),
]
