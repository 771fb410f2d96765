"""Files of working papers as they were taken in, and settlements withdrawn with them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """An import of settlements or contacts can be taken back."""

    dependencies = [
        ("store", "0010_outreach"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paper", models.TextField()),
                ("name", models.TextField()),
                ("digest", models.TextField(db_index=True)),
                ("added", models.JSONField()),
                ("changed", models.JSONField()),
                ("refused", models.IntegerField(default=0)),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.TextField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.TextField(default="")),
            ],
            options={
                "db_table": "paper_import",
            },
        ),
        migrations.AddField(
            model_name="settlement",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
    ]
