"""Awards whose certificate was forgotten before 0003 let go of its number, as they have done at once since."""

from django.db import migrations

GONE = "（已不再保存）"


def let_go(apps, schema_editor):
    """In the terms of `signals.on_certificate_forgotten`."""
    over = {"certificate__forgotten_at__isnull": False}
    stars, entries, objections = (
        apps.get_model("honours", name).objects for name in ("StarApplication", "Entry", "Objection")
    )
    for objection in objections.filter(application__certificate__forgotten_at__isnull=False):
        objection.content, objection.objector = GONE, ""
        objection.answer = GONE if objection.answer else ""
        objection.save(update_fields=["content", "objector", "answer"])
    for rows in (stars, entries):
        rows.filter(**over).update(certificate=None, forgotten=True, note="")
    forgotten = apps.get_model("certificates", "Certificate").objects.filter(forgotten_at__isnull=False)
    entries.filter(note__in=list(forgotten.values_list("number", flat=True))).update(note="")


class Migration(migrations.Migration):

    dependencies = [("certificates", "0014_forgotten"), ("honours", "0004_next_entry")]

    operations = [migrations.RunPython(let_go, migrations.RunPython.noop)]
