"""Django's settings of the public pages: no accounts, no sessions, no models, no database of Django's, no address of the office.

JEMPUT_PUBLIC_HOME: their folder. JEMPUT_PUBLIC_ORIGIN: the https address villages open. JEMPUT_PUBLIC_PORT: where the
server for TLS finds them.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from jemput.public.door import secret_key

PUBLIC_HOME = Path(os.environ["JEMPUT_PUBLIC_HOME"])
ORIGIN = os.environ.get("JEMPUT_PUBLIC_ORIGIN", "").rstrip("/")
_HTTPS = ORIGIN.startswith("https://")
_HOST = urlsplit(ORIGIN).hostname or "localhost"
TEMPLATES_FOLDER = Path(__file__).parent / "templates"

SECRET_KEY = secret_key(PUBLIC_HOME)
INSTALLED_APPS = ["csp"]
ROOT_URLCONF = "jemput.public.urls"
ALLOWED_HOSTS = sorted({_HOST, "localhost", "127.0.0.1"})
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "jemput.public.guard.GuardMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_FOLDER],
        "OPTIONS": {
            "libraries": {"jemput": "jemput.templating"},
            "context_processors": [
                "django.template.context_processors.request",
                "jemput.public.guard.frame",
            ],
        },
    }
]
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
APPEND_SLASH = False

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
"""Nobody outside learns the address a reader came from, which holds the token."""
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
CSRF_FAILURE_VIEW = "jemput.public.errors.forged"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
"""No line of a log holds an address: it would hold the token. What breaks is said by `errors.broken`, without it."""
