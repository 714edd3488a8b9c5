"""Named reads of star applications and award rounds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from certificates.enums import State
from certificates.models import Certificate
from portal.core.queries import rules
from portal.honours.enums import OPEN_STARS, EntryState, ObjectionState, RoundState, StarState, Why
from portal.honours.models import Entry, Objection, Round, StarApplication
from portal.honours.standing import Scope, Standing, standing_of
from portal.organisations.models import Organisation
from portal.volunteers.domain.levels import Level, level_of
from portal.volunteers.models import Volunteer

_GROUP = "organisation:"
#: What a list of names has no use for, and which would be decrypted or read for each of them.
_UNSHOWN = (
    *(f"volunteer__{name}" for name in ("birth_date", "id_number", "address", "guardian_name", "guardian_mobile")),
    "volunteer__user__mobile",
    "certificate__facts_json",
    "certificate__imprint_json",
)


@dataclass(frozen=True, slots=True)
class StarStanding:
    """What a volunteer's hours allow: `level` by them, `held` awarded so far (0 to 5), `next` to apply for or 0."""

    standing: Standing
    level: Level
    held: int
    open: StarApplication | None

    @property
    def next(self) -> int:
        return self.level.stars if self.level.stars > self.held and self.open is None else 0


def star_standing(volunteer: Volunteer) -> StarStanding:
    """Three queries, and the rules."""
    standing = standing_of(Scope().records().filter(volunteer=volunteer))
    return StarStanding(
        standing,
        level_of(standing.minutes, rules=rules()),
        held_level(volunteer),
        StarApplication.objects.filter(volunteer=volunteer, state__in=OPEN_STARS).first(),
    )


def held_level(volunteer: Volunteer) -> int:
    """The highest star awarded and not taken back; 0 for none."""
    awarded = StarApplication.objects.filter(volunteer=volunteer, state=StarState.AWARDED)
    return awarded.aggregate(level=Max("level"))["level"] or 0


def stars_of(volunteer: Volunteer) -> list[StarApplication]:
    """Everything that a volunteer applied for, newest first."""
    return list(StarApplication.objects.filter(volunteer=volunteer).select_related("certificate"))


def under_publicity(today: date) -> QuerySet[StarApplication]:
    """What anybody may see and object to, soonest ending first: until the last day, whatever was objected so far.

    Whoever has closed the account is not shown any more.
    """
    found = StarApplication.objects.filter(
        state__in=OPEN_STARS, publicity_until__gte=today, volunteer__user__is_active=True
    )
    return found.select_related("volunteer__user").order_by("publicity_until", "-level", "pk")


def objections_of(application: StarApplication) -> list[Objection]:
    """In the order in which they came, with the officers."""
    return list(application.objections.select_related("recorded_by", "settled_by"))


def due_stars(user_id: int) -> QuerySet[StarApplication]:
    """What this officer could propose, or approve after somebody else did, or whose objection waits for an answer."""
    over = Q(state=StarState.PUBLICITY, publicity_until__lt=timezone.localdate())
    proposed = Q(state=StarState.PROPOSED) & ~Q(proposed_by=user_id)
    found = StarApplication.objects.filter(over | proposed | Q(state=StarState.OBJECTED))
    return found.exclude(applied_by=user_id).select_related("volunteer__user").order_by("publicity_until", "pk")


def has_open_objection(application: StarApplication) -> bool:
    return application.objections.filter(state=ObjectionState.OPEN).exists()


def rounds_to_approve(user_id: int) -> QuerySet[Round]:
    """Proposed by somebody else."""
    return Round.objects.filter(state=RoundState.PROPOSED).exclude(proposed_by=user_id).order_by("proposed_at")


def scope_of(award: Round) -> Scope:
    """Which records a round counts; one query."""
    return Scope(award.start, award.end, frozenset(award.projects.values_list("pk", flat=True)))


def entries_of(award: Round, *, out: bool) -> QuerySet[Entry]:
    """Those who get a certificate, or those who do not; with the person or organisation and the certificate."""
    return _joined(award, Q(state=EntryState.LEFT_OUT), out).order_by("why", "-minutes", "pk")


def listed(award: Round, *, out: bool) -> QuerySet[Entry]:
    """The same as a page shows it.

    In a draft, whoever was taken out by hand stays in place among those who fulfil the conditions: were they gone, the
    next page would begin so many later, and as many would be seen by nobody.
    """
    if not award.is_draft:
        return entries_of(award, out=out)
    found = _joined(award, Q(state=EntryState.LEFT_OUT) & ~Q(why=Why.BY_HAND), out)
    return found.order_by("why", "-minutes", "pk") if out else found.order_by("-minutes", "pk")


def _joined(award: Round, barred: Q, out: bool) -> QuerySet[Entry]:
    found = Entry.objects.filter(barred if out else ~barred, round=award)
    return found.select_related("volunteer__user", "organisation", "certificate").defer(*_UNSHOWN)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is: entries that wait, have a number, have a printed sheet, were left out, were given up.

    `by_hand` are those left out for no other reason than that an officer took them out.
    """

    waiting: int
    numbered: int
    printed: int
    left_out: int
    stuck: int
    by_hand: int

    @property
    def fitting(self) -> int:
        """Who could be chosen, in a draft."""
        return self.waiting + self.by_hand

    @property
    def barred(self) -> int:
        """Who could not."""
        return self.left_out - self.by_hand

    @property
    def total(self) -> int:
        return self.waiting + self.numbered

    @property
    def is_over(self) -> bool:
        """Nothing more will happen by itself."""
        return not self.waiting and self.printed + self.stuck >= self.numbered


def progress_of(award: Round) -> Progress:
    """One query."""
    made = Q(state=EntryState.ISSUED)
    printed = made & ~Q(certificate__state=State.REQUESTED)
    counts = Entry.objects.filter(round=award).aggregate(
        waiting=Count("pk", filter=Q(state=EntryState.CHOSEN)),
        numbered=Count("pk", filter=made),
        printed=Count("pk", filter=printed),
        left_out=Count("pk", filter=Q(state=EntryState.LEFT_OUT)),
        stuck=Count("pk", filter=made & Q(certificate__state=State.REQUESTED, certificate__given_up=True)),
        by_hand=Count("pk", filter=Q(why=Why.BY_HAND)),
    )
    return Progress(**counts)


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Adds `chosen`: how many get a certificate, or have got it."""
    return rounds.annotate(chosen=Count("entries", filter=~Q(entries__state=EntryState.LEFT_OUT)))


def group_key(organisation: Organisation) -> str:
    """How certificates know an organisation that holds one."""
    return f"{_GROUP}{organisation.pk}"


def group_of(certificate: Certificate) -> Organisation | None:
    """The organisation behind a certificate's key; None where it is a person's."""
    kind, _colon, key = certificate.holder_key.partition(":")
    if f"{kind}:" != _GROUP or not key.isdigit():
        return None
    return Organisation.objects.filter(pk=key).first()


def round_titles(certificates: list[Certificate]) -> dict[int, str]:
    """What the round was called that awarded each; one query."""
    return dict(Entry.objects.filter(certificate__in=certificates).values_list("certificate", "round__title"))


def has_entry_of(award: Round, user: Any) -> bool:
    """Whether the user is among those who would get a certificate."""
    chosen = Entry.objects.filter(round=award, state=EntryState.CHOSEN)
    return chosen.filter(volunteer__user=user.pk).exists()
