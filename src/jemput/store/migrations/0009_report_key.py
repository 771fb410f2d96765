"""What was asked for is made once: a key on reports."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A key on reports."""

    dependencies = [
        ("store", "0008_jobs"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="key",
            field=models.TextField(null=True, unique=True),
        ),
    ]
