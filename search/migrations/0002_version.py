"""The numbers by which an engine knows which of two writes is the later."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_listings")]
    operations = [
        migrations.RunSQL(
            [
                "CREATE SEQUENCE search_version",
                # A row is written whole and read whole: compressing it fast matters more than well.
                "ALTER TABLE search_listing ALTER COLUMN head SET STORAGE MAIN",
            ],
            ["DROP SEQUENCE search_version"],
        )
    ]
