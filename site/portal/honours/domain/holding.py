"""Whether an honour is still deserved at the moment in which its sheet is issued, and what becomes of it if not."""

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.domain import request_certificate
from certificates.enums import Kind, Occasion
from certificates.errors import CertificateError
from certificates.models import Certificate
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.honours import facts, queries
from portal.honours.domain import errors, telling
from portal.honours.domain.candidates import group_why, hours_why, person_why_now
from portal.honours.domain.issuing import issue_entry
from portal.honours.domain.moves import move
from portal.honours.domain.stars import check_holder, lock_application, shortage
from portal.honours.enums import EntryState, StarState, Why
from portal.honours.models import Entry, StarApplication
from portal.honours.standing import Scope, Standing, counting, held, summed
from portal.organisations.models import Organisation
from portal.volunteers.domain import telling_requests
from portal.volunteers.domain.locks import lock_volunteer

#: What bars a holder, as a clause after “while it was being made”.
_BARRED = {
    Why.CLOSED: gettext_lazy("账号停用了"),
    Why.INACTIVE: gettext_lazy("组织停用了"),
    Why.NO_GUARDIAN: gettext_lazy("发现还差监护人同意"),
}


def still_deserved(certificate: Certificate) -> str:
    """Why it may not be issued as it stands, lazily, or nothing; locks the holder, then the records, as the award did.

    Not the account nor the rules: an account closed in that very moment still gets its sheet.
    A sheet that only takes the place of another, under a corrected name, rests on the award of the first.
    """
    honour = certificate.facts.honour if certificate.kind != Kind.RECORD and not certificate.replaces_id else None
    if honour is None:
        return ""
    found = _star(certificate) if honour.occasion == Occasion.STAR else _entry(certificate)
    if found is None:
        return ""
    standing, unfit, short = found
    if unfit:
        return _BARRED[Why(unfit)]
    if short:
        return lazy(_changed, str)(short)
    return gettext_lazy("服务记录有变动，时长比证书上的少") if standing.minutes < honour.minutes else ""


def put_right(dropped: Certificate, *, reason: str) -> None:
    """What still fulfils its conditions gets another number with the hours of now; else nobody is honoured.

    The holder is told; the officers who decided where nothing takes its place.
    """
    application = StarApplication.objects.filter(certificate=dropped, state=StarState.AWARDED).first()
    if application is not None:
        _award_anew(application, dropped, reason)
    for entry in Entry.objects.filter(certificate=dropped, state=EntryState.ISSUED):
        _issue_anew(entry, dropped, reason)


def _star(certificate: Certificate) -> tuple[Standing, str, str] | None:
    """What the records come to now, what bars the holder, and `Why` the hours are too few; None where none was awarded.

    The holder is asked about by the rule of lists and applications: a closed account, a guardian's missing consent.
    """
    application = StarApplication.objects.filter(certificate=certificate, state=StarState.AWARDED).first()
    if application is None:
        return None
    volunteer = lock_volunteer(application.volunteer)
    standing = summed(held(Scope().records().filter(volunteer=volunteer)))
    short = Why.FEW_HOURS.value if standing.minutes < application.needed_minutes else ""
    return standing, person_why_now(volunteer), short


def _entry(certificate: Certificate) -> tuple[Standing, str, str] | None:
    """The same of an entry in a round."""
    found = Entry.objects.filter(certificate=certificate, state=EntryState.ISSUED)
    entry = found.select_related("round", "volunteer").first()
    if entry is None:
        return None
    records = queries.scope_of(entry.round).records()
    if entry.volunteer:
        volunteer = lock_volunteer(entry.volunteer)
        records = records.filter(volunteer=volunteer)
        unfit = person_why_now(volunteer)
    else:
        group = Organisation.objects.select_for_update(no_key=True).get(pk=entry.organisation_id)
        records, unfit = records.filter(project__organiser=group), group_why(group)
    standing = summed(held(records))
    return standing, unfit, hours_why(entry.round, standing)


def _award_anew(application: StarApplication, dropped: Certificate, reason: str) -> None:
    """The same award with the hours of now, or its end: the star can be applied for again."""
    found = lock_application(application)
    try:
        with transaction.atomic():
            again = _request_star(found, dropped)
    except (DomainError, CertificateError) as refusal:
        why = refusal.message
        move(found, StarState.ENDED, note=str(why)[:200])
        telling.not_honoured(dropped, [found.proposed_by_id, found.decided_by_id], why=why)
        telling_requests.certificate_dropped(found.volunteer, dropped, reason=reason, refusal=why)
    else:
        telling_requests.certificate_dropped(found.volunteer, dropped, reason=reason, again=again)


def _request_star(found: StarApplication, dropped: Certificate) -> Certificate:
    check_holder(found.volunteer, rules())
    records = held(Scope().records().filter(volunteer=found.volunteer_id))
    standing = summed(records)
    if standing.minutes < found.needed_minutes:
        raise errors.NotReached(lazy(shortage, str)(standing, found.needed_minutes))
    sheet = facts.star_facts(found.volunteer, counting(records), level=found.level)
    again = request_certificate(sheet, holder_key=dropped.holder_key, requested_by=dropped.requested_by)
    found.certificate, found.minutes = again, standing.minutes
    found.save(update_fields=["certificate", "minutes"])
    return again


def _issue_anew(entry: Entry, dropped: Certificate, reason: str) -> None:
    """As the worker of the round would do it now, whether the round is done or not."""
    locked = Entry.objects.select_for_update(of=("self",)).select_related("round", "volunteer__user").get(pk=entry.pk)
    move(locked, EntryState.CHOSEN, certificate=None)
    issue_entry(locked.round, locked, queries.scope_of(locked.round))
    again = locked.certificate
    why = "" if again else lazy(_why, str)(locked)
    if locked.volunteer:
        telling_requests.certificate_dropped(locked.volunteer, dropped, reason=reason, again=again, refusal=why)
    if again is None:
        telling.not_honoured(dropped, [locked.round.proposed_by_id, locked.round.decided_by_id], why=why)


def _changed(why: str) -> str:
    return _("服务记录有变动，%(why)s") % {"why": Why(why).label}


def _why(entry: Entry) -> str:
    """A note is in the worker's language, but for the number of the certificate that is there already."""
    note = entry.note if entry.why == Why.ALREADY else ""
    return _("：").join(filter(None, [str(Why(entry.why).label), note]))
