"""Whether a record certificate still says what is confirmed, at the moment in which it is issued."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.enums import Kind
from certificates.facts import ServiceRow
from certificates.models import Certificate
from portal.core.days import long_day
from portal.core.masking import mask_id_number
from portal.volunteers.domain.certify import holder_of, row_of
from portal.volunteers.domain.locks import lock_volunteer
from portal.volunteers.domain.scopes import why_not
from portal.volunteers.models import ServiceRecord, Volunteer


def still_true(certificate: Certificate) -> str:
    """Why it may not be issued as it stands, or nothing. Locks the volunteer, then the records, as those verbs do.

    The words are lazy. What was confirmed in the meantime makes nothing untrue. Honours are looked at where they are
    awarded.
    """
    if certificate.kind != Kind.RECORD:
        return ""
    volunteer, facts = holder_of(certificate), certificate.facts
    if volunteer is None:
        return ""
    lock_volunteer(volunteer)
    volunteer.user.refresh_from_db(fields=["name"])
    volunteer.refresh_from_db(fields=["id_number"])
    if volunteer.user.name != facts.holder_name:
        return gettext_lazy("姓名更正过")
    if facts.id_masked and mask_id_number(volunteer.id_number) != facts.id_masked:
        return gettext_lazy("证件号码更正过")
    held = Counter(plain(row_of(record)) for record in _locked(volunteer, certificate) if why_not(record) is None)
    gone = Counter(plain(row) for row in facts.rows) - held
    if not gone:
        return ""
    return lazy(_changed, str)(*min(gone)[:2])


def _changed(day: date, project: str) -> str:
    words = {"day": long_day(day), "project": project}
    return _("%(day)s“%(project)s”的记录更正、作废或有异议了") % words


def _locked(volunteer: Volunteer, certificate: Certificate) -> list[ServiceRecord]:
    """The records of the days on the sheet; read after the lock, with their projects as they are then."""
    rows = ServiceRecord.objects.filter(volunteer=volunteer, date__in={row.day for row in certificate.facts.rows})
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return list(rows.select_related("project"))


def plain(row: ServiceRow) -> tuple[Any, ...]:
    """Equal for equal rows, whether the grade is a member or its value."""
    return (row.day, row.project, row.content, row.place, row.minutes, str(row.grade))
