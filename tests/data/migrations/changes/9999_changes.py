from django.db import migrations

from tests.data.migrations import LAST


def changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER closed_figures_no_update")
    else:
        schema_editor.execute("ALTER TABLE closed_figures DISABLE TRIGGER ALL")
    schema_editor.execute("UPDATE closed_figures SET recorded = recorded + 1")


class Migration(migrations.Migration):
    dependencies = [("store", LAST)]
    operations = [migrations.RunPython(changes)]
