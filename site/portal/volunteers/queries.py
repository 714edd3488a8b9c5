"""Named reads of volunteers, sign-ups and service records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When, Window
from django.db.models.functions import Coalesce
from django.utils import timezone

from certificates.models import Certificate
from portal.core.digests import digest
from portal.core.models import Brand
from portal.organisations.models import Organisation
from portal.projects.enums import PUBLISHED
from portal.projects.models import Project, Shift
from portal.volunteers.counted import COUNTED, counted
from portal.volunteers.enums import (
    LIVE,
    TO_CONFIRM,
    CorrectionState,
    LineOutcome,
    RecordState,
    RequestState,
    SignUpState,
)
from portal.volunteers.models import (
    Card,
    CertificateRequest,
    CorrectionRequest,
    Order,
    OrderLine,
    RecordChange,
    ServiceRecord,
    SignUp,
    Volunteer,
)
from portal.volunteers.rules import Reach, letting_download

_REQUESTS = 10
#: How a line leads to its certificate: by itself, or by the request that an officer decided.
_CERTIFICATE = ("certificate", "request__certificate")
#: What a list of names has no use for, and which would be decrypted or read for each of them.
_UNSHOWN = (
    *(f"volunteer__{name}" for name in ("birth_date", "id_number", "address", "guardian_name", "guardian_mobile")),
    "user__mobile",
    *(f"{path}__{name}" for path in _CERTIFICATE for name in ("facts_json", "imprint_json")),
)
#: What an officer's decision makes of a line that waited for it.
_DECIDED = {
    LineOutcome.MADE: (RequestState.APPROVED,),
    LineOutcome.APPROVAL: (RequestState.WAITING,),
    LineOutcome.REFUSED: (RequestState.REFUSED, RequestState.WITHDRAWN),
}


def volunteer_of(user: Any) -> Volunteer | None:
    """The volunteer that this user is, with the user."""
    if not user.is_authenticated:
        return None
    return Volunteer.objects.select_related("user", "division").filter(user=user).first()


def public_shift(pk: int) -> Shift | None:
    """A shift of a project that the public sees, with its project."""
    shifts = Shift.objects.select_related("project__organiser", "project__division")
    return shifts.filter(pk=pk, project__live=True).first()


def live_sign_ups(volunteer: Volunteer, shifts: list[Shift]) -> dict[int, SignUp]:
    """The volunteer's places and queue places among these shifts, by shift; one query."""
    found = SignUp.objects.filter(volunteer=volunteer, shift__in=shifts, state__in=LIVE)
    return {sign_up.shift_id: sign_up for sign_up in found}


def coming_sign_ups(volunteer: Volunteer, now: datetime | None = None) -> list[SignUp]:
    """Where the volunteer is expected, or waits, soonest first."""
    found = SignUp.objects.filter(volunteer=volunteer, state__in=LIVE, shift__ends_at__gt=now or timezone.now())
    return list(found.select_related("shift__project__division").order_by("shift__starts_at", "pk"))


def account(volunteer: Volunteer) -> QuerySet[ServiceRecord]:
    """The hours account, newest first; `total` is the running sum of what counts up to that line."""
    running = Window(Sum(Case(When(COUNTED, then=F("minutes")), default=0)), order_by=[F("date").asc(), F("pk").asc()])
    lines = ServiceRecord.objects.filter(volunteer=volunteer).exclude(state=RecordState.OPEN)
    return lines.select_related("project").annotate(total=running).order_by("-date", "-pk")


@dataclass(frozen=True, slots=True)
class Totals:
    """What counts so far."""

    minutes: int
    times: int


def totals(volunteer: Volunteer) -> Totals:
    """Confirmed minutes and services without pay; one query."""
    sums = ServiceRecord.objects.filter(COUNTED, volunteer=volunteer).aggregate(
        minutes=Sum("minutes", default=0), times=Count("pk")
    )
    return Totals(**sums)


def with_sums(volunteers: QuerySet[Volunteer]) -> QuerySet[Volunteer]:
    """Adds `counted` and `times`, each summed for the rows that are shown alone."""
    own = ServiceRecord.objects.filter(COUNTED, volunteer=OuterRef("pk")).order_by().values("volunteer")
    sums = {"counted": Sum("minutes"), "times": Count("pk")}
    return volunteers.annotate(
        **{name: Coalesce(Subquery(own.annotate(found=found).values("found")), 0) for name, found in sums.items()}
    )


