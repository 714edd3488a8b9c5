from django.db import migrations, models

# Long columns go beside the table even where a row would just fit: a count reads the short ones of 10,000 rows.
NARROW = "ALTER TABLE search_listing SET (toast_tuple_target = 256)"
WIDE = "ALTER TABLE search_listing RESET (toast_tuple_target)"

# What `search.marks` writes, for the listings that stand there already; it also lays each row out anew.
FILL = r"""
UPDATE search_listing SET marks = concat_ws(E'\n',
  'kind=' || kind,
  'brand=' || nullif(brand, ''),
  (SELECT string_agg('service=' || value, E'\n' ORDER BY place)
     FROM unnest(services) WITH ORDINALITY AS each(value, place)),
  (SELECT string_agg('recipient=' || value, E'\n' ORDER BY place)
     FROM unnest(recipients) WITH ORDINALITY AS each(value, place)),
  (SELECT string_agg('who=' || value, E'\n' ORDER BY place)
     FROM unnest(participation) WITH ORDINALITY AS each(value, place)),
  'status=' || nullif(status, ''))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0004_comparison'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='marks',
            field=models.TextField(blank=True, default='', help_text='search.marks所写', verbose_name='筛选值'),
        ),
        migrations.RunSQL(NARROW, WIDE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
