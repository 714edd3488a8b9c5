"""Who may do what with shifts' rolls and service records."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from portal.accounts.roles import Role, has_role
from portal.core.queries import rules
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation
from portal.organisations.rules import runs
from portal.projects.models import Project, Shift
from portal.volunteers.counted import COUNTED
from portal.volunteers.enums import RecordState
from portal.volunteers.models import CertificateRequest, CorrectionRequest, ServiceRecord, SignUp, Volunteer


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose rolls and records a person answers for: asked once, then applied to any number of rows."""

    user_id: int
    officer: bool
    everywhere: bool
    organisations: frozenset[int]

    def covers(self, project: Project) -> bool:
        """Officers and community workers every project, others what they lead or their organisation runs."""
        return self.everywhere or project.in_charge_id == self.user_id or project.organiser_id in self.organisations

    def within(self, path: str = "") -> Q:
        """The same as a filter; `path` leads to the project, as in `project__`."""
        if self.everywhere:
            return Q()
        return Q(**{f"{path}in_charge": self.user_id}) | Q(**{f"{path}organiser__in": self.organisations})


def reach_of(user: Any) -> Reach:
    """Two queries; none covered for visitors and inactive users."""
    if not user.is_authenticated or not user.is_active:
        return Reach(0, officer=False, everywhere=False, organisations=frozenset())
    led = Membership.objects.filter(user=user, role__in=[MemberRole.MANAGER, MemberRole.LEADER])
    return Reach(
        user.pk,
        officer=has_role(user, Role.OFFICER),
        everywhere=has_role(user, Role.OFFICER, Role.COMMUNITY_WORKER),
        organisations=frozenset(led.values_list("organisation_id", flat=True)),
    )


def answers_for_any(user: Any) -> bool:
    """Whether there is any project whose rolls and records concern this person."""
    reach = reach_of(user)
    return reach.everywhere or bool(reach.organisations) or Project.objects.filter(in_charge=user).exists()


def may_take_roll(user: Any, shift: Shift) -> bool:
    """The person in charge, the organisation's managers and leaders, community workers, officers."""
    return user.is_authenticated and reach_of(user).covers(shift.project)


def may_withdraw(user: Any, sign_up: SignUp) -> bool:
    """The volunteer, or whoever takes the roll."""
    return sign_up.volunteer.user_id == user.pk or may_take_roll(user, sign_up.shift)


def is_second_person(user: Any, record: ServiceRecord) -> bool:
    """Neither who entered it nor whose it is (domain: a second person stands behind every hour)."""
    return user.pk not in (record.entered_by_id, record.volunteer.user_id)


def may_confirm(user: Any, record: ServiceRecord) -> bool:
    """A second person within reach; above the day cap the officer alone (domain: day cap)."""
    reach = reach_of(user)
    if not (is_second_person(user, record) and reach.covers(record.project)):
        return False
    return reach.officer or not exceeds_day_cap(record)


def may_correct(user: Any, record: ServiceRecord) -> bool:
    """Within reach, and not one's own hours."""
    return record.volunteer.user_id != user.pk and reach_of(user).covers(record.project)


def may_void(user: Any, record: ServiceRecord) -> bool:
    """As correcting; hours that count already are taken away by the officer alone."""
    return may_correct(user, record) and (record.state != RecordState.CONFIRMED or has_role(user, Role.OFFICER))


def may_dispute(user: Any, record: ServiceRecord) -> bool:
    """Whose hours they are."""
    return bool(record.volunteer.user_id == user.pk)


def may_see(user: Any, record: ServiceRecord) -> bool:
    """Whose hours they are, and who answers for them (令67号: not disclosed to others without consent)."""
    return may_dispute(user, record) or reach_of(user).covers(record.project)


def may_correct_person(user: Any, volunteer: Volunteer) -> bool:
    """Officers, and not one's own data: the hours and certificates of a person hang on them."""
    return has_role(user, Role.OFFICER) and bool(volunteer.user_id != user.pk)


def may_revoke(user: Any, holder: Volunteer | None) -> bool:
    """Officers, and not one's own certificate: neither proposing nor confirming (令67号: who records certifies)."""
    return has_role(user, Role.OFFICER) and (holder is None or bool(holder.user_id != user.pk))


def may_approve(user: Any, request: CertificateRequest) -> bool:
    """Officers, and neither their own certificate nor one that they asked for themselves."""
    return has_role(user, Role.OFFICER) and user.pk not in (request.asked_by_id, request.volunteer.user_id)


def may_answer_correction(user: Any, request: CorrectionRequest) -> bool:
    """Officers, and not about their own certificate."""
    return has_role(user, Role.OFFICER) and bool(request.volunteer.user_id != user.pk)


def letting_ask(body: Organisation) -> QuerySet[Membership]:
    """Its members who let it ask for certificates in their name."""
    return Membership.objects.filter(organisation=body, asking_allowed_at__isnull=False)


def letting_download(body: Organisation) -> QuerySet[Membership]:
    """Its members who let it download; that it may ask says nothing of this."""
    return Membership.objects.filter(organisation=body, certificates_allowed_at__isnull=False)


def may_ask_for(user: Any, body: Organisation, volunteer: Volunteer) -> bool:
    """The managers of an active body, for its members who let them (令67号: not disclosed without consent)."""
    return body.is_active and runs(user, body) and letting_ask(body).filter(user=volunteer.user_id).exists()


def exceeds_day_cap(record: ServiceRecord) -> bool:
    """Whether with this record the day's confirmed minutes pass the tenant's cap."""
    return day_minutes(record) + record.minutes > rules().day_cap_minutes


def day_minutes(record: ServiceRecord) -> int:
    """Minutes that count of the same person on the same day, this record left out."""
    same = ServiceRecord.objects.filter(COUNTED, volunteer=record.volunteer_id, date=record.date).exclude(pk=record.pk)
    return same.aggregate(sum=Sum("minutes", default=0))["sum"]