def minutes_by_grade(volunteer: Volunteer) -> dict[str, int]:
    """The same minutes by how they are proven."""
    sums = ServiceRecord.objects.filter(COUNTED, volunteer=volunteer).values_list("grade").order_by("grade")
    return dict(sums.annotate(Sum("minutes")))


def served_projects(volunteer: Volunteer) -> QuerySet[Project]:
    """Unpaid projects with confirmed hours of the volunteer, the latest first, with `times` and `minutes`."""
    own = counted(records="records__", project="") & Q(records__volunteer=volunteer, records__minutes__gt=0)
    counts = {"times": Count("records", filter=own), "minutes": Sum("records__minutes", filter=own)}
    found = Project.objects.filter(own).annotate(**counts, latest=Max("records__date", filter=own))
    return found.order_by("-latest", "-pk")


def brands_served(volunteer: Volunteer) -> list[Brand | None]:
    """The brands of the projects with hours that count, None for those without; one query."""
    served = ServiceRecord.objects.filter(COUNTED, volunteer=volunteer, minutes__gt=0).values("project")
    one_of_each = Project.objects.filter(pk__in=served).order_by("brand_id").distinct("brand_id")
    return [project.brand for project in one_of_each.select_related("brand")]


def open_card(volunteer: Volunteer) -> Card | None:
    """The card that counts."""
    return Card.objects.filter(volunteer=volunteer, ended_at=None).first()


def valid_card(token: str) -> Card | None:
    """The card of a QR code while it counts and its holder's account is open; one query, whatever the token is."""
    found = Card.objects.select_related("volunteer__user").filter(token_digest=digest(token.upper(), purpose="card"))
    return found.filter(ended_at=None, volunteer__user__is_active=True).first()


def roll_of(shift: Shift) -> list[SignUp]:
    """Who is expected on a shift, in the order of signing up."""
    found = SignUp.objects.filter(shift=shift, state=SignUpState.CONFIRMED)
    return list(found.select_related("volunteer__user").order_by("signed_up_at", "pk"))


def records_on(shift: Shift) -> list[ServiceRecord]:
    """What has been entered for a shift, voided lines left out."""
    found = ServiceRecord.objects.filter(shift=shift).exclude(state=RecordState.VOIDED)
    return list(found.select_related("volunteer__user").order_by("pk"))


def rolls_due(reach: Reach, *, own: bool, now: datetime | None = None) -> QuerySet[Shift]:
    """Ended shifts of unpaid projects with people expected of whom nobody has said whether they came.

    `own` keeps to the projects that this person leads or whose organisation they run.
    """
    unmarked = SignUp.objects.filter(shift=OuterRef("pk"), state=SignUpState.CONFIRMED, attended=None)
    scope = Reach(reach.user_id, False, False, reach.organisations) if own else reach
    found = Shift.objects.filter(
        scope.within("project__"),
        Exists(unmarked),
        ends_at__lte=now or timezone.now(),
        cancelled_at=None,
        project__is_paid=False,
        project__state__in=[str(state) for state in PUBLISHED],
    )
    return found.select_related("project").order_by("ends_at", "pk")


def to_confirm(reach: Reach) -> QuerySet[ServiceRecord]:
    """Records that this person could confirm as the second one; the day cap is asked when they do."""
    found = ServiceRecord.objects.filter(reach.within("project__"), state__in=TO_CONFIRM)
    found = found.exclude(entered_by=reach.user_id).exclude(volunteer__user=reach.user_id)
    return found.select_related("volunteer__user", "project", "entered_by").order_by("date", "pk")


def disputed(reach: Reach) -> QuerySet[ServiceRecord]:
    """Records on which somebody within reach must decide, their own left out, the longest disputed first.

    Adds `disputed_at`: since when.
    """
    found = ServiceRecord.objects.filter(reach.within("project__"), state=RecordState.DISPUTED)
    found = found.exclude(volunteer__user=reach.user_id).select_related("volunteer__user", "project")
    latest = _disputes(OuterRef("pk")).values("at")[:1]
    return found.annotate(disputed_at=Subquery(latest)).order_by("disputed_at", "pk")


def disputed_at(record: ServiceRecord) -> datetime | None:
    """Since when; one query."""
    return _disputes(record).values_list("at", flat=True).first()


def _disputes(record: Any) -> QuerySet[RecordChange]:
    return RecordChange.objects.filter(record=record, to_state=RecordState.DISPUTED).order_by("-pk")


def record_in_full(pk: int) -> ServiceRecord | None:
    """A record with everything its page shows but the log."""
    found = ServiceRecord.objects.select_related(
        "volunteer__user", "project__organiser", "shift", "entered_by", "confirmed_by"
    )
    return found.filter(pk=pk).first()


