"""States of star applications, objections and award rounds with their allowed moves, and why somebody is left out."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import Occasion


class StarState(models.TextChoices):
    """A star is applied for, publicised, proposed by one officer and awarded by another (domain: stars)."""

    PUBLICITY = "publicity", _("公示")
    OBJECTED = "objected", _("有异议，正在核实")
    PROPOSED = "proposed", _("等第二人批准")
    AWARDED = "awarded", _("已评定")
    REFUSED = "refused", _("没有通过")
    WITHDRAWN = "withdrawn", _("本人撤回")
    ENDED = "ended", _("评定后撤销")


STAR_MOVES: dict[Any, frozenset[Any]] = {
    StarState.PUBLICITY: frozenset(
        {StarState.OBJECTED, StarState.PROPOSED, StarState.AWARDED, StarState.REFUSED, StarState.WITHDRAWN}
    ),
    StarState.OBJECTED: frozenset({StarState.PUBLICITY, StarState.REFUSED, StarState.WITHDRAWN}),
    StarState.PROPOSED: frozenset(
        {StarState.AWARDED, StarState.PUBLICITY, StarState.OBJECTED, StarState.REFUSED, StarState.WITHDRAWN}
    ),
    StarState.AWARDED: frozenset({StarState.ENDED}),
    StarState.REFUSED: frozenset(),
    StarState.WITHDRAWN: frozenset(),
    StarState.ENDED: frozenset(),
}
#: Not decided yet: a volunteer has one such application at most, and it is the one that the public sees.
OPEN_STARS = (StarState.PUBLICITY, StarState.OBJECTED, StarState.PROPOSED)


class ObjectionState(models.TextChoices):
    OPEN = "open", _("正在核实")
    DISMISSED = "dismissed", _("不成立")
    UPHELD = "upheld", _("成立")


OBJECTION_MOVES: dict[Any, frozenset[Any]] = {
    ObjectionState.OPEN: frozenset({ObjectionState.DISMISSED, ObjectionState.UPHELD}),
    ObjectionState.DISMISSED: frozenset(),
    ObjectionState.UPHELD: frozenset(),
}


class RoundOccasion(models.TextChoices):
    """What a round honours, in the words of `certificates.enums.Occasion`."""

    CAMPAIGN = Occasion.CAMPAIGN.value, _("主题活动")
    STUDENT_WEEK = Occasion.STUDENT_WEEK.value, _("学生一周实践")
    GROUP = Occasion.GROUP.value, _("组织、团队")


class RoundState(models.TextChoices):
    """Lists are put together, proposed by one officer, approved by another, then issued by the worker."""

    DRAFT = "draft", _("正在选人")
    PROPOSED = "proposed", _("等第二人批准")
    APPROVED = "approved", _("正在制作证书")
    DONE = "done", _("已颁发")
    DROPPED = "dropped", _("不办了")


ROUND_MOVES: dict[Any, frozenset[Any]] = {
    RoundState.DRAFT: frozenset({RoundState.PROPOSED, RoundState.APPROVED, RoundState.DROPPED}),
    RoundState.PROPOSED: frozenset({RoundState.APPROVED, RoundState.DRAFT}),
    RoundState.APPROVED: frozenset({RoundState.DONE}),
    RoundState.DONE: frozenset(),
    RoundState.DROPPED: frozenset(),
}


class EntryState(models.TextChoices):
    CHOSEN = "chosen", _("选中")
    LEFT_OUT = "left_out", _("没有列入")
    ISSUED = "issued", _("已出证书")


ENTRY_MOVES: dict[Any, frozenset[Any]] = {
    EntryState.CHOSEN: frozenset({EntryState.LEFT_OUT, EntryState.ISSUED}),
    EntryState.LEFT_OUT: frozenset({EntryState.CHOSEN}),
    # Its sheet was dropped before it was issued; the conditions are asked anew.
    EntryState.ISSUED: frozenset({EntryState.CHOSEN}),
}


class Why(models.TextChoices):
    """Why somebody gets no certificate; the first that applies is said."""

    CLOSED = "closed", _("账号已停用")
    INACTIVE = "inactive", _("组织已停用")
    NO_GUARDIAN = "no_guardian", _("未成年，还差监护人同意")
    OWN = "own", _("经办人本人，请另一位主管办")
    PAID = "paid", _("只有有报酬的活动，不算志愿服务")
    UNSETTLED = "unsettled", _("还有记录没确认或有异议，只算已确认的不够")
    FEW_HOURS = "few_hours", _("已确认的时长不够")
    FEW_DAYS = "few_days", _("已确认的服务天数不够")
    BY_HAND = "by_hand", _("经办人没有选")
    ALREADY = "already", _("已有内容相同的证书")
    UNPRINTABLE = "unprintable", _("证书印不出来")
