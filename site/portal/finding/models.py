"""What a site decides about its search, what was sought in vain, and who wants to hear of new results."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.core.fields import DigestField, EncryptedTextField
from portal.core.models import CountedRequest
from search.boosts import Boosts

_DEFAULTS = Boosts()


class Synonym(models.Model):
    """One group of names for one thing, beside the platform's; or one of the platform's that this site does without."""

    names = models.CharField(
        _("说法"),
        max_length=200,
        help_text=_(
            "同一件事的几种叫法，用空格或顿号分开，如“长者食堂、老年餐桌、助餐点”。搜其中一个，写着另一个的也会找到。"
        ),
    )
    is_off = models.BooleanField(
        _("不当作同义"),
        default=False,
        help_text=_("平台自带一些同义词。勾上后，平台自带的、含有这里任何一个说法的那几组在本站不起作用。"),
    )

    class Meta:
        verbose_name = _("同义词")
        verbose_name_plural = _("同义词")
        ordering = ["names"]
        constraints = [models.UniqueConstraint(fields=["names", "is_off"], name="synonym_once")]

    def __str__(self) -> str:
        return self.names

    def clean(self) -> None:
        """Names apart by one 、, each once; two at least where they are to mean the same."""
        super().clean()
        names = names_of(self.names)
        if len(names) < (1 if self.is_off else 2):
            raise ValidationError({"names": _("至少写两个说法，用空格或顿号分开。")})
        if any(len(name) < 2 or len(name) > 20 for name in names):
            raise ValidationError({"names": _("每个说法2到20个字。")})
        self.names = "、".join(names)


def names_of(written: str) -> tuple[str, ...]:
    """The names in a group as people write them."""
    apart = written.translate(str.maketrans("、，,；;/|\u3000", " " * 8))
    return tuple(dict.fromkeys(apart.split()))


def _weight(label: Any, default: float, help_text: Any, *, most: float = 1.0) -> models.FloatField:
    validators = [MinValueValidator(0.0), MaxValueValidator(most)]
    return models.FloatField(label, default=default, validators=validators, help_text=help_text)


@register_setting(icon="search", order=130)
class SearchSettings(BaseGenericSetting):
    """`search.boosts` as this site wants them; the fields have the names of its fields."""

    title = _weight(_("标题里的词"), _DEFAULTS.title, _("0到1。默认1：标题里有搜索词的排得最靠前。"))
    filed = _weight(_("编号、单位、地点里的词"), _DEFAULTS.filed, _("0到1。默认0.7。"))
    summary = _weight(_("摘要里的词"), _DEFAULTS.summary, _("0到1。默认0.6。"))
    text = _weight(_("正文里的词"), _DEFAULTS.text, _("0到1。默认0.5。"))
    fresh = _weight(_("新发布的加多少"), _DEFAULTS.fresh, _("发布当天加的倍数；0表示不看新旧。默认0.15。"), most=5.0)
    half_life = models.FloatField(
        _("多少天后减半"),
        default=_DEFAULTS.half_life,
        validators=[MinValueValidator(1.0), MaxValueValidator(3650.0)],
        help_text=_("过这么多天，“新”的分量剩一半。默认180天。"),
    )
    open = _weight(_("还能报名的加多少"), _DEFAULTS.open, _("正在招募、还能报名或申报的加的倍数。默认0.3。"), most=5.0)
    near = _weight(_("就近的加多少"), _DEFAULTS.near, _("与读者在同一社区的加的倍数，越远越少。默认0.5。"), most=5.0)
    keep_days = models.PositiveSmallIntegerField(
        _("没搜到的词保留多少天"),
        default=180,
        validators=[MinValueValidator(31), MaxValueValidator(366)],
        help_text=_("只按天计次数，不记是谁搜的。默认180天，31到366天。"),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("title", "filed", "summary", "text")],
            heading=_("搜索词出现在哪里"),
            help_text=_("数越大，词出现在那里时排得越靠前。改了马上起作用。"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("fresh", "half_life", "open", "near")], heading=_("什么情况排得更靠前")
        ),
        MultiFieldPanel([FieldPanel("keep_days")], heading=_("没搜到的词")),
    ]

    class Meta:
        verbose_name = _("搜索排序")


class MissedWord(models.Model):
    """What was sought on one day without any result, and how often; nothing says by whom."""

    day = models.DateField(_("日期"))
    words = models.CharField(_("搜索词"), max_length=40)
    count = models.PositiveIntegerField(_("次数"), default=1)

    class Meta:
        verbose_name = _("没搜到的词")
        verbose_name_plural = _("没搜到的词")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="missedword_once")]

    def __str__(self) -> str:
        return self.words


class MailAsked(CountedRequest):
    """That somebody asked for a confirmation mail; kept for a day."""

    class Meta(CountedRequest.Meta):
        verbose_name = _("订阅确认信的请求")
        verbose_name_plural = _("订阅确认信的请求")
        indexes = [models.Index(fields=["key", "at"], name="mailasked_key")]


def token() -> str:
    return secrets.token_urlsafe(24)


class SavedSearch(models.Model):
    """A question that somebody wants to be told new answers of, by mail; nothing is sent before they confirm.

    `seen` is the last listing they were told of, or that was there when they began.
    """

    mail = EncryptedTextField(_("邮箱"))
    mail_digest = DigestField(of="mail", purpose="saved-search", unique=False, db_index=False)
    parameters = models.CharField(_("搜索条件"), max_length=1000, blank=True)
    confirm_token = models.CharField(max_length=40, unique=True, default=token, editable=False)
    stop_token = models.CharField(max_length=40, unique=True, default=token, editable=False)
    asked_at = models.DateTimeField(_("提出时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    last_sent_at = models.DateTimeField(_("上次寄出"), null=True)
    seen = models.BigIntegerField(default=0)
    seen_on = models.DateField()

    class Meta:
        verbose_name = _("订阅的搜索")
        verbose_name_plural = _("订阅的搜索")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mail_digest", "parameters"], name="savedsearch_once")]

    def __str__(self) -> str:
        return str(self.pk)
