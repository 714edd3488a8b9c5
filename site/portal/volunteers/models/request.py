"""A record certificate that somebody asked for and that a second person looks at before it gets a number."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.volunteers.enums import RequestState
from portal.volunteers.models.volunteer import Volunteer

_SCOPE = ("volunteer", "project", "organiser", "start", "end")


class CertificateRequest(models.Model):
    """Waits only where the tenant wants a second person; moved by `domain.approval` alone.

    It holds what was asked for, no facts: those are read when it is approved, and frozen with the number then.
    `body` is the school or organisation in whose name somebody asked, `replaces` what is to be renewed.
    """

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="certificate_requests", verbose_name=_("志愿者")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("项目")
    )
    organiser = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("只列这一单位的活动")
    )
    start = models.DateField(_("从"), null=True, blank=True)
    end = models.DateField(_("到"), null=True, blank=True)
    seal = models.BooleanField(_("留出盖章的位置"), default=False)
    body = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代为申请的单位")
    )
    replaces = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("更正自")
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("证书")
    )
    forgotten = models.BooleanField(_("证书保存期已满"), default=False)

    class Meta:
        verbose_name = _("证明申请")
        verbose_name_plural = _("证明申请")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=_SCOPE,
                condition=Q(state=RequestState.WAITING),
                nulls_distinct=False,
                name="certificate_request_waits_once",
            ),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="certificate_request_state"),
            models.CheckConstraint(
                condition=Q(project__isnull=False, start__isnull=True, end__isnull=True, organiser__isnull=True)
                | Q(project__isnull=True, start__isnull=False, end__gte=F("start")),
                name="certificate_request_scope",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, decided_at__isnull=True)
                | (~Q(state=RequestState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="certificate_request_decided",
            ),
            # Who asked never approves; nor may the holder, which the verb sees to.
            models.CheckConstraint(
                condition=~Q(state=RequestState.APPROVED)
                | ((Q(certificate__isnull=False) | Q(forgotten=True)) & ~Q(decided_by=F("asked_by"))),
                name="certificate_request_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(note=""), name="certificate_request_refused_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.get_state_display()}"
