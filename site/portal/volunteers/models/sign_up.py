"""A volunteer's place on a shift, or in its queue."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Participation
from portal.volunteers.enums import LIVE, SignUpState
from portal.volunteers.models.volunteer import Volunteer

_QUEUED = Q(state=SignUpState.WAITING)


class SignUp(models.Model):
    """`party_size` people of one volunteer on one shift; written by the verbs in domain/ under the shift's lock."""

    shift = models.ForeignKey("projects.Shift", models.PROTECT, related_name="sign_ups", verbose_name=_("班次"))
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="sign_ups", verbose_name=_("志愿者"))
    participation = models.CharField(
        _("怎么来"), max_length=20, choices=Participation.choices, default=Participation.INDIVIDUAL
    )
    party_size = models.PositiveSmallIntegerField(_("人数"), default=1)
    state = models.CharField(_("状态"), max_length=12, choices=SignUpState.choices)
    position = models.IntegerField(_("候补次序"), null=True, blank=True)
    attended = models.BooleanField(_("到场"), null=True, blank=True)
    note = models.CharField(_("原因"), max_length=200, blank=True)
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("报名人")
    )
    signed_up_at = models.DateTimeField(_("报名于"), default=timezone.now)
    changed_at = models.DateTimeField(_("变动于"), default=timezone.now)

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = _("报名")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["shift", "volunteer"], condition=Q(state__in=LIVE), name="sign_up_once"),
            # Queues are closed up through negative numbers: a unique index looks at every row at once.
            models.UniqueConstraint(fields=["shift", "position"], condition=_QUEUED, name="sign_up_queue"),
            models.CheckConstraint(
                condition=(_QUEUED & Q(position__isnull=False)) | (~_QUEUED & Q(position__isnull=True)),
                name="sign_up_position",
            ),
            models.CheckConstraint(condition=Q(party_size__gte=1), name="sign_up_party"),
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} · {self.shift}"

    @property
    def is_waiting(self) -> bool:
        return self.state == SignUpState.WAITING

    @property
    def is_live(self) -> bool:
        return self.state in LIVE
