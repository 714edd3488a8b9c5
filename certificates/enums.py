"""The states and kinds of a certificate, and the moves the law leaves open."""

from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a certificate stands; it is never edited (domain: 令67号 art. 15)."""

    REQUESTED = "requested", _("制作中")
    ISSUED = "issued", _("有效")
    SUPERSEDED = "superseded", _("已被新证书替换")
    REVOKED = "revoked", _("已撤销")


TRANSITIONS: dict[Any, frozenset[Any]] = {
    State.REQUESTED: frozenset({State.ISSUED, State.REVOKED}),
    State.ISSUED: frozenset({State.SUPERSEDED, State.REVOKED}),
    State.SUPERSEDED: frozenset(),
    State.REVOKED: frozenset(),
}


class Progress(TextChoices):
    """How far the making of a sheet is."""

    QUEUED = "queued", _("排队等候制作")
    PRINTING = "printing", _("正在制作")
    RETRYING = "retrying", _("制作时出了问题，稍后自动再试")
    FAILED = "failed", _("没有做成，本站工作人员会处理")
    DONE = "done", _("已做好")


class Kind(TextChoices):
    """What the sheet is."""

    RECORD = "record", _("志愿服务记录证明")
    HONOUR = "honour", _("志愿服务证书")


class ProofGrade(TextChoices):
    """How an hour was proven, strongest first; the value is what service records store."""

    SCAN_BOTH_ENDS = "scan_both_ends", _("到岗、离岗均扫码确认")
    LEADER_ROLL = "leader_roll", _("领队当场点名确认")
    LATE_ENTRY = "late_entry", _("事后补录并经第二人核实")


class Motif(StrEnum):
    """The drawing behind an honorary certificate, one for each kind of programme."""

    GRASS = "grass"
    CLASP = "clasp"
    HILLS = "hills"
    NONE = "none"
