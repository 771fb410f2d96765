"""Paper forms of villages as they were printed: a number on paper means the same person for ever."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("store", "0013_left_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="VillageForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("village", models.BigIntegerField(db_index=True)),
                ("people", models.JSONField()),
                ("typed_at", models.DateTimeField(null=True)),
                ("typed_by", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="form", to="store.conversation"
                    ),
                ),
            ],
            options={"db_table": "village_form"},
        ),
    ]
