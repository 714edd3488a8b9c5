"""States of sign-ups and service records with their allowed moves, and the grades of proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignUpState(models.TextChoices):
    CONFIRMED = "confirmed", _("已报名")
    WAITING = "waiting", _("候补")
    WITHDRAWN = "withdrawn", _("已取消报名")
    CANCELLED = "cancelled", _("项目取消")


SIGN_UP_MOVES: dict[SignUpState, frozenset[SignUpState]] = {
    SignUpState.WAITING: frozenset({SignUpState.CONFIRMED, SignUpState.WITHDRAWN, SignUpState.CANCELLED}),
    SignUpState.CONFIRMED: frozenset({SignUpState.WITHDRAWN, SignUpState.CANCELLED}),
    SignUpState.WITHDRAWN: frozenset(),
    SignUpState.CANCELLED: frozenset(),
}
#: Holds a place, or a place in the queue.
LIVE = (SignUpState.CONFIRMED, SignUpState.WAITING)


class RecordState(models.TextChoices):
    """Only `confirmed` counts (domain: records, 令67号)."""

    OPEN = "open", _("暂存")
    SUBMITTED = "submitted", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    DISPUTED = "disputed", _("有异议")
    CORRECTED = "corrected", _("已更正，待确认")
    VOIDED = "voided", _("已作废")


RECORD_MOVES: dict[RecordState, frozenset[RecordState]] = {
    RecordState.OPEN: frozenset({RecordState.OPEN, RecordState.SUBMITTED, RecordState.VOIDED}),
    RecordState.SUBMITTED: frozenset({RecordState.CONFIRMED, RecordState.DISPUTED, RecordState.VOIDED}),
    RecordState.CONFIRMED: frozenset({RecordState.DISPUTED, RecordState.VOIDED}),
    RecordState.DISPUTED: frozenset({RecordState.CORRECTED, RecordState.VOIDED}),
    # A correction counts only when somebody else has confirmed it, like the first entry.
    RecordState.CORRECTED: frozenset({RecordState.CONFIRMED, RecordState.DISPUTED, RecordState.VOIDED}),
    RecordState.VOIDED: frozenset(),
}
#: Entered by one person, not yet confirmed by another.
TO_CONFIRM = (RecordState.SUBMITTED, RecordState.CORRECTED)


class RequestState(models.TextChoices):
    """A certificate that was asked for and needs a second person; the number is taken when it is approved."""

    WAITING = "waiting", _("等主管核对")
    APPROVED = "approved", _("已同意")
    REFUSED = "refused", _("没有同意")
    WITHDRAWN = "withdrawn", _("申请人收回了")


REQUEST_MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.WAITING: frozenset({RequestState.APPROVED, RequestState.REFUSED, RequestState.WITHDRAWN}),
    RequestState.APPROVED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}


class CorrectionAbout(models.TextChoices):
    """What on a certificate is wrong."""

    LINE = "line", _("某一行服务")
    PERSON = "person", _("姓名或证件")
    OTHER = "other", _("其他")


class CorrectionState(models.TextChoices):
    """A holder contests a certificate; answered once."""

    OPEN = "open", _("等答复")
    CORRECTED = "corrected", _("已更正，换发")
    REFUSED = "refused", _("没有更正")
    WITHDRAWN = "withdrawn", _("申请人收回了")


CORRECTION_MOVES: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.OPEN: frozenset({CorrectionState.CORRECTED, CorrectionState.REFUSED, CorrectionState.WITHDRAWN}),
    CorrectionState.CORRECTED: frozenset(),
    CorrectionState.REFUSED: frozenset(),
    CorrectionState.WITHDRAWN: frozenset(),
}


class LineOutcome(models.TextChoices):
    """What came of one person when a school or an organisation asked for several; only `waiting` is still to do."""

    WAITING = "waiting", _("排队等候")
    MADE = "made", _("已出具")
    APPROVAL = "approval", _("等主管核对")
    HAD = "had", _("已有证书")
    REFUSED = "refused", pgettext_lazy("order line", "没有出具")


class LineRefusal(models.TextChoices):
    """Why there is none, as the body may know it; of a minor no more than that the guardian is missing."""

    NOT_REGISTERED = "not_registered", _("还没有登记为志愿者")
    NOT_AGREED = "not_agreed", _("本人没有同意")
    NO_GUARDIAN = "no_guardian", _("未成年，还差监护人同意")
    NOTHING = "nothing", _("这段时间里没有已确认的服务记录，开不出证明。")
    UNPRINTABLE = "unprintable", _("有一个字印不出来")
    BROKEN = "broken", _("系统出错，没有出具。请再申请一次。")


class LeftOut(models.TextChoices):
    """Why a record does not stand on a certificate (令67号: confirmed, unpaid, with time to certify)."""

    NOT_CONFIRMED = "not_confirmed", _("还没确认")
    DISPUTED = "disputed", _("有异议，正在处理")
    VOIDED = "voided", _("已作废")
    PAID = "paid", _("有报酬或不是志愿服务，按规定不能证明")
    TOO_SHORT = "too_short", _("取整后不足起计时长")


class Grade(models.TextChoices):
    """How an hour is proven, strongest first; printed on the certificate (domain: proof grades)."""

    SCAN_BOTH_ENDS = "scan_both_ends", _("签到签退都扫码")
    LEADER_ROLL = "leader_roll", _("带队人当场点名")
    LATE_ENTRY = "late_entry", _("事后补录，另一人确认")


class CorrectedField(models.TextChoices):
    """What staff may put right of a person; the values are names of the fields."""

    NAME = "name", _("姓名")
    BIRTH_DATE = "birth_date", _("出生日期")
    ID_NUMBER = "id_number", _("身份证号")
