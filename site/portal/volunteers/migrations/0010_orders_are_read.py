"""Officers may read what schools and organisations asked for."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("volunteers", "0009_forgotten")]

    operations = [
        migrations.AlterModelOptions(
            name="order",
            options={
                "default_permissions": ("view",),
                "ordering": ["-pk"],
                "verbose_name": "批量申请证明",
                "verbose_name_plural": "批量申请证明",
            },
        ),
    ]
