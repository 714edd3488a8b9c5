"""A round of awards: drafted, its list made from confirmed records, proposed by one officer, approved by another."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.queries import rules
from portal.honours import queries
from portal.honours import rules as who
from portal.honours.domain import candidates, errors, telling
from portal.honours.domain.moves import move, reason_given
from portal.honours.enums import EntryState, RoundState, Why
from portal.honours.models import Entry, Round
from portal.projects.models import Project

FIELDS = ("occasion", "title", "start", "end", "least_minutes", "least_days")


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many were taken out and let back in; `missed` do not fulfil the conditions of the list by now."""

    out: int
    back: int
    missed: int


@transaction.atomic
def draft_round(*, by: Any, projects: Iterable[Project] = (), **values: Any) -> Round:
    """A new round with its list; `values` are FIELDS. NotAllowed."""
    _check(by)
    made = Round.objects.create(made_by=by, **values)
    made.projects.set(projects)
    return list_round(made, by=by)


@transaction.atomic
def change_round(award: Round, *, by: Any, projects: Iterable[Project] = (), **values: Any) -> Round:
    """Other conditions, and the list made anew. NotAllowed, MoveRefused."""
    found = _draft(award, by)
    for name in FIELDS:
        setattr(found, name, values[name])
    found.save(update_fields=list(FIELDS))
    found.projects.set(projects)
    return list_round(found, by=by)


@transaction.atomic
def list_round(award: Round, *, by: Any) -> Round:
    """Look through all records of the period anew; who was left out by hand stays out. NotAllowed, MoveRefused.

    Whoever was on the list before keeps the key: what another officer ticks on the list of before holds still.
    """
    found = _draft(award, by)
    entries = Entry.objects.filter(round=found)
    holder = "organisation" if found.is_for_groups else "volunteer"
    before = list(entries.filter(**{f"{holder}__isnull": False}).values_list(holder, "pk", "by_hand"))
    keys = {key: pk for key, pk, _by_hand in before}
    listed = candidates.entries_for(found, by=by, out={key for key, _pk, by_hand in before if by_hand})
    for entry in listed:
        entry.pk = keys.get(entry.organisation_id if found.is_for_groups else entry.volunteer_id)
    entries.delete()
    Entry.objects.bulk_create(listed, batch_size=1000)
    found.listed_at = timezone.now()
    found.save(update_fields=["listed_at"])
    return found


@transaction.atomic
def tick(award: Round, *, out: Collection[int], back: Collection[int], by: Any) -> Ticked:
    """Take entries out by hand, and let such back in: what one officer changed, never what another did meanwhile.

    Who does not fulfil the conditions cannot be let in; taken out, they stay out when they do. NotAllowed, MoveRefused.
    """
    found = _draft(award, by)
    listed = Entry.objects.filter(round=found)
    reasons = dict(listed.filter(pk__in={*out, *back}).values_list("pk", "why"))
    chosen, left_out = (listed.filter(state=state) for state in (EntryState.CHOSEN, EntryState.LEFT_OUT))
    taken = left_out.filter(pk__in=out, by_hand=False).update(by_hand=True)
    taken += chosen.filter(pk__in=out).update(state=EntryState.LEFT_OUT, why=Why.BY_HAND, by_hand=True)
    let_in = left_out.filter(pk__in=back, why=Why.BY_HAND).update(state=EntryState.CHOSEN, why="", by_hand=False)
    left_out.filter(pk__in=back, by_hand=True).update(by_hand=False)
    missed = [pk for pk in out if pk not in reasons] + [pk for pk in back if reasons.get(pk) not in ("", Why.BY_HAND)]
    return Ticked(taken, let_in, len(missed))


