import sys
import time

from django.db import migrations

from tests.data.migrations import LAST


def waits(apps, schema_editor):
    sys.stdout.write("in the middle\n")
    sys.stdout.flush()
    time.sleep(60)


class Migration(migrations.Migration):
    dependencies = [("store", LAST)]
    operations = [migrations.RunPython(waits)]
