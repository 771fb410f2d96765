"""Akun: what belongs to the person who signed in: password, language, second factors, recovery codes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from jemput.actions import users
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import RIGHT_TITLES, Right
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.templating import language

OLD_PASSWORD_WRONG = ProblemKind(
    "old_password_wrong",
    Text("Kata sandi yang sekarang tidak cocok.", "The present password does not match."),
    Text("Ketik sekali lagi.", "Type it once more."),
)
NOT_TWICE_THE_SAME = ProblemKind(
    "not_twice_the_same",
    Text("Kedua kata sandi baru tidak sama.", "The two new passwords differ."),
    Text("Ketik kata sandi baru dua kali.", "Type the new password twice."),
)


@page("akun/", "account", title=Text("Akun saya", "My account"), right=Right.FIGURES)
def account(request: OfficeRequest) -> HttpResponseBase:
    """Show what belongs to the person who signed in."""
    user = request.seat.user
    context = {
        "rights": [RIGHT_TITLES[right] for right in Right if request.seat.may(right)],
        "telephone": TOTPDevice.objects.filter(user=user, confirmed=True).exists(),
        "passkeys": WebAuthnCredential.objects.filter(user=user, confirmed=True).order_by("pk"),
        "codes_left": StaticToken.objects.filter(device__user=user).count(),
    }
    return render(request, "office/account.html", context)


@page("akun/sandi/", "own-password", title=Text("Kata sandi", "Password"), right=None, posts=True)
@sensitive_post_parameters()
def own_password(request: OfficeRequest) -> HttpResponseBase:
    """Change one's own password."""
    seat = request.seat
    problems = []
    if request.method == "POST":
        old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
        if not seat.user.check_password(old):
            problems.append(OLD_PASSWORD_WRONG.at("old"))
        if new != again:
            problems.append(NOT_TWICE_THE_SAME.at("again"))
        try:
            if not problems:
                users.change_password(seat.user, new, by=seat.actor, at=seat.clock)
                update_session_auth_hash(request, seat.user)
                messages.success(request, Text("Kata sandi diganti.", "The password was changed.").say(language()))
                return redirect("account")
        except Refused as refused:
            problems.extend(refused.problems)
    context = {"problems": problems, "must": seat.user.must_change_password}
    return render(request, "office/own_password.html", context, status=422 if problems else 200)


@page("akun/kode/", "recovery-codes", title=Text("Kode cadangan", "Recovery codes"), right=Right.FIGURES, posts=True)
def recovery_codes(request: OfficeRequest) -> HttpResponseBase:
    """Make new recovery codes and show them this once."""
    if request.method != "POST":
        return redirect("account")
    seat = request.seat
    codes = users.make_recovery_codes(seat.user, by=seat.actor, at=seat.clock)
    return render(request, "office/recovery_codes.html", {"codes": codes, "onward": "/akun/"})


@page(
    "akun/kunci-sandi/<int:key>/hapus/",
    "remove-passkey",
    title=Text("Hapus kunci sandi", "Remove a passkey"),
    right=Right.FIGURES,
    posts=True,
)
def remove_passkey(request: OfficeRequest, key: int) -> HttpResponseBase:
    """Remove one of one's own passkeys."""
    if request.method != "POST":
        return redirect("account")
    seat = request.seat
    if not users.remove_passkey(seat.user, key, by=seat.actor, at=seat.clock):
        raise Http404
    messages.success(request, Text("Kunci sandi dihapus.", "The passkey was removed.").say(language()))
    return redirect("account")
