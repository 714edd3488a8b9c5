"""Awards let go of the number of a certificate whose time is over."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0014_forgotten'),
        ('honours', '0002_entry_by_hand'),
        ('organisations', '0003_consent_to_asking'),
        ('volunteers', '0007_correction_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_state',
        ),
        migrations.RemoveConstraint(
            model_name='starapplication',
            name='star_second_person',
        ),
        migrations.AddField(
            model_name='entry',
            name='forgotten',
            field=models.BooleanField(default=False, verbose_name='证书保存期已满'),
        ),
        migrations.AddField(
            model_name='starapplication',
            name='forgotten',
            field=models.BooleanField(default=False, verbose_name='证书保存期已满'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certificate__isnull', True), ('state', 'chosen'), ('why', '')), models.Q(('certificate__isnull', True), ('state', 'left_out'), ('why__in', ['closed', 'inactive', 'no_guardian', 'own', 'paid', 'unsettled', 'few_hours', 'few_days', 'by_hand', 'already', 'unprintable'])), models.Q(('certificate__isnull', False), ('state', 'issued'), ('why', '')), models.Q(('forgotten', True), ('state', 'issued'), ('why', '')), _connector='OR'), name='entry_state'),
        ),
        migrations.AddConstraint(
            model_name='starapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['awarded', 'ended']), _negated=True), models.Q(models.Q(('certificate__isnull', False), ('forgotten', True), _connector='OR'), ('proposed_by__isnull', False), models.Q(('alone', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), _connector='OR'), name='star_second_person'),
        ),
    ]
