"""Kinds of what a site publishes as pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleKind(models.TextChoices):
    """What sort of message an article is; a publicity has an end date."""

    NOTICE = "notice", _("公告")
    PUBLICITY = "publicity", _("公示")
    NEWS = "news", _("动态")


class PolicyStatus(models.TextChoices):
    """Whether a document binds; a draft for comment carries a banner on its page."""

    IN_FORCE = "in_force", _("现行有效")
    DRAFT = "draft", _("征求意见稿")
    REPEALED = "repealed", _("已废止")
