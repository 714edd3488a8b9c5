"""The second engine in the operators' admin: whether it answers, how far it is behind, what it refused."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from search.elastic.client import configured
from search.elastic.state import state
from search.models import Change, EngineState
from tenants.operators import operators
from tenants.operators.clock_admin import LookOnly


@admin.register(EngineState, site=operators)
class EngineAdmin(LookOnly):
    """One row, of what all processes have met."""

    list_display = ["name", "answers", "search_failing_since", "fallbacks", "waiting", "fed_at", "feed_failing_since"]
    fields = [
        "name", "answers", "search_failing_since", "search_error", "fallbacks", "waiting", "refused", "fed_at",
        "feed_failing_since", "feed_error", "rebuild_beat_at", "rebuild_done",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[EngineState]:
        if configured():
            state()
        return super().get_queryset(request)

    @admin.display(description=_("在回答搜索"), boolean=True)
    def answers(self, row: EngineState) -> bool:
        return configured() and row.search_failing_since is None

    @admin.display(description=_("待同步"))
    def waiting(self, row: EngineState) -> int:
        return Change.objects.count()

    @admin.display(description=_("被拒绝的条目"))
    def refused(self, row: EngineState) -> str:
        rows = Change.objects.filter(attempts__gt=0).order_by("-attempts")[:20]
        return "\n".join(f"{each.tenant_id}/{each.kind}/{each.source}/{each.part} {each.error}" for each in rows) or "—"
