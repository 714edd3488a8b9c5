from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='translations',
            field=models.JSONField(default=dict, editable=False, verbose_name='其他语言'),
        ),
    ]
