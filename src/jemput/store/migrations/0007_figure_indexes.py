"""Two small indexes for the pages of figures: what the centre's cleansing moved, and recordings that did not arrive."""

from __future__ import annotations

from django.db import migrations

CLEANSED = (
    "CREATE INDEX movement_cleansed ON movement (village, on_day, batch, id_obligated)"
    " WHERE cause IN ('konsolidasi_added', 'konsolidasi_merged', 'konsolidasi_removed')"
)
UNSETTLED = (
    "CREATE INDEX person_unsettled ON person (village, status, status_day, dead_day)"
    " WHERE status IN (2, 3, 4, 5, 7, 8, 9, 10, 11, 12)"
)


class Migration(migrations.Migration):
    """Partial indexes: they hold some thousand rows of a million."""

    dependencies = [("store", "0006_name_words")]

    operations = [
        migrations.RunSQL(CLEANSED, "DROP INDEX movement_cleansed"),
        migrations.RunSQL(UNSETTLED, "DROP INDEX person_unsettled"),
    ]
