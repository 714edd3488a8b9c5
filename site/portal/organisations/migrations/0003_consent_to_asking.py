"""Consent to asking stands apart from consent to downloading; what was given is kept for what it was given for.

Schools were allowed to download before they could ask at all, so nothing is taken for consent to asking. Other bodies
have only ever been given both at once, in words that named both.
"""

from django.db import migrations, models
from django.db.models import F


def keep(apps, schema_editor):
    given = apps.get_model("organisations", "Membership").objects.filter(certificates_allowed_at__isnull=False)
    given.exclude(organisation__kind="school").update(asking_allowed_at=F("certificates_allowed_at"))


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_classes_and_consent")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="asking_allowed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="同意代为申请证明于"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="certificates_allowed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="同意下载证书于"),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
