"""The rubric and the instalments of a published call sum to 100.

Checked when the transaction commits, because Wagtail writes the call first and its parts after. TG_TABLE_SCHEMA,
because by then the connection may stand in another tenant.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ventures_hundred() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  asked bigint;
  is_live boolean;
  total bigint;
BEGIN
  IF TG_TABLE_NAME = 'ventures_call' THEN
    asked := NEW.id;
  ELSE
    asked := COALESCE(NEW.call_id, OLD.call_id);
  END IF;
  EXECUTE format('SELECT live FROM %I.ventures_call WHERE id = $1', TG_TABLE_SCHEMA) INTO is_live USING asked;
  IF is_live IS NOT TRUE THEN
    RETURN NULL;
  END IF;
  EXECUTE format('SELECT COALESCE(sum(points), 0) FROM %I.ventures_criterion WHERE call_id = $1', TG_TABLE_SCHEMA) INTO total USING asked;
  IF total <> 100 THEN
    RAISE EXCEPTION 'criterion_points_sum: % instead of 100', total USING ERRCODE = 'check_violation';
  END IF;
  EXECUTE format('SELECT COALESCE(sum(share), 0) FROM %I.ventures_payment WHERE call_id = $1', TG_TABLE_SCHEMA) INTO total USING asked;
  IF total <> 100 THEN
    RAISE EXCEPTION 'payment_share_sum: % instead of 100', total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER call_hundred AFTER INSERT OR UPDATE ON ventures_call
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ventures_hundred();
CREATE CONSTRAINT TRIGGER criterion_hundred AFTER INSERT OR UPDATE OR DELETE ON ventures_criterion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ventures_hundred();
CREATE CONSTRAINT TRIGGER payment_hundred AFTER INSERT OR UPDATE OR DELETE ON ventures_payment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ventures_hundred();
"""

BACKWARD = """
DROP TRIGGER call_hundred ON ventures_call;
DROP TRIGGER criterion_hundred ON ventures_criterion;
DROP TRIGGER payment_hundred ON ventures_payment;
DROP FUNCTION ventures_hundred();
"""


class Migration(migrations.Migration):
    dependencies = [("ventures", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
