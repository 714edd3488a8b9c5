"""Who fulfils a round's conditions by confirmed records, and why the others do not."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from portal.core.models import RuleSettings
from portal.core.queries import rules
from portal.honours import queries
from portal.honours.enums import EntryState, Why
from portal.honours.models import Entry, Round
from portal.honours.standing import Standing, standings_by
from portal.organisations.models import Organisation
from portal.volunteers.domain.guardians import lacks_guardian
from portal.volunteers.models import Volunteer

_ASKED = ("user__is_active", "birth_date", "guardian_consented_at")
"""What `person_why` looks at: each other encrypted field would be opened for thousands in vain."""


def entries_for(award: Round, *, by: Any, out: Collection[int] = ()) -> list[Entry]:
    """Everybody with a record in the period and the projects, not saved; three queries.

    `out` are the keys of those taken out by hand. They stay in the list without a record, too: other conditions may
    bring one back.
    """
    path = "project__organiser" if award.is_for_groups else "volunteer"
    records = queries.scope_of(award).records()
    # Records that are only voided or set aside make no candidate.
    standings = {key: one for key, one in standings_by(path, records).items() if key and one != Standing()}
    standings = {**dict.fromkeys(out, Standing()), **standings}
    if award.is_for_groups:
        groups = Organisation.objects.filter(pk__in=standings).order_by("name")
        return [
            _entry(award, standings[group.pk], group_why(group), by_hand=group.pk in out, organisation=group)
            for group in groups
        ]
    limits, today = rules(), timezone.localdate()
    people = Volunteer.objects.filter(pk__in=standings).select_related("user").order_by("pk").only(*_ASKED)
    return [
        _entry(
            award,
            standings[one.pk],
            Why.OWN if one.user_id == by.pk else person_why(one, limits=limits, today=today),
            by_hand=one.pk in out,
            volunteer=one,
        )
        for one in people
    ]


def person_why(volunteer: Volunteer, *, limits: RuleSettings, today: date) -> str:
    """What bars a person from every honour, whatever their hours; empty when nothing does.

    Closed accounts get nothing, minors need their guardian's consent (令67号).
    """
    if not volunteer.user.is_active:
        return Why.CLOSED
    return Why.NO_GUARDIAN if lacks_guardian(volunteer, today, below=limits.guardian_below) else ""


def person_why_now(volunteer: Volunteer) -> str:
    """The same by the rules and on the day of now."""
    return person_why(volunteer, limits=rules(), today=timezone.localdate())


def group_why(organisation: Organisation) -> str:
    """The same for an organisation."""
    return "" if organisation.is_active else Why.INACTIVE


def hours_why(award: Round, standing: Standing) -> str:
    """Why confirmed records are not enough; empty when they are."""
    if standing.minutes >= award.least_minutes and standing.days >= award.least_days:
        return ""
    if not standing.minutes and not standing.unsettled and standing.paid:
        return Why.PAID
    if standing.minutes < award.least_minutes <= standing.minutes + standing.unsettled:
        return Why.UNSETTLED
    return Why.FEW_HOURS if standing.minutes < award.least_minutes else Why.FEW_DAYS


def put_standing(entry: Entry, standing: Standing) -> None:
    """Note on the entry what its records come to."""
    entry.minutes, entry.days, entry.people = standing.minutes, standing.days, standing.people
    entry.unsettled, entry.paid = standing.unsettled, standing.paid


def _entry(award: Round, standing: Standing, why: str, *, by_hand: bool, **holder: Any) -> Entry:
    why = why or hours_why(award, standing) or (Why.BY_HAND if by_hand else "")
    state = EntryState.LEFT_OUT if why else EntryState.CHOSEN
    entry = Entry(round=award, state=state, why=why, by_hand=by_hand, **holder)
    put_standing(entry, standing)
    return entry
