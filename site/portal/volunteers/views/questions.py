"""What officers are asked before something about a certificate is decided for good."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.domain.request import facts_digest
from certificates.enums import Ground, State
from certificates.errors import CertificateError
from certificates.facts import CertificateFacts
from certificates.models import Certificate
from certificates.wording import hours, period
from portal.core.confirming import Question
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.volunteers.domain import approval
from portal.volunteers.domain.asking import facts_of_renewal
from portal.volunteers.domain.certify import holder_of
from portal.volunteers.domain.contesting import require_answerable
from portal.volunteers.domain.scopes import look_up, scope_of
from portal.volunteers.enums import CorrectionState, RequestState
from portal.volunteers.models import CertificateRequest, CorrectionRequest
from portal.volunteers.rules import may_approve, may_revoke

Data = dict[str, Any]


def revoking(certificate: Certificate, by: Any, data: Data) -> Question | None:
    """As the second person: what the first one proposed."""
    waiting = certificate.waiting_revocation()
    if waiting is None or waiting.proposed_by == str(by.pk) or not may_revoke(by, holder_of(certificate)):
        return None
    return _revoking(certificate, waiting.ground, waiting.reason)


def revoking_alone(certificate: Certificate, by: Any, data: Data) -> Question | None:
    """Where the site does without a second person; what waits for one can still be withdrawn."""
    if rules().revocation_second_person or not may_revoke(by, holder_of(certificate)):
        return None
    return _revoking(certificate, data["ground"], data["reason"])


def _revoking(certificate: Certificate, ground: str, reason: str) -> Question:
    words = {"number": certificate.number, "ground": Ground(ground).label, "reason": reason}
    return Question(
        title=_("撤销证书%(number)s") % words,
        happens=(
            _whose(certificate),
            _("马上撤销，不能恢复。今后谁来核验，都看到“已撤销”和事由：%(ground)s。") % words,
            _("马上通知持有人，告诉具体情况：%(reason)s") % words,
        ),
        button=_("撤销，通知持有人"),
        back=_page_of(certificate),
    )


def renewing(certificate: Certificate, by: Any, data: Data) -> Question | None:
    """The one that is there ends; where another officer looks at it first, nothing is decided yet."""
    asked = rules().certificate_second_person and certificate.facts.honour is None
    facts = None if asked else _facts_of_renewal(certificate)
    if facts is None:
        return None
    words = {"number": certificate.number}
    return Question(
        title=_("换发证书%(number)s") % words,
        happens=(_whose(certificate), _new_hours(certificate, facts), _new_number(certificate)),
        beware=_left_out(certificate),
        button=_("换发，原来的停用"),
        back=_page_of(certificate),
        state=facts_digest(facts),
    )


def approving(request: CertificateRequest, by: Any, data: Data) -> Question | None:
    """What will be certified, when it is still what the officer has seen."""
    if request.state != RequestState.WAITING or not may_approve(by, request):
        return None
    try:
        facts = approval.facts_now(request)
    except DomainError:
        return None
    if facts_digest(facts) != data["seen"]:
        return None
    words = {"who": request.volunteer, "scope": approval.wish_of(request).scope.words, "hours": hours(facts.minutes)}
    text = ngettext(
        "给%(who)s出具记录证明：%(scope)s，%(rows)s笔服务，合计%(hours)s小时。",
        "给%(who)s出具记录证明：%(scope)s，%(rows)s笔服务，合计%(hours)s小时。",
        len(facts.rows),
    )
    after = _new_number(request.replaces) if request.replaces else _("取一个编号，马上制作，并通知本人。")
    return Question(
        title=_("同意出具：%(who)s") % words,
        happens=(
            text % {**words, "rows": len(facts.rows)},
            *([_new_hours(request.replaces, facts)] if request.replaces else []),
            after,
            _("同意后不能收回，编号也不能退。以后发现有误，只能更正换发或撤销。"),
        ),
        button=_("同意，取编号出具"),
        back=reverse("certificates_staff:request", args=[request.pk]),
        serious=False,
    )


def refusing(request: CertificateRequest, by: Any, data: Data) -> Question | None:
    """The request ends, and those concerned read why."""
    if request.state != RequestState.WAITING or not may_approve(by, request):
        return None
    words = {"who": request.volunteer, "note": data["note"], "asker": request.body or request.asked_by}
    told = _("马上通知本人，看到的原因：%(note)s")
    if request.asked_by_id != request.volunteer.user_id:
        told = _("马上通知本人和%(asker)s，看到的原因：%(note)s")
    return Question(
        title=_("不同意出具：%(who)s") % words,
        happens=(told % words, _("这份申请就此结束，不能改回。要办的，可以重新申请。")),
        button=_("不同意，通知申请人"),
        back=reverse("certificates_staff:request", args=[request.pk]),
    )


def correcting(request: CorrectionRequest, by: Any, data: Data) -> Question | None:
    """The answer is given, and the certificate replaced."""
    facts = _facts_of_renewal(request.certificate) if _answerable(request, by) else None
    if facts is None:
        return None
    words = {"number": request.certificate.number}
    if rules().certificate_second_person and request.certificate.facts.honour is None:
        after = _("换发要等另一位主管核对；同意后有新编号，原来的停用。")
    else:
        after = _new_number(request.certificate)
    return Question(
        title=_("已更正，换发证书%(number)s") % words,
        happens=(
            _whose(request.certificate),
            _new_hours(request.certificate, facts),
            after,
            _("马上答复持有人：已更正。答复后不能改回。"),
        ),
        beware=_left_out(request.certificate),
        button=_("答复，换发证书"),
        back=reverse("certificates_staff:correction", args=[request.pk]),
        serious=False,
        state=facts_digest(facts),
    )


def contradicting(request: CorrectionRequest, by: Any, data: Data) -> Question | None:
    """Nothing is wrong, and the holder reads why."""
    if not _answerable(request, by):
        return None
    words = {"number": request.certificate.number, "answer": data["answer"]}
    return Question(
        title=_("不更正证书%(number)s") % words,
        happens=(
            _whose(request.certificate),
            _("马上答复持有人：不更正，%(answer)s") % words,
            _stays(request.certificate),
        ),
        button=_("不更正，答复持有人"),
        back=reverse("certificates_staff:correction", args=[request.pk]),
    )


def _answerable(request: CorrectionRequest, by: Any) -> bool:
    if request.state != CorrectionState.OPEN or request.certificate is None:
        return False
    try:
        require_answerable(request, by=by)
    except DomainError:
        return False
    return True


def _stays(certificate: Certificate) -> str:
    """What becomes of the certificate when nothing is corrected: nothing, so it is as it is now."""
    if certificate.waiting_revocation():
        return _("这张证书正由主管核对是否撤销，不更正不影响核对的结果。答复后不能改回。")
    if certificate.needs_replacing:
        return _("证书已标为要换新，不更正也仍是这样。答复后不能改回；持有人可以再申请更正。")
    if certificate.state == State.ISSUED:
        return _("证书仍然有效。答复后不能改回；持有人可以再申请更正。")
    words = {"state": certificate.get_state_display()}
    return _("证书现在是“%(state)s”，答复后仍是这样。答复后不能改回。") % words


def _facts_of_renewal(certificate: Certificate) -> CertificateFacts | None:
    """None where the verb refuses, and says why."""
    try:
        return facts_of_renewal(certificate)
    except (DomainError, CertificateError):
        return None


def _new_hours(old: Certificate, facts: CertificateFacts) -> str:
    words = {"old": hours(old.facts.minutes), "new": hours(facts.minutes)}
    if facts.minutes == old.facts.minutes:
        return _("新的一张还是%(new)s小时，别的内容按现在的。") % words
    return _("时长有变：原来%(old)s小时，新的一张%(new)s小时。") % words


def _left_out(certificate: Certificate) -> tuple[str, ...]:
    """Which records of the same scope do not stand on the new one, by reason."""
    facts, volunteer = certificate.facts, holder_of(certificate)
    if facts.honour or volunteer is None:
        return ()
    reasons = look_up(volunteer, scope_of(facts)).words
    return (_("新的一张不列入：%(reasons)s。") % {"reasons": reasons},) if reasons else ()


def _whose(certificate: Certificate) -> str:
    facts = certificate.facts
    words = {
        "kind": certificate.get_kind_display(),
        "holder": facts.holder_masked,
        "period": period(facts.period_start, facts.period_end),
        "hours": hours(facts.minutes),
    }
    return _("%(kind)s，持有人%(holder)s，%(period)s，%(hours)s小时。") % words


def _new_number(old: Certificate) -> str:
    text = _("取一个新编号，马上制作；做好后原来的%(number)s停用，不能恢复，并通知本人。")
    return text % {"number": old.number}


def _page_of(certificate: Certificate) -> str:
    return reverse("certificates_staff:certificate", args=[certificate.pk])