@transaction.atomic
def propose_round(award: Round, *, by: Any) -> Round:
    """Waits for another officer, or is issued at once where the tenant does without.

    NotAllowed, NobodyChosen, MoveRefused.
    """
    found = _draft(award, by)
    chosen = found.entries.filter(state=EntryState.CHOSEN).count()
    if not chosen:
        raise errors.NobodyChosen(_("名单里还没有选中的人，先生成名单、选人。"))
    _check_not_own(found, by)
    now = timezone.now()
    if not rules().award_second_person:
        return _approve(found, proposed_by=by, proposed_at=now, alone=True, by=by)
    move(found, RoundState.PROPOSED, proposed_by=by, proposed_at=now, alone=False, note="")
    telling.round_proposed(found, by=by, chosen=chosen)
    return found


@transaction.atomic
def approve_round(award: Round, *, by: Any) -> Round:
    """The second officer; two at the same moment approve once. NotAllowed, MoveRefused."""
    found = _proposed(award, by)
    if found.proposed_by_id == by.pk:
        raise errors.NotAllowed(_("提出的人不能自己批准，请另一位主管来办。"))
    _check_not_own(found, by)
    return _approve(found, by=by)


@transaction.atomic
def return_round(award: Round, *, by: Any, note: str) -> Round:
    """Back to its draft, for other names or conditions. NotAllowed, ReasonMissing, MoveRefused."""
    note = reason_given(note)
    found = _proposed(award, by)
    proposer = found.proposed_by
    move(found, RoundState.DRAFT, proposed_by=None, proposed_at=None, note=note)
    if proposer != by:
        telling.round_returned(found, proposer)
    return found


@transaction.atomic
def drop_round(award: Round, *, by: Any) -> Round:
    """It will not take place; its list of names is deleted. NotAllowed, MoveRefused."""
    found = _draft(award, by)
    move(found, RoundState.DROPPED)
    found.entries.all().delete()
    return found


@transaction.atomic
def go_on(award: Round, *, by: Any) -> None:
    """Queue again what an ended worker left; what is issued stays issued. NotAllowed."""
    from portal.honours.tasks import issue_awards

    _check(by)
    if lock_round(award).state == RoundState.APPROVED:
        issue_awards.enqueue(award.pk)


def lock_round(award: Round) -> Round:
    """As it stands now."""
    return Round.objects.select_for_update().get(pk=award.pk)


def default_conditions(occasion: str) -> dict[str, int]:
    """`least_minutes` and `least_days` by the tenant's rules."""
    limits = rules()
    least = {
        "student_week": (limits.student_week_hours, limits.student_week_days),
        "group": (limits.group_award_hours, 1),
    }
    hours, days = least.get(occasion, (limits.campaign_hours, 1))
    return {"least_minutes": 60 * hours, "least_days": days}


def default_period(today: date) -> tuple[date, date]:
    """The month before this one: what has just ended is what is honoured."""
    last = today.replace(day=1) - date.resolution
    return last.replace(day=1), last


def _approve(found: Round, *, by: Any, **values: Any) -> Round:
    from portal.honours.tasks import issue_awards  # the task imports the verb that issues

    move(found, RoundState.APPROVED, decided_by=by, decided_at=timezone.now(), note="", **values)
    issue_awards.enqueue(found.pk)
    return found


def _draft(award: Round, by: Any) -> Round:
    found = _locked(award, by)
    if found.state != RoundState.DRAFT:
        raise errors.MoveRefused(_("这一批已经提交，不能再改。要改的，请批准的人先退回。"))
    return found


def _proposed(award: Round, by: Any) -> Round:
    found = _locked(award, by)
    if found.state != RoundState.PROPOSED:
        raise errors.MoveRefused(_("这一批没有等着批准，可能刚被别人处理了。刷新页面看看。"))
    return found


def _locked(award: Round, by: Any) -> Round:
    _check(by)
    return lock_round(award)


def _check(by: Any) -> None:
    if not who.may_award(by):
        raise errors.NotAllowed(_("证书由主管颁发。"))


def _check_not_own(found: Round, by: Any) -> None:
    if queries.has_entry_of(found, by):
        raise errors.NotAllowed(_("名单里有您本人，不能由您提出或批准。请另一位主管来办，或先去掉自己。"))
