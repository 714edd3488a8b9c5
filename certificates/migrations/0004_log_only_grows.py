"""The log begins with what there is, and from then on only grows: the database itself refuses anything else."""

from django.db import migrations
from django.utils import timezone

from certificates import chain

_MAKE = """
CREATE FUNCTION certificates_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of certificates only grows.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER certificate_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON certificates_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_log_refuse();
CREATE FUNCTION certificates_log_head_advance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.sequence <> OLD.sequence + 1 THEN
        RAISE EXCEPTION 'The log of certificates only grows.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER certificate_log_head_advances BEFORE UPDATE OR DELETE ON certificates_loghead
    FOR EACH ROW EXECUTE FUNCTION certificates_log_head_advance();
"""
_DROP = """
DROP TRIGGER certificate_log_only_grows ON certificates_logentry;
DROP FUNCTION certificates_log_refuse();
DROP TRIGGER certificate_log_head_advances ON certificates_loghead;
DROP FUNCTION certificates_log_head_advance();
"""


def begin(apps, schema_editor):
    """What was issued before there was a log stands at its beginning, marked as such; old revocations get a ground."""
    Certificate = apps.get_model("certificates", "Certificate")
    LogEntry = apps.get_model("certificates", "LogEntry")
    LogHead = apps.get_model("certificates", "LogHead")
    Certificate.objects.filter(state="revoked", revoked_ground="").update(revoked_ground="misissued")
    sequence, previous = 0, chain.BEGINNING

    def add(action, number, **detail):
        nonlocal sequence, previous
        sequence += 1
        content = {
            "sequence": sequence,
            "at": timezone.now(),
            "action": action,
            "number": number,
            "actor": "worker",
            "account": None,
            "detail": {**detail, "before_the_log": True},
        }
        digest = chain.digest(previous, chain.canonical(**content))
        LogEntry.objects.create(**content, previous=previous, digest=digest)
        previous = digest

    issued = Certificate.objects.filter(issued_at__isnull=False).select_related("replaces").order_by("issued_at", "pk")
    for row in issued.iterator():
        replaced = row.replaces.number if row.replaces else ""
        add("issued", row.number, sha256=row.pdf_sha256, kind=row.kind, replaces=replaced)
    ended = Certificate.objects.filter(state__in=["superseded", "revoked"]).order_by("ended_at", "pk")
    for row in ended.iterator():
        if row.state == "revoked":
            add("revoked", row.number, ground=row.revoked_ground, alone=True)
        else:
            newer = Certificate.objects.filter(replaces=row.pk).values_list("number", flat=True).first()
            add("superseded", row.number, newer=newer or "")
    LogHead.objects.create(pk=1, sequence=sequence, digest=previous)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_log_and_revocations")]
    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunSQL(_MAKE, _DROP),
    ]
