from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# Long columns go beside the table even where a row would just fit, and what a count reads never does: it looks at the
# short columns of 10,000 rows.
NARROW = """
ALTER TABLE search_listing SET (toast_tuple_target = 256);
ALTER TABLE search_listing ALTER COLUMN marks SET STORAGE MAIN, ALTER COLUMN places SET STORAGE MAIN
"""
WIDE = """
ALTER TABLE search_listing RESET (toast_tuple_target);
ALTER TABLE search_listing ALTER COLUMN places SET STORAGE EXTENDED
"""

# What `search.marks` and `search.vectors` write, for the listings that stand there already; it also lays each row out
# anew.
FILL = r"""
UPDATE search_listing SET
  marks = concat_ws(E'\n',
    'kind=' || kind,
    'brand=' || nullif(brand, ''),
    (SELECT string_agg('service=' || value, E'\n' ORDER BY place)
       FROM unnest(services) WITH ORDINALITY AS each(value, place)),
    (SELECT string_agg('recipient=' || value, E'\n' ORDER BY place)
       FROM unnest(recipients) WITH ORDINALITY AS each(value, place)),
    (SELECT string_agg('who=' || value, E'\n' ORDER BY place)
       FROM unnest(participation) WITH ORDINALITY AS each(value, place)),
    'status=' || nullif(status, '')),
  vector = vector || array_to_tsvector(ARRAY(
    SELECT '!' || lexeme FROM unnest(head) WHERE left(lexeme, 1) <> '='))
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
        # Every row is laid out anew: indexes of words are many times faster made again than followed.
        migrations.RemoveIndex(model_name='listing', name='listing_head'),
        migrations.RemoveIndex(model_name='listing', name='listing_vector'),
        migrations.RemoveIndex(model_name='listing', name='listing_prefixes'),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveField(model_name='listing', name='head'),
        migrations.AddIndex(
            model_name='listing',
            index=GinIndex(fastupdate=False, fields=['vector'], name='listing_vector'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=GinIndex(fastupdate=False, fields=['prefixes'], name='listing_prefixes'),
        ),
    ]
