"""Star applications and rounds of awards in Wagtail's admin: listed there, changed by their verbs alone."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from certificates.enums import STARS
from portal.core.reading import ReadingIndex, ReadingViewSet
from portal.honours.enums import RoundOccasion, RoundState, StarState
from portal.honours.models import Round, StarApplication
from portal.honours.queries import with_counts
from portal.volunteers.domain.minutes import hours


class StarFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=StarState.choices)
    level = django_filters.MultipleChoiceFilter(label=_("星级"), choices=list(enumerate(STARS, start=1)))
    due = django_filters.BooleanFilter(label=_("公示期满，等着评定"), method="only_due")

    class Meta:
        model = StarApplication
        fields: list[str] = []

    def only_due(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        over = {"state": StarState.PUBLICITY, "publicity_until__lt": timezone.localdate()}
        return found.filter(**over) if wanted else found.exclude(**over)


class StarIndex(ReadingIndex):
    page_url_name = "honours_staff:star"
    export_filename = "stars"

    def get_base_queryset(self) -> QuerySet[StarApplication]:
        return StarApplication.objects.select_related("volunteer__user", "certificate")

    def get_list_more_buttons(self, instance: StarApplication) -> list[Any]:
        url = reverse("honours_staff:star", args=[instance.pk])
        return [Button(_("核对、评定"), url=url, icon_name="view", priority=5)]


class StarViewSet(ReadingViewSet):
    """星级申请."""

    model = StarApplication
    icon = "pick"
    menu_label = _("星级申请")
    index_view_class = StarIndex
    filterset_class = StarFilterSet
    search_fields = ["volunteer__number", "certificate__number"]
    list_display = [
        "volunteer",
        Column("level", label=_("星级"), accessor="star", sort_key="level"),
        Column("minutes", label=_("已确认小时"), accessor=lambda row: hours(row.minutes), sort_key="minutes"),
        DateColumn("applied_at", label=_("申请于"), sort_key="applied_at"),
        Column("publicity_until", label=_("公示到"), sort_key="publicity_until"),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("certificate", label=_("证书")),
    ]
    list_export = [
        "volunteer.number", "volunteer.masked_name", "star", "minutes", "needed_minutes", "applied_at",
        "publicity_until", "get_state_display", "note", "certificate",
    ]  # fmt: skip
    export_headings = {
        "volunteer.number": _("志愿者编号"),
        "volunteer.masked_name": _("姓名（遮盖）"),
        "star": _("星级"),
        "get_state_display": _("状态"),
    }


class RoundFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=RoundState.choices)
    occasion = django_filters.MultipleChoiceFilter(label=_("颁发事由"), choices=RoundOccasion.choices)
    end = django_filters.DateFromToRangeFilter(label=_("期间止"), widget=DateRangePickerWidget)

    class Meta:
        model = Round
        fields: list[str] = []


class RoundIndex(ReadingIndex):
    page_url_name = "honours_staff:round"
    export_filename = "award-rounds"

    def get_base_queryset(self) -> QuerySet[Round]:
        return with_counts(Round.objects.select_related("made_by"))

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("新的一批"), url=reverse("honours_staff:round_new"), icon_name="plus")]

    def get_list_more_buttons(self, instance: Round) -> list[Any]:
        url = reverse("honours_staff:round", args=[instance.pk])
        return [Button(_("看名单、处理"), url=url, icon_name="view", priority=5)]


class RoundViewSet(ReadingViewSet):
    """授予批次."""

    model = Round
    icon = "list-ul"
    menu_label = _("授予批次")
    index_view_class = RoundIndex
    filterset_class = RoundFilterSet
    search_fields = ["title"]
    list_display = [
        "title",
        Column("occasion", label=_("颁发事由"), accessor="get_occasion_display", sort_key="occasion"),
        Column("start", label=_("从"), sort_key="start"),
        Column("end", label=_("到"), sort_key="end"),
        Column("chosen", label=_("张数"), sort_key="chosen"),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("made_by", label=_("经办人"), accessor="made_by.name"),
    ]
    list_export = [
        "title", "get_occasion_display", "start", "end", "least_minutes", "least_days", "chosen", "get_state_display",
        "made_by.name",
    ]  # fmt: skip
    export_headings = {
        "get_occasion_display": _("颁发事由"),
        "get_state_display": _("状态"),
        "chosen": _("张数"),
        "made_by.name": _("经办人"),
    }


class HonoursGroup(SnippetViewSetGroup):
    """荣誉证书 in the menu, below the volunteers."""

    items = (StarViewSet, RoundViewSet)
    menu_label = _("荣誉证书")
    menu_icon = "pick"
    menu_name = "honours"
    menu_order = 125
