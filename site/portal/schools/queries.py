"""Named reads of a school's pupils, their certificates and hours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from certificates.enums import State
from certificates.models import Certificate
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation
from portal.schools.enums import BundleState, ItemState, LeftOut
from portal.schools.models import Bundle, BundleItem
from portal.volunteers.counted import COUNTED
from portal.volunteers.domain.certify import holder_keys
from portal.volunteers.models import Order, ServiceRecord

_GIVEN = Q(certificates_allowed_at__isnull=False)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pupils and which certificates: those whose period of service ends within `start` and `end`.

    `class_name` empty means every class, `listed` None everybody, else the numbers of memberships.
    """

    organisation: Organisation
    start: date
    end: date
    class_name: str = ""
    listed: frozenset[int] | None = None


def pupils_of(organisation: Organisation) -> QuerySet[Membership]:
    """Members and leaders; the managers of a school are its teachers."""
    found = Membership.objects.filter(organisation=organisation).exclude(role=MemberRole.MANAGER)
    return found.select_related("user").order_by("class_name", "user__name", "pk")


def classes_of(organisation: Organisation) -> list[str]:
    """The names of its classes, in order."""
    named = pupils_of(organisation).exclude(class_name="").order_by("class_name")
    return list(named.values_list("class_name", flat=True).distinct())


def certificates_within(start: date, end: date) -> QuerySet[Certificate]:
    """Those that count and whose period of service ends within these days: each belongs to one term."""
    until = KeyTextTransform("period_end", "facts_json")
    found = Certificate.objects.annotate(until=until)
    return found.filter(state=State.ISSUED, until__range=(start.isoformat(), end.isoformat()))


def chosen(choice: Choice) -> QuerySet[Membership]:
    """The pupils of a choice with `holder` (as certificates know them), `found` (certificates) and `reason`."""
    found = pupils_of(choice.organisation)
    if choice.class_name:
        found = found.filter(class_name=choice.class_name)
    if choice.listed is not None:
        found = found.filter(pk__in=choice.listed)
    held = certificates_within(choice.start, choice.end).filter(holder_key=OuterRef("holder"))
    counted = held.order_by().values("holder_key").annotate(number=Count("pk")).values("number")
    return found.annotate(
        holder=holder_keys("user__volunteer"),
        found=Coalesce(Subquery(counted), 0),
        reason=Case(
            When(~_GIVEN, then=Value(LeftOut.NO_CONSENT.value)),
            When(found=0, then=Value(LeftOut.NO_CERTIFICATE.value)),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def tally(choice: Choice) -> dict[str, int]:
    """`pupils` and `certificates` that would be packed, and how many pupils are left out for each reason."""
    counts = {"pupils": 0, "certificates": 0, **{reason.value: 0 for reason in LeftOut}}
    rows = chosen(choice).order_by().values_list("reason", "found")
    for reason, found in rows.iterator(chunk_size=2000):
        counts[reason or "pupils"] += 1
        counts["certificates"] += found if not reason else 0
    return counts


def to_pack(choice: Choice) -> list[tuple[int, int]]:
    """(membership, certificate) of everything that would be packed, class by class and name by name."""
    keys = chosen(choice).filter(reason="").values_list("holder", "pk")
    order = {holder: (place, pk) for place, (holder, pk) in enumerate(keys.iterator(chunk_size=2000))}
    held = certificates_within(choice.start, choice.end).order_by("pk").values_list("holder_key", "pk")
    rows = [(*order[holder], pk) for holder, pk in held.filter(holder_key__in=list(order)).iterator(chunk_size=2000)]
    return [(membership, certificate) for _place, membership, certificate in sorted(rows)]


def certificates_for(pupils: list[Membership], choice: Choice) -> dict[str, list[Certificate]]:
    """The certificates of these pupils by holder, those who did not consent left out; one query."""
    keys = [getattr(pupil, "holder") for pupil in pupils if not getattr(pupil, "reason")]  # noqa: B009  (annotated)
    held: dict[str, list[Certificate]] = {}
    for certificate in certificates_within(choice.start, choice.end).filter(holder_key__in=keys).order_by("number"):
        held.setdefault(certificate.holder_key, []).append(certificate)
    return held


def bundles_of(organisation: Organisation) -> list[Bundle]:
    """The latest, newest first."""
    return list(Bundle.objects.filter(organisation=organisation).select_related("asked_by")[:_SHOWN])


def orders_of(organisation: Organisation) -> list[Order]:
    """Which certificates it asked for, the latest first."""
    return list(Order.objects.filter(organisation=organisation).select_related("asked_by")[:_SHOWN])


def no_longer_allowed(bundle: Bundle) -> QuerySet[BundleItem]:
    """What is in the file and may not be handed out any more: consent or school left, or the certificate ended."""
    stays = Q(membership__organisation=bundle.organisation_id, membership__certificates_allowed_at__isnull=False)
    counts = Q(certificate__state=State.ISSUED)
    return BundleItem.objects.filter(bundle=bundle, state=ItemState.PACKED).exclude(stays & counts)


def bundles_with(membership: Membership) -> QuerySet[Bundle]:
    """Files that can be downloaded and hold something of this pupil."""
    inside = BundleItem.objects.filter(bundle=OuterRef("pk"), membership=membership, state=ItemState.PACKED)
    return Bundle.objects.filter(Exists(inside), state=BundleState.READY)


def hours_of(choice: Choice) -> QuerySet[ServiceRecord]:
    """Records that count of consenting pupils in the period, with `class_name`; class by class, name by name."""
    held = chosen(choice).filter(_GIVEN)
    classes = held.order_by().filter(user=OuterRef("volunteer__user")).values("class_name")[:1]
    found = ServiceRecord.objects.filter(
        COUNTED,
        minutes__gt=0,
        date__range=(choice.start, choice.end),
        volunteer__user__in=held.order_by().values("user"),
    )
    found = found.annotate(class_name=Subquery(classes), pupil=F("volunteer__user__name"))
    return found.select_related("volunteer__user").order_by("class_name", "pupil", "volunteer", "date", "pk")


def pupil_of(user: Any, pk: int) -> Membership | None:
    """A person's own place in a school or another organisation."""
    found = Membership.objects.filter(user=user).select_related("organisation", "user")
    return found.filter(pk=pk).first()
