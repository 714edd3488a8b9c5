"""Hours that are taken away after an award: officers are told where too few are left for what was awarded."""

from collections.abc import Iterator

from django.db.models import Q

from certificates.enums import State
from certificates.models import Certificate
from portal.honours import queries
from portal.honours.domain.candidates import hours_why
from portal.honours.enums import EntryState, StarState
from portal.honours.models import Entry, StarApplication
from portal.honours.standing import Scope, Standing, standing_of
from portal.volunteers.models import ServiceRecord

#: What is not issued yet is looked at when it is to be (`domain.holding`).
_COUNTS = (State.ISSUED,)


def undeserved(record: ServiceRecord) -> Iterator[tuple[Certificate, Standing]]:
    """Certificates for which this record's holder has too few confirmed hours now; a query or two for each award."""
    yield from _stars(record)
    yield from _entries(record)


def _stars(record: ServiceRecord) -> Iterator[tuple[Certificate, Standing]]:
    awarded = StarApplication.objects.filter(
        volunteer=record.volunteer_id, state=StarState.AWARDED, certificate__state__in=_COUNTS
    )
    for application in awarded.select_related("certificate"):
        standing = standing_of(Scope().records().filter(volunteer=record.volunteer_id))
        if application.certificate and standing.minutes < application.needed_minutes:
            yield application.certificate, standing


def _entries(record: ServiceRecord) -> Iterator[tuple[Certificate, Standing]]:
    holder = Q(volunteer=record.volunteer_id) | Q(organisation=record.project.organiser_id)
    issued = Entry.objects.filter(
        holder,
        state=EntryState.ISSUED,
        certificate__state__in=_COUNTS,
        round__start__lte=record.date,
        round__end__gte=record.date,
    )
    for entry in issued.select_related("round", "certificate"):
        found = queries.scope_of(entry.round).records()
        own = {"volunteer": entry.volunteer_id} if entry.volunteer_id else {"project__organiser": entry.organisation_id}
        standing = standing_of(found.filter(**own))
        if entry.certificate and hours_why(entry.round, standing):
            yield entry.certificate, standing
