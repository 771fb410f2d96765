"""Django's settings, drawn from two environment variables and nothing else.

JEMPUT_HOME: the data directory (default: the user's own). JEMPUT_DATABASE: a database URL
(default: SQLite in the data directory; PostgreSQL 15 or newer in an office).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
import platformdirs

HOME = Path(os.environ.get("JEMPUT_HOME") or platformdirs.user_data_path("jemput", appauthor=False))

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
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 30}
    return config


DATABASES = {"default": database(os.environ.get("JEMPUT_DATABASE", ""), HOME)}
INSTALLED_APPS = ["jemput.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LANGUAGE_CODE = "id"
SECRET_KEY = "unused: no page is served and nothing is signed by this key"  # noqa: S105
