"""Coming in and going out: name and password, then a second factor for whoever sees more than figures."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime
from typing import Any

import segno
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user, match_token, user_has_device
from django_otp import login as otp_login
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn import views as passkeys
from django_otp_webauthn.models import AbstractWebAuthnCredential, WebAuthnCredential

from jemput.actions.audit import Actor, note
from jemput.actions.users import make_recovery_codes, set_language
from jemput.domain import ids
from jemput.domain.audit import Verb
from jemput.domain.problems import Text
from jemput.domain.roles import Role, needs_second_factor
from jemput.office.visit import LANGUAGE_COOKIE, OPENED_AT
from jemput.store.models import User

WRONG = Text("Nama masuk atau kata sandi salah.", "The sign-in name or the password is wrong.")
WRONG_CODE = Text(
    "Kode itu salah, sudah dipakai, atau lewat waktunya.", "That code is wrong, already used, or out of date."
)
WAIT = Text(
    "Terlalu cepat setelah kode yang salah; tunggu sebentar lalu coba lagi.",
    "Too soon after a wrong code; wait a moment, then try again.",
)
A_YEAR_S = 365 * 24 * 60 * 60


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for name and password."""
    onward = _onward(request)
    if isinstance(request.user, User):
        return redirect(onward)
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            user = form.get_user()
            login(request, user)
            request.session[OPENED_AT] = time.time()
            if not needs_second_factor(Role(user.role)):
                _note(request, user, Verb.SIGNED_IN)
            return redirect(onward)
        typed = str(request.POST.get("username", ""))
        note(Actor(typed, "", _address(request)), Verb.SIGN_IN_FAILED, at=datetime.now(UTC))
    wrong = WRONG if request.method == "POST" else None
    context = {"wrong": wrong, "onward": onward, "username": request.POST.get("username", "")}
    return render(request, "office/sign_in.html", context, status=422 if wrong else 200)


@sensitive_post_parameters("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second factor; lead to setting one where there is none."""
    user = request.user
    if not isinstance(user, User):
        return redirect("sign-in")
    onward = _onward(request)
    if user.is_verified():  # type: ignore[attr-defined]  # OTPMiddleware's
        return redirect(onward)
    if not user_has_device(user):
        return redirect(_with_next("second-factor-setup", onward))
    wrong = None
    if request.method == "POST":
        too_soon = _must_wait(user)
        device = match_token(user, request.POST.get("token", "").replace(" ", ""))
        if device is not None:
            otp_login(request, device)
            _note(request, user, Verb.SIGNED_IN)
            return redirect(onward)
        wrong = WAIT if too_soon else WRONG_CODE
        _note(request, user, Verb.SIGN_IN_FAILED)
    context = {
        "wrong": wrong,
        "onward": onward,
        "has_passkey": WebAuthnCredential.objects.filter(user=user, confirmed=True).exists(),
    }
    return render(request, "office/second_factor.html", context, status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Set the first second factor: a code from a telephone, shown as QR and in letters."""
    user = request.user
    if not isinstance(user, User):
        return redirect("sign-in")
    onward = _onward(request)
    if user_has_device(user):
        return redirect(_with_next("second-factor", onward))
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "telephone"})
    wrong = None
    if request.method == "POST":
        if device.verify_token(request.POST.get("token", "").replace(" ", "")):
            device.confirmed = True
            device.save()
            otp_login(request, device)
            _note(request, user, Verb.SECOND_FACTOR_SET)
            actor = Actor(user.username, user.role, _address(request), user.area)
            codes = make_recovery_codes(user, by=actor, at=datetime.now(UTC))
            return render(request, "office/recovery_codes.html", {"codes": codes, "onward": onward})
        wrong = WRONG_CODE
    letters = base64.b32encode(device.bin_key).decode()
    context = {
        "wrong": wrong,
        "onward": onward,
        "secret": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4)),
        "qr": segno.make(device.config_url, error="m").svg_inline(scale=5, border=2, dark="#000", light="#fff"),
    }
    return render(request, "office/second_factor_setup.html", context, status=422 if wrong else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    if isinstance(request.user, User):
        _note(request, request.user, Verb.SIGNED_OUT)
    logout(request)
    return redirect("sign-in")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Answer in the other language from now on."""
    language = "en" if request.POST.get("language") == "en" else "id"
    if isinstance(request.user, User):
        set_language(request.user, language)
    response = redirect(_onward(request))
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR_S, samesite="Lax", secure=request.is_secure())
    return response


class PasskeyUsed(passkeys.CompleteCredentialAuthenticationView):  # type: ignore[misc]  # untyped package
    """A passkey as the second factor, noted in the audit trail."""

    def complete_auth(self, device: AbstractWebAuthnCredential) -> User:
        """Mark the session as verified."""
        user: User = super().complete_auth(device)
        _note(self.request, device.user, Verb.SIGNED_IN)
        return user


class PasskeyRegistered(passkeys.CompleteCredentialRegistrationView):  # type: ignore[misc]  # untyped package
    """A passkey set by its owner, noted in the audit trail."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """Keep the new passkey."""
        response: HttpResponse = super().post(*args, **kwargs)
        _note(self.request, self.request.user, Verb.SECOND_FACTOR_SET)
        return response


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name somebody tried, as the lock-out keeps it: a NIK typed as a name is masked."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return ids.mask_within(str(typed).strip().lower())


def _must_wait(user: User) -> bool:
    def waits(device: Device) -> bool:
        allowed, _ = device.verify_is_allowed()
        return not allowed

    return any(waits(device) for device in devices_for_user(user) if isinstance(device, TOTPDevice))


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else resolve_url("coverage")


def _with_next(name: str, onward: str) -> str:
    return f"{resolve_url(name)}?{urlencode({'next': onward})}"


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _note(request: HttpRequest, user: User, verb: Verb) -> None:
    note(Actor(user.username, user.role, _address(request), user.area), verb, at=datetime.now(UTC))
