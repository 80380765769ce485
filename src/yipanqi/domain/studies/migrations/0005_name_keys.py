"""Targets published before have no name_key yet: they get one."""

from django.db import migrations

from yipanqi.vocab import names


def _keyed(apps, schema_editor):
    table = apps.get_model("studies", "Target")
    batch = []
    for row in table.objects.only("id", "name").iterator(2000):
        row.name_key = names.key(row.name)
        batch.append(row)
        if len(batch) == 2000:
            table.objects.bulk_update(batch, ["name_key"])
            batch = []
    table.objects.bulk_update(batch, ["name_key"])


class Migration(migrations.Migration):

    dependencies = [("studies", "0004_told")]

    operations = [migrations.RunPython(_keyed, migrations.RunPython.noop, elidable=True)]
