"""A volunteer contests what a certificate says; it is put right and the sheet renewed, or refused with the reason.

What stands behind a line is a service record: contesting the line disputes the record, so that there is one way in
which hours are put right, with its second person.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.enums import State
from certificates.models import Certificate
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.volunteers import rules as who
from portal.volunteers.domain import asking, errors, telling_corrections
from portal.volunteers.domain.certify import holder_of, row_of
from portal.volunteers.domain.deadline import answer_by
from portal.volunteers.domain.log import reason_given
from portal.volunteers.domain.records import dispute_record
from portal.volunteers.enums import CORRECTION_MOVES, CorrectionAbout, CorrectionState, RecordState
from portal.volunteers.models import CertificateRequest, CorrectionRequest, ServiceRecord, Volunteer


def due_on(start: date) -> date:
    """The last day of answering: so many working days after `start`, by the site's rule."""
    return answer_by(start, rules())


def ask_for_correction(
    certificate: Certificate, *, by: Any, about: str, claim: str, line: int | None = None
) -> CorrectionRequest:
    """Its holder alone, of a certificate that counts; one at a time. A confirmed record behind the line is disputed.

    Raises NotAllowed, ReasonMissing, or DomainError with the field `line`.
    """
    claim = reason_given(claim)
    volunteer = holder_of(certificate)
    if volunteer is None or volunteer.user_id != by.pk:
        raise errors.NotAllowed(_("只有持有人能申请更正。"))
    if certificate.state != State.ISSUED:
        raise errors.NotAllowed(_("只有有效的证书才能申请更正。"))
    try:
        with transaction.atomic():
            record = _behind(certificate, volunteer, line) if about == CorrectionAbout.LINE else None
            made = CorrectionRequest.objects.create(
                certificate=certificate,
                volunteer=volunteer,
                about=about,
                line=line,
                record=record,
                claim=claim,
                due_on=due_on(timezone.localdate()),
            )
            if record is not None and record.state == RecordState.CONFIRMED:
                dispute_record(record, by=by, reason=claim)
            telling_corrections.asked(made)
    except IntegrityError:
        raise DomainError(_("这张证书已有一份更正申请在办，等它答复了再提。")) from None
    return made


def _behind(certificate: Certificate, volunteer: Volunteer, line: int | None) -> ServiceRecord | None:
    """The record that a line was made from; None when it has been put right or voided since."""
    rows = certificate.facts.rows
    if line is None or not 1 <= line <= len(rows):
        raise DomainError(_("请选证书上的一行。"), field="line")
    row = rows[line - 1]
    same_day = ServiceRecord.objects.filter(volunteer=volunteer, date=row.day, activity=row.project)
    found = [record for record in same_day.select_related("project") if row_of(record).minutes == row.minutes]
    return next((record for record in found if record.state != RecordState.VOIDED), None)


def answer_corrected(request: CorrectionRequest, *, by: Any) -> Certificate | CertificateRequest:
    """What was wrong is put right: another certificate takes the place of the old one, and its holder is told.

    Raises NotAllowed, MoveRefused, StillDisputed, or what renewing raises, as when nothing is different.
    """
    with transaction.atomic():
        locked = _locked(request, by)
        renewed = asking.renew(locked.certificate, by=by)
        _answer(locked, CorrectionState.CORRECTED, by=by, answer="")
        telling_corrections.corrected(locked)
    return renewed


def refuse_correction(request: CorrectionRequest, *, by: Any, answer: str) -> None:
    """Nothing is wrong, and why; the certificate goes on counting. Raises as `answer_corrected`, and ReasonMissing."""
    answer = reason_given(answer)
    with transaction.atomic():
        locked = _locked(request, by)
        _answer(locked, CorrectionState.REFUSED, by=by, answer=answer)
        telling_corrections.refused(locked)


def withdraw_correction(request: CorrectionRequest, *, by: Any) -> None:
    """The holder does not contest it any more; a record that is disputed stays so until somebody has looked.

    That has a day of its own, counted since it was disputed: taking back neither ends nor lengthens it.
    """
    with transaction.atomic():
        locked = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
        if locked.volunteer.user_id != by.pk:
            raise errors.NotAllowed(_("只有持有人能收回。"))
        _answer(locked, CorrectionState.WITHDRAWN, by=by, answer="")
        if locked.leaves_disputed:
            telling_corrections.withdrawn(locked)


def remind(now: datetime) -> int:
    """Tell the officers once of each that is due by the next day or over; how many."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    found = CorrectionRequest.objects.filter(state=CorrectionState.OPEN, reminded_at=None, due_on__lte=tomorrow)
    count = 0
    for request in found.select_related("certificate", "volunteer__user").order_by("due_on", "pk"):
        with transaction.atomic():
            if CorrectionRequest.objects.filter(pk=request.pk, reminded_at=None).update(reminded_at=now):
                telling_corrections.due(request)
                count += 1
    return count


def _locked(request: CorrectionRequest, by: Any) -> CorrectionRequest:
    locked = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    require_answerable(locked, by=by)
    return locked


def require_answerable(request: CorrectionRequest, *, by: Any) -> None:
    """NotAllowed, StillDisputed: while the record behind the line is not settled, nothing is answered."""
    if not who.may_answer_correction(by, request):
        raise errors.NotAllowed(_("由主管答复；自己的请另一位主管来办。"))
    record = request.record
    if record is not None and record.state in (RecordState.DISPUTED, RecordState.CORRECTED, RecordState.SUBMITTED):
        raise errors.StillDisputed(
            _(
                "这一行的服务记录还没有处理完：先更正或作废（要维持原样，就照原来的时长更正，写明理由），"
                "更正的由另一人确认，再来答复。"
            )
        )


def _answer(request: CorrectionRequest, to: CorrectionState, *, by: Any, answer: str) -> None:
    now = CorrectionState(request.state)
    if to not in CORRECTION_MOVES[now]:
        raise errors.MoveRefused(_("这份申请现在是“%(now)s”，不能再改。") % {"now": now.label})
    request.state, request.answered_by, request.answered_at, request.answer = to, by, timezone.now(), answer
    request.save(update_fields=["state", "answered_by", "answered_at", "answer"])
