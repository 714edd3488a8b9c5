"""A school or an organisation asks for the certificates that its people lack; line by line in the worker."""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.enums import State
from certificates.errors import CertificateError
from certificates.facts import CertificateFacts
from certificates.models import Certificate
from portal.core.errors import DomainError
from portal.organisations.enums import OrganisationKind
from portal.organisations.models import Organisation
from portal.organisations.rules import runs
from portal.volunteers.domain import errors
from portal.volunteers.domain.asking import Wish, ask
from portal.volunteers.domain.certify import confirmed_facts, holder_key
from portal.volunteers.domain.line_reasons import refusal_as, refusal_of
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.domain.standing import plain
from portal.volunteers.enums import LineOutcome, LineRefusal
from portal.volunteers.models import CertificateRequest, Order, OrderLine, Volunteer
from portal.volunteers.queries import volunteer_of
from portal.volunteers.rules import letting_download, may_ask_for

#: Why a line gets no certificate.
Refusal = DomainError | CertificateError
log = structlog.get_logger(__name__)


def scope_for(order: Order) -> Scope:
    """A school asks for all that a pupil did in the period, others for what was done in their own activities."""
    own = order.organisation.kind != OrganisationKind.SCHOOL
    return Scope(start=order.start, end=order.end, organiser=order.organisation if own else None)


def place_order(organisation: Organisation, users: Iterable[int], *, scope: Scope, by: Any) -> Order:
    """Stand the people fixed and queue the work. NotAllowed, NothingToCertify; DomainError while one is under way."""
    from portal.volunteers.tasks import carry_out

    if not (organisation.is_active and runs(by, organisation)):
        raise errors.NotAllowed(_("只有本单位的管理员能代为申请证明。"))
    scope.check()
    wanted = list(dict.fromkeys(users))
    if not wanted:
        raise errors.NothingToCertify(_("还没有选人。"), field="people")
    try:
        with transaction.atomic():
            order = Order.objects.create(organisation=organisation, start=scope.start, end=scope.end, asked_by=by)
            OrderLine.objects.bulk_create((OrderLine(order=order, user_id=pk) for pk in wanted), batch_size=1000)
            carry_out.enqueue(order.pk)
    except IntegrityError:
        raise DomainError(_("上一批还在办，办完以后再要下一批。")) from None
    return order


def resume_order(order: Order, *, by: Any) -> None:
    """Queue what is left once more; what is settled stays settled."""
    from portal.volunteers.tasks import carry_out

    if not runs(by, order.organisation):
        raise errors.NotAllowed(_("只有本单位的管理员能代为申请证明。"))
    if order.finished_at is None:
        carry_out.enqueue(order.pk)


def settle_order(order_id: int) -> None:
    """Every line that waits, each in a transaction of its own with its certificate: killed, the next run goes on.

    OperationalError at the end where the database gave a line up, as after a deadlock: that line still waits.
    """
    order = Order.objects.select_related("organisation", "asked_by").get(pk=order_id)
    put_off: list[OperationalError] = []
    for pk in list(order.lines.filter(outcome=LineOutcome.WAITING).values_list("pk", flat=True)):
        try:
            _settle_line(order, pk)
        except OperationalError as problem:
            log.warning("order_line_put_off", line=pk, error=type(problem).__name__)
            put_off.append(problem)
    if put_off:
        raise put_off[0]
    Order.objects.filter(pk=order_id, finished_at=None).update(finished_at=timezone.now())


def follow_up(dropped: Certificate, made: Certificate | CertificateRequest | Refusal) -> None:
    """Lines of an order whose certificate was never issued: they go on with what takes its place, or say why not."""
    lines = OrderLine.objects.filter(Q(certificate=dropped) | Q(request__certificate=dropped))
    if isinstance(made, Certificate):
        lines.filter(outcome=LineOutcome.APPROVAL).update(outcome=LineOutcome.MADE, certificate=made, request=None)
        lines.update(certificate=made)
    elif isinstance(made, CertificateRequest):
        lines.update(outcome=LineOutcome.APPROVAL, certificate=None, request=made)
    else:
        told = refusal_of(made)
        lines.update(outcome=LineOutcome.REFUSED, certificate=None, request=None, **told)


def downloadable(organisation: Organisation, number: str) -> Certificate | None:
    """What this body asked for, of a member who still lets it; a school has its own file, with its own checks."""
    if organisation.kind == OrganisationKind.SCHOOL:
        return None
    lines = OrderLine.objects.filter(order__organisation=organisation, volunteer__isnull=False)
    asked = Q(certificate__number=number) | Q(request__certificate__number=number)
    line = lines.filter(asked, user__memberships__in=letting_download(organisation)).order_by("pk").first()
    return Certificate.objects.filter(number=number).first() if line else None


@transaction.atomic
def _settle_line(order: Order, pk: int) -> None:
    line = OrderLine.objects.select_for_update().select_related("user").get(pk=pk)
    if line.outcome != LineOutcome.WAITING:
        return
    line.volunteer = volunteer_of(line.user)
    try:
        with transaction.atomic():
            _ask(order, line)
    except (DomainError, CertificateError) as refusal:
        _refuse(line, refusal_of(refusal))
    except OperationalError:
        raise
    except Exception as problem:
        # By its kind, as its text may quote a person; a line left waiting would keep the body from asking again.
        log.error("order_line_failed", line=pk, error=type(problem).__name__)
        _refuse(line, refusal_as(LineRefusal.BROKEN))
    line.save()


def _ask(order: Order, line: OrderLine) -> None:
    volunteer, body, scope = line.volunteer, order.organisation, scope_for(order)
    if volunteer is None:
        raise errors.NotAllowed(_("还没有登记为志愿者"), code=LineRefusal.NOT_REGISTERED)
    if not may_ask_for(order.asked_by, body, volunteer):
        raise errors.NotAllowed(_("本人没有同意"), code=LineRefusal.NOT_AGREED)
    facts = confirmed_facts(volunteer, scope, seal=False)
    if covering := _covering(volunteer, facts):
        line.outcome, line.certificate = LineOutcome.HAD, covering
        return
    made = ask(volunteer, Wish(scope=scope, body=body), by=order.asked_by)
    if isinstance(made, Certificate):
        line.outcome, line.certificate = LineOutcome.MADE, made
    else:
        line.outcome, line.request = LineOutcome.APPROVAL, made


def _covering(volunteer: Volunteer, facts: CertificateFacts) -> Certificate | None:
    """One that counts, or is being made, with every one of these services and of the same part; newest first."""
    alive = Certificate.objects.filter(
        holder_key=holder_key(volunteer), state__in=[State.REQUESTED, State.ISSUED], outdated_at=None
    )
    wanted = {plain(row) for row in facts.rows}
    for certificate in alive:
        held = certificate.facts
        if held.part == facts.part and wanted <= {plain(row) for row in held.rows}:
            return certificate
    return None


def _refuse(line: OrderLine, told: Mapping[str, Any]) -> None:
    line.outcome = LineOutcome.REFUSED
    for name, value in told.items():
        setattr(line, name, value)
