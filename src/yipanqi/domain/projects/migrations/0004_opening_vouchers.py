"""Money typed so far becomes an opening voucher; every project gets its code by its own day."""

from django.db import migrations

from yipanqi.vocab import clock, public_ids


def open_vouchers(apps, _schema_editor):
    """One opening voucher without evidence for each sum that was typed."""
    project_model = apps.get_model("projects", "Project")
    voucher_model = apps.get_model("projects", "Voucher")
    held = project_model.objects.filter(paid_in_fen__gt=0)
    voucher_model.objects.bulk_create(
        (
            voucher_model(
                public_id=public_ids.new(),
                project_id=key,
                kind="opening",
                currency="CNY",
                amount_minor=fen,
                amount_fen=fen,
                recorded_at=at,
            )
            for key, fen, at in held.values_list("pk", "paid_in_fen", "updated_at").iterator()
        ),
        batch_size=500,
    )
    for key, fen in held.values_list("pk", "paid_in_fen").iterator():
        project_model.objects.filter(pk=key).update(opening_in_fen=fen)


def give_codes(apps, _schema_editor):
    """The civil day of opening and a serial number, in the order of opening."""
    project_model = apps.get_model("projects", "Project")
    last = {}
    rows = project_model.objects.order_by("created_at", "pk").values_list("pk", "created_at")
    for key, at in rows.iterator():
        day = clock.civil_day(at)
        last[day] = last.get(day, 0) + 1
        code = f"{day:%Y%m%d}{last[day]:03d}"
        project_model.objects.filter(pk=key).update(code=code)
    day_model = apps.get_model("projects", "DayCode")
    day_model.objects.bulk_create(day_model(day=day, last=number) for day, number in last.items())


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_fields_and_money")]
    operations = [
        migrations.RunPython(open_vouchers, migrations.RunPython.noop),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
