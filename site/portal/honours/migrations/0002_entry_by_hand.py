"""Who was taken out by hand is remembered beside the condition that bars them."""

from django.db import migrations, models
from django.db.models import Q


def remember(apps, schema_editor):
    apps.get_model("honours", "Entry").objects.filter(why="by_hand").update(by_hand=True)


class Migration(migrations.Migration):
    dependencies = [("honours", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="by_hand",
            field=models.BooleanField(default=False, verbose_name="经办人去掉"),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("by_hand", False), Q(("why", "by_hand"), _negated=True)),
                    Q(("by_hand", True), ("state", "left_out")),
                    _connector="OR",
                ),
                name="entry_by_hand_left_out",
            ),
        ),
    ]
