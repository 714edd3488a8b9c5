"""Calls in the Wagtail admin."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, TitleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.columns import DayColumn
from portal.ventures import standard
from portal.ventures.enums import CallStage
from portal.ventures.models import Call, Criterion, Payment
from portal.ventures.panels import CALL
from portal.ventures.queries import at_stage


class CallFilterSet(WagtailFilterSet):
    """By stage, brand and day of the announcement."""

    at = django_filters.ChoiceFilter(label=_("进行到哪一步"), choices=CallStage.choices, method="filter_stage")

    class Meta:
        model = Call
        fields = ["brand", "published_on"]

    def filter_stage(self, found: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        there = at_stage(Call.objects.all(), [CallStage(value)], timezone.now())
        return found.filter(pk__in=[call.pk for call in there])


class CallCreateView(CreateView):
    """A fresh call comes with the standard rubric and payments."""

    def get_initial_form_instance(self) -> Call:
        call = Call()
        call.criteria = [Criterion(name=line.name, points=line.value, note=line.note) for line in standard.rubric()]
        call.payments = [Payment(name=line.name, share=line.value, condition=line.note) for line in standard.payments()]
        return call


class CallIndexView(FindsWords, IndexView):
    """The list."""


class CallViewSet(SnippetViewSet):
    """征集公告: list, form, history, preview, workflow."""

    model = Call
    icon = "clipboard-list"
    menu_label = _("公益创投")
    menu_order = 230
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = CallCreateView
    edit_handler = CALL
    index_view_class = CallIndexView
    filterset_class = CallFilterSet
    search_fields = ["title", "number", "organiser", "summary"]
    ordering = ["-published_on", "-pk"]
    list_display = [
        TitleColumn("title", label=_("标题"), url_name="wagtailsnippets_ventures_call:edit", sort_key="title"),
        Column("number", label=_("文号")),
        Column("stage.label", label=_("进行到哪一步")),
        DayColumn("opens_at", label=_("开始接收"), sort_key="opens_at"),
        DayColumn("closes_at", label=_("停止接收"), sort_key="closes_at"),
        LiveStatusTagColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Call.objects.select_related("brand")


register_snippet(CallViewSet)
