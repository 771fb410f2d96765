"""The pages of the office as a Django app; it owns templates and static files and no table."""

from __future__ import annotations

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Name the app `office`."""

    name = "jemput.office"
    label = "office"
