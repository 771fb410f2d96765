from django.db import migrations, models

from tests.data.migrations import LAST


def breaks(apps, schema_editor):
    schema_editor.execute("INSERT INTO half_done (id) VALUES (1)")
    message = "NIK 1605011705809001 has no village"
    raise ValueError(message)


class Migration(migrations.Migration):
    dependencies = [("store", LAST)]
    operations = [
        migrations.CreateModel(
            "HalfDone", [("id", models.BigIntegerField(primary_key=True))], {"db_table": "half_done"}
        ),
        migrations.RunPython(breaks),
    ]
