from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0004_log_only_grows'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'revoked'), _negated=True), models.Q(models.Q(('revoked_reason', ''), _negated=True), ('ended_at__isnull', False), ('revoked_ground__in', ['not_theirs', 'wrong_records', 'not_voluntary', 'misissued', 'asked_for'])), _connector='OR'), name='certificate_revoked_has_reason'),
        ),
    ]