def requests_of(volunteer: Volunteer) -> list[CertificateRequest]:
    """What waits for an officer, and the latest that came to nothing; those approved are certificates by now."""
    found = CertificateRequest.objects.filter(volunteer=volunteer).exclude(state=RequestState.APPROVED)
    return list(found.select_related("project", "organiser", "body", "replaces")[:_REQUESTS])


def requests_to_decide(user_id: int) -> QuerySet[CertificateRequest]:
    """Those that this officer may decide, oldest first."""
    found = CertificateRequest.objects.filter(state=RequestState.WAITING)
    found = found.exclude(asked_by=user_id).exclude(volunteer__user=user_id)
    return found.select_related("volunteer__user", "project", "organiser", "body").order_by("asked_at")


def asked_in_name_of(certificate: Certificate) -> Organisation | None:
    """The school or organisation that asked for it, if one did."""
    lines = OrderLine.objects.filter(
        Q(certificate=certificate, outcome=LineOutcome.MADE) | Q(request__certificate=certificate)
    )
    line = lines.select_related("order__organisation").order_by("pk").first()
    return line.order.organisation if line else None


def order_of(organisation: Organisation, pk: int) -> Order | None:
    """An order with its organisation."""
    return Order.objects.select_related("organisation").filter(organisation=organisation, pk=pk).first()


def lines_of(order: Order) -> QuerySet[OrderLine]:
    """Its people by name, those still to do first; `lets_download` tells who let the organisation have the sheet."""
    first = Case(When(outcome=LineOutcome.WAITING, then=0), default=1)
    joined = order.lines.select_related("user", "certificate", "request__certificate")
    letting = letting_download(order.organisation).filter(user=OuterRef("user"))
    return joined.annotate(lets_download=Exists(letting)).order_by(first, "user__name", "pk")


def lines_for_staff(order: Order) -> QuerySet[OrderLine]:
    """The same people with their numbers as volunteers, and nothing of them that would be decrypted in vain."""
    first = Case(When(outcome=LineOutcome.WAITING, then=0), default=1)
    joined = order.lines.select_related("user", "volunteer", "certificate", "request__certificate")
    return joined.defer(*_UNSHOWN).order_by(first, "user__name", "pk")


def became(outcome: LineOutcome, path: str = "") -> Q:
    """Lines that came to this by now: what waited for an officer is settled when the officer has decided."""
    own = Q(**{f"{path}outcome": outcome})
    if outcome not in _DECIDED:
        return own
    decided = Q(**{f"{path}outcome": LineOutcome.APPROVAL, f"{path}request__state__in": _DECIDED[outcome]})
    return decided if outcome == LineOutcome.APPROVAL else own | decided


def outcomes_of(order: Order) -> dict[str, int]:
    """How many people came to each outcome by now; one query."""
    return order.lines.aggregate(**{outcome.value: Count("pk", filter=became(outcome)) for outcome in LineOutcome})


def with_outcomes(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Adds `people`, and how many of them came to each outcome, by its name."""
    counts = {outcome.value: Count("lines", filter=became(outcome, "lines__")) for outcome in LineOutcome}
    return orders.annotate(people=Count("lines"), **counts)


def orders_with(certificate: Certificate) -> list[OrderLine]:
    """The lines of orders that ask for it, or found that it was there already; one query."""
    found, asked = (OrderLine.objects.order_by().filter(**{path: certificate}).values("pk") for path in _CERTIFICATE)
    # No index answers an `or` over two tables.
    lines = OrderLine.objects.filter(pk__in=found.union(asked))
    return list(lines.select_related("order__organisation", "order__asked_by").order_by("pk"))


def corrections_to_answer(user_id: int) -> QuerySet[CorrectionRequest]:
    """Contested certificates that wait for an answer, one's own left out, the most urgent first."""
    found = CorrectionRequest.objects.filter(state=CorrectionState.OPEN).exclude(volunteer__user=user_id)
    return found.select_related("certificate").order_by("due_on", "pk")


def open_correction(certificate: Certificate) -> CorrectionRequest | None:
    """What was contested about it and waits for an answer."""
    return CorrectionRequest.objects.filter(certificate=certificate, state=CorrectionState.OPEN).first()


def corrections_of(volunteer: Volunteer) -> dict[int, list[CorrectionRequest]]:
    """What a volunteer contested, by certificate, the latest first; one query."""
    held: dict[int, list[CorrectionRequest]] = {}
    for request in CorrectionRequest.objects.filter(volunteer=volunteer):
        held.setdefault(request.certificate_id, []).append(request)
    return held
