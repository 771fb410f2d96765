"""Jobs and backups."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Work that takes longer than a page may, and the backups that were made."""

    dependencies = [("store", "0007_figure_indexes")]

    operations = [
        migrations.CreateModel(
            name="Backup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                ("bytes", models.BigIntegerField()),
                ("sha256", models.TextField()),
                ("place", models.BigIntegerField()),
                ("head", models.TextField()),
                ("seconds", models.FloatField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "backup"},
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("args", models.JSONField()),
                ("area", models.BigIntegerField(null=True)),
                ("once", models.TextField(null=True, unique=True)),
                ("state", models.TextField(default="waiting")),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("owner", models.TextField(default="")),
                ("result", models.JSONField(null=True)),
                ("error", models.JSONField(null=True)),
            ],
            options={
                "db_table": "job",
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="job_due"),
                    models.Index(fields=["kind", "asked_at"], name="job_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "done", "failed"))), name="job_state"
                    )
                ],
            },
        ),
    ]
