"""A point an area, for maps where no boundary was imported."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Points of areas."""

    dependencies = [("store", "0002_ledger")]

    operations = [
        migrations.CreateModel(
            name="AreaPoint",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("lat", models.FloatField()),
                ("lng", models.FloatField()),
                ("source", models.TextField()),
            ],
            options={"db_table": "area_point"},
        ),
    ]
