"""Confirming many records at once, each by the rule of one."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from portal.core.errors import DomainError
from portal.volunteers.domain.records import confirm_record
from portal.volunteers.enums import TO_CONFIRM
from portal.volunteers.models import ServiceRecord
from portal.volunteers.rules import may_confirm


class ConfirmRecords(SnippetBulkAction):
    """Those that this person may not confirm are shown and left."""

    models = [ServiceRecord]
    display_name = _("确认")
    action_type = "confirm"
    aria_label = _("确认选中的服务记录")
    template_name = "volunteers/admin/confirm_records.html"
    action_priority = 10

    def check_perm(self, obj: ServiceRecord) -> bool:
        return obj.state in TO_CONFIRM and may_confirm(self.request.user, obj)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user}

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Iterable[Any]) -> list[ServiceRecord]:
        rows = ServiceRecord.objects.select_related("volunteer__user", "project")
        return list(rows.filter(pk__in=[key for key in object_ids if str(key).isdigit()]))

    @classmethod
    def execute_action(cls, objects: Iterable[ServiceRecord], user: Any = None, **_: Any) -> tuple[int, int]:
        """Each in its own transaction: what somebody else did meanwhile stops only that one."""
        confirmed = 0
        for record in objects:
            try:
                confirm_record(record, by=user)
                confirmed += 1
            except DomainError:
                continue
        return confirmed, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext("已确认%(count)s笔服务记录。", "已确认%(count)s笔服务记录。", num_parent_objects)
        return text % {"count": num_parent_objects}
