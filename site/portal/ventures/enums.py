"""The stages of a call for proposals, and what a fresh one is made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallStage(models.TextChoices):
    """Where a call stands; follows from its dates (domain: 征集公告 → 申报 → 资格审查 → 评审 → 公示)."""

    DRAFT = "draft", _("草稿")
    ANNOUNCED = "announced", _("即将征集")
    OPEN = "open", _("正在征集")
    CLOSED = "closed", _("已停止接收")
    REVIEW = "review", _("审查评审中")
    PUBLICITY = "publicity", _("公示中")
    DECIDING = "deciding", _("等待公布结果")
    RESULTS = "results", _("结果已公布")
    CANCELLED = "cancelled", _("已终止")


#: The mark that stands before the words, of those that the look has.
STATUS_MARKS: dict[str, str] = {
    CallStage.DRAFT: "draft",
    CallStage.ANNOUNCED: "draft",
    CallStage.OPEN: "open",
    CallStage.CLOSED: "full",
    CallStage.REVIEW: "running",
    CallStage.PUBLICITY: "publicity",
    CallStage.DECIDING: "full",
    CallStage.RESULTS: "done",
    CallStage.CANCELLED: "cancelled",
}

#: What a visitor may ask for; the others are only stations between.
PUBLIC_STAGES = (
    CallStage.OPEN,
    CallStage.ANNOUNCED,
    CallStage.CLOSED,
    CallStage.REVIEW,
    CallStage.PUBLICITY,
    CallStage.DECIDING,
    CallStage.RESULTS,
    CallStage.CANCELLED,
)
