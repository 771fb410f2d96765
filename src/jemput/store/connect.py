"""Which database this process works on, and that its tables are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

ALIAS = "default"


def use_database(config: dict[str, Any]) -> None:
    """Point this process at another database."""
    connections[ALIAS].close()
    del connections[ALIAS]
    connections.settings[ALIAS] = connections.configure_settings({ALIAS: config})[ALIAS]


def ensure_tables() -> None:
    """Create or bring up to date the tables of the database in use."""
    connection = connections[ALIAS]
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
