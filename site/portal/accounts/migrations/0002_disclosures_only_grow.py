"""The log of unmasked data only grows: the database itself refuses to change or delete a row."""

from django.db import migrations

_MAKE = """
CREATE FUNCTION accounts_disclosure_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accounts_disclosure only grows' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER accounts_disclosure_only_grows BEFORE UPDATE OR DELETE ON accounts_disclosure
    FOR EACH ROW EXECUTE FUNCTION accounts_disclosure_refuse();
"""
_DROP = """
DROP TRIGGER accounts_disclosure_only_grows ON accounts_disclosure;
DROP FUNCTION accounts_disclosure_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(_MAKE, _DROP)]
