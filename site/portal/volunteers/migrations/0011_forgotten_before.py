"""What was joined to a certificate that was forgotten before 0009 lets go of it, as it has done at once since."""

from django.db import migrations
from django.db.models import Q

GONE = "（已不再保存）"
OVER = {"certificate__forgotten_at__isnull": False}


def let_go(apps, schema_editor):
    """In the terms of `domain.keeping.forget_rows`; what is still contested waits for its answer."""
    contested = apps.get_model("volunteers", "CorrectionRequest").objects.filter(**OVER).exclude(state="open")
    requests = apps.get_model("volunteers", "CertificateRequest").objects
    notices = apps.get_model("notices", "Notice").objects
    for pk, record in contested.values_list("pk", "record"):
        told = [f"/cms/correction-requests/{pk}/", *([f"/desk/records/{record}/"] if record else [])]
        notices.filter(kind="correction_asked", url__in=told).delete()
    contested.exclude(answer="").update(answer=GONE)
    contested.update(claim=GONE, certificate=None)
    apps.get_model("volunteers", "OrderLine").objects.filter(**OVER).update(certificate=None, forgotten=True)
    requests.filter(replaces__forgotten_at__isnull=False).update(replaces=None)
    requests.filter(**OVER).update(certificate=None, forgotten=True, note="")
    # Whose it was is not known any more: a volunteer whose account is closed, else it would not have been forgotten.
    holders = notices.filter(user__is_active=False, user__volunteer__isnull=False)
    for number in _numbers(apps):
        holders.filter(Q(subject__contains=number) | Q(body__contains=number)).delete()


def _numbers(apps):
    forgotten = apps.get_model("certificates", "Certificate").objects.filter(forgotten_at__isnull=False)
    return list(forgotten.values_list("number", flat=True))


class Migration(migrations.Migration):

    dependencies = [
        ("certificates", "0014_forgotten"),
        ("notices", "0001_initial"),
        ("volunteers", "0010_orders_are_read"),
    ]

    operations = [migrations.RunPython(let_go, migrations.RunPython.noop)]
