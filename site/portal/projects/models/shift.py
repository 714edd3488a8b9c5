"""One occasion to come: a time, a number of places, and how many of them are taken."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

#: Written by the verbs of sign-ups alone, with `update`, under a lock on the row.
COUNTERS = ("taken", "waiting")
#: Written by `cancel_shift` alone.
CANCELLATION = ("cancelled_at", "cancelled_reason")


class Shift(models.Model):
    """A shift (班次) of a project; `taken` and `waiting` count people, not sign-ups."""

    project = ParentalKey("projects.Project", on_delete=models.CASCADE, related_name="shifts", verbose_name=_("项目"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    places = models.PositiveSmallIntegerField(
        _("名额"), default=4, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    note = models.CharField(_("这一班的要求"), max_length=60, blank=True, help_text=_("如 60至70岁优先"))
    taken = models.PositiveSmallIntegerField(_("已报名人数"), default=0, editable=False)
    waiting = models.PositiveSmallIntegerField(_("候补人数"), default=0, editable=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, editable=False)
    cancelled_reason = models.CharField(_("取消原因"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("班次")
        verbose_name_plural = _("班次")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=Q(places__gt=0), name="shift_places"),
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("places")), name="shift_taken"),
            models.CheckConstraint(condition=Q(waiting__gte=0), name="shift_waiting"),
        ]
        indexes = [models.Index(fields=["starts_at"], condition=Q(cancelled_at=None), name="shift_starts_at")]

    def __str__(self) -> str:
        start, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{start:%Y-%m-%d %H:%M}—{end:%H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what verbs own: a revision carries the counters of the day on which it was written."""
        if kwargs.get("update_fields") is None and self.pk is not None and not self._state.adding:
            if type(self)._base_manager.filter(pk=self.pk).exists():
                owned = {*COUNTERS, *CANCELLATION}
                kwargs["update_fields"] = [
                    field.name
                    for field in self._meta.concrete_fields
                    if not field.primary_key and field.name not in owned
                ]
            else:
                # Brought back by an old revision after it was deleted: nobody is signed up for it.
                self.taken = self.waiting = 0
        super().save(*args, **kwargs)

    @property
    def left(self) -> int:
        """Free places."""
        return max(self.places - self.taken, 0)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def has_begun(self, now: datetime | None = None) -> bool:
        return self.starts_at <= (now or timezone.now())

    def has_ended(self, now: datetime | None = None) -> bool:
        return self.ends_at <= (now or timezone.now())

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether one may still sign up or wait, as far as the shift itself goes."""
        return not self.is_cancelled and not self.has_begun(now)

    def is_in_use(self) -> bool:
        """Whether people are on it, or anything of an upper app refers to it: then it is cancelled, never deleted."""
        if self.taken or self.waiting:
            return True
        if self.pk is None:
            return False
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self.pk}).exists()
            for relation in self._meta.related_objects
        )

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("结束时间应晚于开始时间。")})
