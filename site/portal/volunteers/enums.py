"""States of sign-ups and service records with their allowed moves, and the grades of proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
