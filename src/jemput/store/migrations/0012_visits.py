"""Visits know how many recording sets they bring; letters what they say and which they replace."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Visits and letters, before the first of either was made."""

    dependencies = [
        ("store", "0011_paper_imports"),
    ]

    operations = [
        migrations.AddField(model_name="visit", name="sets", field=models.SmallIntegerField(default=1)),
        migrations.AddField(model_name="letter", name="digest", field=models.TextField(default="")),
        migrations.AddField(
            model_name="letter",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="store.letter",
            ),
        ),
    ]
