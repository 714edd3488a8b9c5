"""A certificate: number, frozen facts, stored bytes, and what became of it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.enums import Ground, Kind, Progress, RevocationState, SealProfile, State
from certificates.facts import CertificateFacts
from certificates.imprint import Imprint
from certificates.models.signing_key import SigningKey

if TYPE_CHECKING:
    from certificates.models.revocation import Revocation


class NumberSequence(models.Model):
    """The last number of a year; its row is the lock under which numbers are taken."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    last = models.PositiveIntegerField(_("最后一个序号"), default=0)

    class Meta:
        verbose_name = _("证书编号序列")
        verbose_name_plural = _("证书编号序列")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Certificate(models.Model):
    """Never edited after its number is taken: verbs of `certificates.domain` move it, nothing else writes."""

    number = models.CharField(_("编号"), max_length=24, unique=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    sequence = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.REQUESTED)
    holder_key = models.CharField(_("持有人"), max_length=64, db_index=True, help_text=_("由申请方给出，本模块不解读"))
    facts_json = models.JSONField(_("证书内容"))
    facts_digest = models.CharField(_("内容摘要"), max_length=64)
    imprint_json = models.JSONField(_("编号、日期与核验地址"))
    issued_on = models.DateField(_("出具日期"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("更正自")
    )
    requested_by = models.CharField(_("申请人"), max_length=64)
    requested_at = models.DateTimeField(_("申请时间"), auto_now_add=True)

    attempts = models.PositiveSmallIntegerField(_("制作次数"), default=0)
    started_at = models.DateTimeField(_("开始制作"), null=True, blank=True)
    failure = models.CharField(_("失败原因"), max_length=200, blank=True, default="")
    given_up = models.BooleanField(_("不再自动重试"), default=False)

    issued_at = models.DateTimeField(_("制成时间"), null=True, blank=True)
    pdf_name = models.CharField(_("文件"), max_length=80, blank=True, default="")
    pdf_sha256 = models.CharField(_("文件SHA-256"), max_length=64, blank=True, default="")
    pdf_size = models.PositiveIntegerField(_("文件字节数"), default=0)
    design_version = models.CharField(
        _("样式版本"), max_length=40, blank=True, default="", help_text=_("没有自己样式的留空")
    )
    template_version = models.CharField(_("模板版本"), max_length=40, blank=True, default="")
    font_set = models.CharField(_("字库版本"), max_length=64, blank=True, default="")
    software_version = models.CharField(_("软件版本"), max_length=60, blank=True, default="")

    sealed_by = models.ForeignKey(
        SigningKey, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("签章密钥")
    )
    seal_profile = models.CharField(
        _("签章"), max_length=3, choices=SealProfile.choices, blank=True, default="", help_text=_("没有签章的留空")
    )

    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    ended_by = models.CharField(_("停用人"), max_length=64, blank=True, default="")
    outdated_at = models.DateTimeField(_("内容过时于"), null=True, blank=True)
    outdated_reason = models.CharField(_("为什么过时"), max_length=200, blank=True, default="")
    revoked_ground = models.CharField(
        _("撤销事由"), max_length=16, choices=Ground.choices, blank=True, default="", help_text=_("核验页上公开")
    )
    revoked_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, default="")

    forgotten_at = models.DateTimeField(_("不再保存内容于"), null=True, blank=True)

    #: The number at the end of its chain, filled in by `queries.lead_on`.
    newest = ""

    class Meta:
        verbose_name = _("证书")
        verbose_name_plural = _("证书")
        ordering = ["-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="certificate_sequence_once"),
            models.UniqueConstraint(
                fields=["holder_key", "facts_digest"],
                condition=Q(state__in=[State.REQUESTED, State.ISSUED]),
                name="certificate_same_facts_once",
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="certificate_sequence_positive"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="certificate_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.REQUESTED)
                | Q(state__in=[State.REVOKED, State.DROPPED])
                | Q(issued_at__isnull=False, pdf_size__gt=0, pdf_sha256__regex=r"^[0-9a-f]{64}$"),
                name="certificate_issued_has_pdf",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | (~Q(state=State.REQUESTED) & Q(pdf_name="", requested_by="", holder_key__startswith="forgotten:")),
                name="certificate_forgotten_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DROPPED)
                | (~Q(outdated_reason="") & Q(issued_at__isnull=True, replaces__isnull=True)),
                name="certificate_dropped_never_counted",
            ),
            models.CheckConstraint(
                condition=Q(sealed_by__isnull=True, seal_profile="")
                | Q(sealed_by__isnull=False, seal_profile__in=SealProfile.values),
                name="certificate_seal_names_key",
            ),
            models.CheckConstraint(
                condition=Q(outdated_at__isnull=True) | ~Q(outdated_reason=""),
                name="certificate_outdated_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REVOKED)
                | (~Q(revoked_reason="") & Q(revoked_ground__in=Ground.values, ended_at__isnull=False)),
                name="certificate_revoked_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def facts(self) -> CertificateFacts:
        """What was frozen when the number was taken."""
        return CertificateFacts.from_json(self.facts_json)

    @property
    def imprint(self) -> Imprint:
        """Number, day and addresses as printed."""
        return Imprint.from_json(self.imprint_json)

    @property
    def progress(self) -> Any:
        """How far the making is, for the person who waits."""
        if self.issued_at:
            return Progress.DONE
        if self.given_up:
            return Progress.FAILED
        if self.failure:
            return Progress.RETRYING
        return Progress.PRINTING if self.started_at else Progress.QUEUED

    @property
    def needs_replacing(self) -> bool:
        """It counts, but what it says was corrected since."""
        return self.outdated_at is not None and self.state in (State.REQUESTED, State.ISSUED)

    def waiting_revocation(self) -> "Revocation | None":
        """The proposal to revoke it that waits for its second person; at most one does."""
        return self.revocations.filter(state=RevocationState.PROPOSED).first()

    @property
    def is_downloadable(self) -> bool:
        """Superseded sheets stay readable for their holder; revoked ones do not."""
        return self.state in (State.ISSUED, State.SUPERSEDED) and self.forgotten_at is None
