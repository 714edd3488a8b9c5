"""Entries of the contact directory (对接名录): who answers for what, at which office telephone."""

import datetime as dt
from contextlib import suppress
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from portal.core import phones
from portal.core.models import Located, position_constraint
from portal.directory.enums import EntryKind


class DirectoryEntry(
    Located, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model
):
    """One body with its contact, as it agreed to be published (Tianjin seed 四(二))."""

    kind = models.CharField(_("类别"), max_length=20, choices=EntryKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    division = models.ForeignKey(
        "core.Division", models.PROTECT, related_name="directory_entries", verbose_name=_("所在区划")
    )
    department = models.CharField(_("责任部门"), max_length=60, blank=True, help_text=_("如 养老服务科、居民委员会。"))
    contact = models.CharField(
        _("联系人"),
        max_length=30,
        help_text=_("照本人同意公开的写法，如 对接专员、王主任。不要写身份证号和私人手机号。"),
    )
    phone = models.CharField(
        _("办公电话"),
        max_length=30,
        validators=[phones.validate_phone],
        help_text=_("座机、服务热线或值班手机，如 022-55550201、022-55550201转12、12349。"),
    )
    hours = models.CharField(_("接听时间"), max_length=60, blank=True, help_text=_("如 工作日 9:00—17:00。"))
    address = models.CharField(_("地址"), max_length=120, blank=True)
    offers = models.CharField(
        _("能对接什么"), max_length=120, blank=True, help_text=_("如 可接待30人；周三、周六下午。")
    )
    last_checked = models.DateField(
        _("核对日期"), default=timezone.localdate, help_text=_("最近一次打通电话、核对无误的日期。")
    )
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="directory_entry")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="directory_entry",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("名录条目")
        verbose_name_plural = _("对接名录")
        ordering = ["division__code", "kind", "name"]
        constraints = [
            position_constraint("directoryentry_position"),
            models.UniqueConstraint(
                fields=["division", "kind", "name"],
                name="directoryentry_once",
                violation_error_message=_("这个区划里已经有同名同类的条目，请直接改那一条。"),
            ),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="directoryentry_kind"),
            models.CheckConstraint(
                condition=Q(phone__regex=r"^[0-9]{3,4}(-?[0-9]{1,8})?(转[0-9]{1,6})?$|^[0-9]{5,11}$"),
                name="directoryentry_phone",
                violation_error_message=_("电话的写法不对，如 022-55550201。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:entry", args=[self.pk])

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def dial(self) -> str:
        """The `tel:` address."""
        return phones.dial(self.phone)

    @property
    def spaced_phone(self) -> str:
        return phones.spaced(self.phone)

    def is_stale(self, since: dt.date) -> bool:
        """Whether it was last checked before `since` (`queries.stale_before`)."""
        return self.last_checked < since

    def clean_fields(self, exclude: Any = None) -> None:
        """Store the number in one way before its shape is checked."""
        if self.phone:
            with suppress(ValidationError):  # the field's own validator says it, beside the field
                self.phone = phones.clean_phone(self.phone)
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        if self.last_checked and self.last_checked > timezone.localdate():
            raise ValidationError({"last_checked": _("核对日期不能在今天以后。")})

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "directory/entry.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from portal.directory.queries import stale_before

        return {"request": request, "entry": self, "stale_before": stale_before(timezone.localdate())}
