"""Areas, boundaries and settlements, as Django makes them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("village", models.BigIntegerField(db_index=True)),
                ("lat", models.FloatField(null=True)),
                ("lng", models.FloatField(null=True)),
                ("estimated_people", models.IntegerField(null=True)),
                ("description", models.TextField(default="")),
                ("reported_by", models.TextField(default="")),
                ("uninhabited_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "settlement",
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("name", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("source", models.TextField()),
            ],
            options={
                "db_table": "area",
                "constraints": [
                    models.UniqueConstraint(fields=("number", "valid_from"), name="area_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="area_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("source", models.TextField()),
                ("geometry", models.TextField()),
                ("area_km2", models.FloatField()),
                ("lat", models.FloatField()),
                ("lng", models.FloatField()),
            ],
            options={
                "db_table": "boundary",
                "constraints": [models.UniqueConstraint(fields=("number", "source"), name="boundary_once_a_source")],
            },
        ),
        migrations.CreateModel(
            name="SettlementChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.TextField()),
                ("old", models.TextField()),
                ("new", models.TextField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.TextField()),
                ("settlement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.settlement")),
            ],
            options={
                "db_table": "settlement_change",
            },
        ),
    ]
