"""What a fresh call holds until the officer changes it: rubric, payments, who may apply.

Defaults of this project after the usual practice of 公益创投 in Chinese cities; each call keeps its own copy,
so that a change here never rewrites what was announced.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a list that sums to a hundred."""

    name: str
    value: int
    note: str = ""


def rubric() -> list[Share]:
    """Seven criteria, a hundred points."""
    return [
        Share(_("需求与受益人群"), 20, _("需求来自三库两册或入户摸底，受益人群说得清、数得出。")),
        Share(_("可行性与风险"), 20, _("做法具体，时间排得开，想到了会出什么岔子。")),
        Share(_("项目目标"), 15, _("目标可以核对：多少人、多少课时、达到什么样。")),
        Share(_("预算"), 15, _("每一笔对得上一件事，不超过上限。")),
        Share(_("机构与团队"), 15, _("有做过类似服务的人，有固定的负责人。")),
        Share(_("创新性"), 10, _("换了办法，或换了人群。")),
        Share(_("可持续性"), 5, _("钱用完以后，事情谁接着做。")),
    ]


def payments() -> list[Share]:
    """Three instalments, a hundred percent; each waits for its milestone."""
    return [
        Share(_("第一期"), 50, _("签订协议、实施方案备案后")),
        Share(_("第二期"), 30, _("中期评估通过。逾期或未交报告，视为不通过")),
        Share(_("第三期"), 20, _("结项评估合格以上")),
    ]


def eligibility() -> str:
    """Who may apply, as rich text (registered bodies only, GB 32100 code, no open grant)."""
    lines = [
        _("依法登记，统一社会信用代码有效；"),
        _("近一年未列入活动异常名录，近两年未列入严重违法失信名单；"),
        _("近三年没有重大违法违规，没有未结项的创投项目；"),
        _("每家申报1个项目，预算不超过单个上限。超过上限的申报书无效。"),
    ]
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
