"""Paid activity is not recorded (令67号): the database refuses to confirm an hour of a project that is marked as paid."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION volunteers_refuse_paid() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
  IF EXISTS (SELECT 1 FROM projects_project WHERE id = NEW.project_id AND is_paid) THEN
    RAISE EXCEPTION 'Paid activity is no volunteer service.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$refuse$;
CREATE TRIGGER record_paid_never_confirmed BEFORE INSERT OR UPDATE OF state ON volunteers_servicerecord
  FOR EACH ROW WHEN (NEW.state = 'confirmed') EXECUTE FUNCTION volunteers_refuse_paid();
"""
ALLOW = """
DROP TRIGGER record_paid_never_confirmed ON volunteers_servicerecord;
DROP FUNCTION volunteers_refuse_paid();
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0004_card"), ("projects", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
