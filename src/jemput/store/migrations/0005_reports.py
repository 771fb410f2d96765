"""Reports as they were made and numbered, their files, and the signed copies that came back."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reports, their files, signed copies."""

    dependencies = [
        ("store", "0004_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("area", models.BigIntegerField(null=True)),
                ("on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("digest", models.TextField(default="")),
                ("place", models.BigIntegerField()),
                ("head", models.TextField()),
                ("rule_version", models.IntegerField()),
                ("year", models.IntegerField()),
                ("serial", models.IntegerField(null=True)),
                ("number", models.TextField(default="")),
                ("form", models.JSONField(default=dict)),
                ("sha256", models.TextField(db_index=True)),
                ("size", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField(default="")),
            ],
            options={
                "db_table": "report",
                "constraints": [models.UniqueConstraint(fields=("year", "serial"), name="report_number_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("suffix", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="store.report"
                    ),
                ),
            ],
            options={
                "db_table": "report_file",
                "constraints": [models.UniqueConstraint(fields=("report", "suffix"), name="report_file_once_a_kind")],
            },
        ),
        migrations.CreateModel(
            name="SignedCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("name", models.TextField(default="")),
                ("findings", models.JSONField(default=list)),
                ("received_at", models.DateTimeField()),
                ("received_by", models.TextField(default="")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signed", to="store.report"
                    ),
                ),
            ],
            options={
                "db_table": "signed_copy",
                "constraints": [models.UniqueConstraint(fields=("report", "sha256"), name="signed_copy_once")],
            },
        ),
    ]
