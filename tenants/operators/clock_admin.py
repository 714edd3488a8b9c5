"""Background tasks, the clock and the workers in the operators' admin: to look at, and to try again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

from tenants.models import ClockJob, Worker
from tenants.operators.site import operators
from tenants.tasks import ATTEMPT, SCHEMA
from tenants.work import retry_task


class LookOnly(admin.ModelAdmin):
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DBTaskResult, site=operators)
class TaskAdmin(LookOnly):
    """Failed tasks can be put back into the queue by whoever may see them and is an operator."""

    list_display = ["short_name", "schema", "status", "attempt", "enqueued_at", "finished_at", "error"]
    list_filter = ["status", "task_path"]
    ordering = ["-enqueued_at"]
    search_fields = ["task_path", "args_kwargs"]
    actions = ["retry"]
    list_per_page = 50
    fields = [
        "task_path", "schema", "status", "attempt", "arguments", "enqueued_at", "run_at", "started_at", "finished_at",
        "error", "formatted_traceback",
    ]  # fmt: skip

    @admin.action(description=_("重新运行选中的失败任务"), permissions=["view"])
    def retry(self, request: HttpRequest, queryset: QuerySet[DBTaskResult]) -> None:
        count = sum(retry_task(row) for row in queryset.filter(status="FAILED"))
        if count:
            text = ngettext("%d个任务已重新排队。", "%d个任务已重新排队。", count) % count
            messages.success(request, text)
        else:
            messages.warning(request, gettext("选中的任务里没有失败的，没有要重新运行的。"))

    @admin.display(description=_("任务"), ordering="task_path")
    def short_name(self, row: DBTaskResult) -> str:
        return ".".join(row.task_path.split(".")[-3:])

    @admin.display(description=_("站点"))
    def schema(self, row: DBTaskResult) -> str:
        return str(row.args_kwargs["kwargs"].get(SCHEMA, "public"))

    @admin.display(description=_("第几次"))
    def attempt(self, row: DBTaskResult) -> int:
        return int(row.args_kwargs["kwargs"].get(ATTEMPT, 0)) + 1

    @admin.display(description=_("错误"))
    def error(self, row: DBTaskResult) -> str:
        return row.exception_class_path.rsplit(".", 1)[-1]

    @admin.display(description=_("参数"))
    def arguments(self, row: DBTaskResult) -> str:
        named = {name: value for name, value in row.args_kwargs["kwargs"].items() if name not in {SCHEMA, ATTEMPT}}
        return f"{row.args_kwargs['args']} {named}"

    @admin.display(description=_("不早于"))
    def run_at(self, row: DBTaskResult) -> Any:
        return None if row.run_after == get_date_max() else row.run_after

    @admin.display(description=_("错误经过"))
    def formatted_traceback(self, row: DBTaskResult) -> str:
        return format_html("<pre>{}</pre>", row.traceback) if row.traceback else "—"


@admin.register(ClockJob, site=operators)
class ClockJobAdmin(LookOnly):
    list_display = ["name", "last_run_at", "seconds", "error"]


@admin.register(Worker, site=operators)
class WorkerAdmin(LookOnly):
    list_display = ["worker_id", "host", "started_at", "beat_at"]
