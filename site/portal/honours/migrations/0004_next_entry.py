"""The next entry of a round is found in the order of issuing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('honours', '0003_forgotten')]

    operations = [
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_by_state',
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['round', 'state', 'id'], name='entry_by_state'),
        ),
    ]
