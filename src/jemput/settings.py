"""Django's settings, drawn from environment variables and nothing else.

JEMPUT_HOME: the data directory (default: the user's own). JEMPUT_DATABASE: a database URL
(default: SQLite in the data directory; PostgreSQL 15 or newer in an office). JEMPUT_ORIGIN: the https
address other machines use. JEMPUT_PORT, JEMPUT_SECRET_KEY: where the defaults do not do. JEMPUT_PUBLIC_HOME: where the
village's pages keep what is theirs.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import platformdirs
from csp.constants import NONE, SELF

HOME = Path(os.environ.get("JEMPUT_HOME") or platformdirs.user_data_path("jemput", appauthor=False))

PUBLIC_HOME = Path(os.environ.get("JEMPUT_PUBLIC_HOME") or HOME / "public")
"""The folder of `jemput public`; the office looks into it only for the key of pages on the same machine."""

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # an acknowledged fact survives a power cut; NORMAL lost whole tables in trials
    "PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;"  # without it INSERT OR REPLACE walks past the append-only triggers
    "PRAGMA cache_size=-65536;"
    "PRAGMA temp_store=MEMORY;"
)


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's database settings for a URL; empty means SQLite in `home`."""
    config: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{home / 'jemput.db'}"))
    config["CONN_MAX_AGE"] = None  # a thread of the office keeps its connection and with it the database's cache
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 30}
    return config


DATABASES = {"default": database(os.environ.get("JEMPUT_DATABASE", ""), HOME)}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "axes",
    "csp",
    "django_htmx",
    "jemput.store",
    "jemput.office",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]

ORIGIN = os.environ.get("JEMPUT_ORIGIN", "").rstrip("/")
"""The https address at which other machines reach the office (a server for TLS stands before it); empty: this machine only."""
PORT = int(os.environ.get("JEMPUT_PORT") or 8017)
_HTTPS = ORIGIN.startswith("https://")
_HOST = urlsplit(ORIGIN).hostname or "localhost"


def secret_key(home: Path) -> str:
    """Return the key that signs sessions: the environment's, else the data directory's own; made where there is none yet.

    Where the data directory is still to come, the key lives as long as the process.
    """
    if said := os.environ.get("JEMPUT_SECRET_KEY"):
        return said
    kept = home / "secret.key"
    if kept.exists():
        return kept.read_text(encoding="ascii")
    made = secrets.token_urlsafe(48)
    if home.is_dir():
        with suppress(FileExistsError):
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(made)
        return kept.read_text(encoding="ascii")
    return made


SECRET_KEY = secret_key(HOME)

ROOT_URLCONF = "jemput.office.urls"
ALLOWED_HOSTS = [_HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
CSRF_FAILURE_VIEW = "jemput.office.errors.forged"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "jemput.office.visit.VisitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"jemput": "jemput.templating"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jemput.office.visit.frame",
            ],
        },
    }
]
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "jemput"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_MINUTES = 30
"""A session nobody used for so long ends: NIST SP 800-63B 4.2.3 asks for 30 minutes where personal data is seen."""

AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "django_otp_webauthn.backends.WebAuthnBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "coverage"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "jemput.office.sign_in.attempted_name"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "jemput.office.errors.locked"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

OTP_TOTP_ISSUER = "Jemput"
OTP_WEBAUTHN_RP_NAME = "Jemput"
OTP_WEBAUTHN_RP_ID = _HOST
OTP_WEBAUTHN_ALLOWED_ORIGINS = [ORIGIN or f"http://localhost:{PORT}"]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
SILENCED_SYSTEM_CHECKS = [
    "otp_webauthn.E031",  # http://localhost is a secure context in every browser; other machines need https
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "apprise": {
            "handlers": [],
            "propagate": False,
        },  # what it logs may hold the address of a gateway and its password
        "axes": {"handlers": ["stderr"], "level": "ERROR"},
    },
}
