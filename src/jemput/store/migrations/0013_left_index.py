"""An index of whoever is left: the movements in which wajib KTP and recorded differ, or somebody is blocked."""

from __future__ import annotations

from django.db import migrations

LEFT = (
    "CREATE INDEX movement_left ON movement (village, person, on_day, batch, id_obligated, recorded, blocked)"
    " WHERE id_obligated <> recorded OR blocked <> 0"
)


class Migration(migrations.Migration):
    """A partial index: whoever was registered as recorded, three of four, is not in it."""

    dependencies = [("store", "0012_visits")]

    operations = [migrations.RunSQL(LEFT, "DROP INDEX movement_left")]
