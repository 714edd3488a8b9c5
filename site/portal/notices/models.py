"""What people are told, and whether it reached them."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import Channel, DeliveryState


class Notice(models.Model):
    """One message to one person: shown on the site at once, sent by the worker.

    `subject` and `body` are in the site's own language, `translations` holds both in the others; a row from before it
    was there has one language, that of whoever caused it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("收件人"))
    kind = models.SlugField(_("类型"), max_length=40)
    subject = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    translations = models.JSONField(_("其他语言"), default=dict, editable=False)
    url = models.CharField(_("链接"), max_length=300, blank=True, help_text=_("本站之内的地址，以“/”开头。"))
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("读过"), null=True, blank=True, editable=False)

    channel = models.CharField(_("途径"), max_length=4, choices=Channel.choices, editable=False)
    state = models.CharField(_("发送情况"), max_length=8, choices=DeliveryState.choices, editable=False)
    attempts = models.PositiveSmallIntegerField(_("发送次数"), default=0, editable=False)
    last_error = models.CharField(_("上次失败的原因"), max_length=300, blank=True, editable=False)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("resend_notice", _("重发失败的通知"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="none", channel="site") | ~models.Q(state="none") & ~models.Q(channel="site"),
                name="notice_state_fits_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | ~models.Q(state="sent") & models.Q(sent_at__isnull=True),
                name="notice_sent_at",
            ),
            models.CheckConstraint(
                condition=models.Q(url="") | models.Q(url__regex=r"^/[^/\\]") | models.Q(url="/"),
                name="notice_url_here",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["state"], condition=models.Q(state="failed"), name="notice_failed"),
        ]

    def __str__(self) -> str:
        return self.get_subject_display()

    def get_subject_display(self) -> str:
        """In the language of the page, the admin or the mail."""
        return self._shown("subject")

    def get_body_display(self) -> str:
        """As above."""
        return self._shown("body")

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    def _shown(self, name: str) -> str:
        return str(self.translations.get(get_language(), {}).get(name) or getattr(self, name))
