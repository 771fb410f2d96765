"""The one Django app that owns every table."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Name the app `store`, whatever it is imported as."""

    name = "jemput.store"
    label = "store"
