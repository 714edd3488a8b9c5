"""Nobody changes or deletes a line of the log of records, not even by hand (令67号: who, when and why are kept)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION volunteers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
  RAISE EXCEPTION 'The log of service records is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END
$refuse$;
CREATE TRIGGER record_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON volunteers_recordchange
  FOR EACH STATEMENT EXECUTE FUNCTION volunteers_refuse_change();
"""
ALLOW = """
DROP TRIGGER record_change_append_only ON volunteers_recordchange;
DROP FUNCTION volunteers_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
