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
    DROPPED = "dropped", _("没有出具")


TRANSITIONS: dict[Any, frozenset[Any]] = {
    State.REQUESTED: frozenset({State.ISSUED, State.REVOKED, State.DROPPED}),
    State.ISSUED: frozenset({State.SUPERSEDED, State.REVOKED}),
    State.SUPERSEDED: frozenset(),
    State.REVOKED: frozenset(),
    State.DROPPED: frozenset(),
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
    GROUP = "group", _("组织志愿服务证书")


class Occasion(TextChoices):
    """What an honour is for; the last one makes its holder an organisation or a team."""

    STAR = "star", _("星级")
    CAMPAIGN = "campaign", _("主题活动")
    STUDENT_WEEK = "student_week", _("学生实践周")
    GROUP = "group", _("组织或团队")


#: The levels in words, from one star on.
STARS = (_("一星"), _("二星"), _("三星"), _("四星"), _("五星"))


class DesignState(TextChoices):
    """A draft is edited, one version prints, those before it stay as they were."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("在用")
    RETIRED = "retired", _("用过")


DESIGN_TRANSITIONS: dict[Any, frozenset[Any]] = {
    DesignState.DRAFT: frozenset({DesignState.PUBLISHED}),
    DesignState.PUBLISHED: frozenset({DesignState.RETIRED}),
    DesignState.RETIRED: frozenset(),
}


class KeyUse(TextChoices):
    """What a key signs; a site has one in use for each."""

    SEAL = "seal", _("签章")
    CREDENTIAL = "credential", _("电子凭证")


class KeyState(TextChoices):
    """What a signing key may still do: seal, only be checked, or not even be trusted."""

    ACTIVE = "active", _("在用")
    RETIRED = "retired", _("已换下")
    REVOKED = "revoked", _("已撤销")


KEY_TRANSITIONS: dict[Any, frozenset[Any]] = {
    KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.REVOKED}),
    KeyState.RETIRED: frozenset({KeyState.REVOKED}),
    KeyState.REVOKED: frozenset(),
}


class SealProfile(TextChoices):
    """How much a seal proves, by the names of PAdES."""

    BASIC = "B-B", _("电子签章")
    STAMPED = "B-T", _("电子签章，带时间戳")


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


class Frame(StrEnum):
    """The line work round an honorary certificate, and under the title of a record."""

    ENGRAVED = "engraved"
    LINES = "lines"


class Slot(StrEnum):
    """What the words of a design may leave open, written `{name}`."""

    NAME = "name"
    ID = "id"
    PERIOD = "period"
    HOURS = "hours"
    TIMES = "times"
    CONTENT = "content"
    PROGRAMME = "programme"
    PROJECT = "project"
    ISSUER = "issuer"
    LEVEL = "level"


class PartKind(StrEnum):
    """By what a record certificate is narrowed down."""

    PROJECT = "project"
    ORGANISER = "organiser"


class Ground(TextChoices):
    """Why a certificate was revoked, as anybody may know it; the words behind it stay inside."""

    NOT_THEIRS = "not_theirs", _("不是持有人本人的服务")
    WRONG_RECORDS = "wrong_records", _("服务记录有误")
    NOT_VOLUNTARY = "not_voluntary", _("不属于志愿服务")
    MISISSUED = "misissued", _("出具时有误")
    ASKED_FOR = "asked_for", _("持有人要求撤销")


class RevocationState(TextChoices):
    """A revocation is proposed by one and decided by another (tenants may do without the other)."""

    PROPOSED = "proposed", _("等第二人确认")
    CONFIRMED = "confirmed", _("已确认，证书已撤销")
    DECLINED = "declined", _("第二人没有同意")
    WITHDRAWN = "withdrawn", _("提出的人收回了")
    LAPSED = "lapsed", _("证书已另行停用")


REVOCATION_TRANSITIONS: dict[Any, frozenset[Any]] = {
    RevocationState.PROPOSED: frozenset(
        {
            RevocationState.CONFIRMED,
            RevocationState.DECLINED,
            RevocationState.WITHDRAWN,
            RevocationState.LAPSED,
        }
    ),
    RevocationState.CONFIRMED: frozenset(),
    RevocationState.DECLINED: frozenset(),
    RevocationState.WITHDRAWN: frozenset(),
    RevocationState.LAPSED: frozenset(),
}


class Action(TextChoices):
    """What the log of certificates tells."""

    ASKED_FOR = "asked_for", _("代为申请")
    APPROVED = "approved", _("同意出具")
    ISSUED = "issued", _("出具")
    DOWNLOADED = "downloaded", _("下载")
    CREDENTIAL_MADE = "credential_made", _("签出电子凭证")
    DROPPED = "dropped", _("没有出具")
    SUPERSEDED = "superseded", _("被替换")
    REVOCATION_PROPOSED = "revocation_proposed", _("提出撤销")
    REVOCATION_DROPPED = "revocation_dropped", _("撤销没有办成")
    REVOKED = "revoked", _("撤销")
    CHECKED_IN_BULK = "checked_in_bulk", _("批量核验")
    SHARED = "shared", _("分享链接")
    UNSHARED = "unshared", _("收回分享链接")
    FORGOTTEN = "forgotten", _("保存期满，不再保存内容")


class Actor(TextChoices):
    """Who did it, without a name: staff by the number of their account, others not at all."""

    WORKER = "worker", _("系统")
    HOLDER = "holder", _("持有人")
    STAFF = "staff", _("工作人员")
    ANYBODY = "anybody", _("公众")


class Way(TextChoices):
    """By which door a sheet was fetched."""

    DESK = "desk", _("服务台或后台")
    ORGANISATION = "organisation", _("代为申请的单位")
    LINK = "link", _("分享链接")


class Form(TextChoices):
    """What was fetched, where it is not the PDF."""

    CREDENTIAL = "credential", _("电子凭证")


class CheckedOn(TextChoices):
    """Where certificates were checked in bulk."""

    SITE = "site", _("本站")
    PLATFORM = "platform", _("总平台")
