"""Orders, requests and contested certificates let go of a number whose time is over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0014_forgotten'),
        ('organisations', '0003_consent_to_asking'),
        ('projects', '0003_whole_position'),
        ('volunteers', '0008_why_not_issued'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='certificaterequest',
            name='certificate_request_second_person',
        ),
        migrations.RemoveConstraint(
            model_name='orderline',
            name='order_line_names_certificate',
        ),
        migrations.AddField(
            model_name='certificaterequest',
            name='forgotten',
            field=models.BooleanField(default=False, verbose_name='证书保存期已满'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='forgotten',
            field=models.BooleanField(default=False, verbose_name='证书保存期已满'),
        ),
        migrations.AlterField(
            model_name='correctionrequest',
            name='certificate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction_requests', to='certificates.certificate', verbose_name='证书'),
        ),
        migrations.AddConstraint(
            model_name='certificaterequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(models.Q(('certificate__isnull', False), ('forgotten', True), _connector='OR'), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='certificate_request_second_person'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('certificate__isnull', False), models.Q(('state', 'open'), _negated=True), _connector='OR'), name='correction_request_certificate'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['made', 'had']), _negated=True), ('certificate__isnull', False), ('forgotten', True), _connector='OR'), name='order_line_names_certificate'),
        ),
    ]
