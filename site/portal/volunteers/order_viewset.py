"""Certificates that schools and organisations asked for, in Wagtail's admin: read there, asked for at the desk."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from portal.core.reading import ReadingIndex, ReadingViewSet
from portal.organisations.models import Organisation
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import LineOutcome
from portal.volunteers.models import Order
from portal.volunteers.queries import became, with_outcomes

UNDER_WAY, DONE = "under_way", "done"
_SETTLED = {outcome.value: outcome.label for outcome in LineOutcome if outcome != LineOutcome.WAITING}


class OrderFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[(UNDER_WAY, _("正在办")), (DONE, _("办完了"))], method="in_state"
    )
    outcome = django_filters.MultipleChoiceFilter(
        label=_("有人的结果是"), choices=LineOutcome.choices, method="with_somebody"
    )
    organisation = django_filters.ModelChoiceFilter(
        label=_("代为申请的单位"), queryset=Organisation.objects.filter(orders__isnull=False).distinct()
    )
    asked_at = django_filters.DateFromToRangeFilter(label=_("申请时间"), widget=DateRangePickerWidget)

    class Meta:
        model = Order
        fields: list[str] = []

    def in_state(self, found: QuerySet[Order], name: str, state: str) -> QuerySet[Order]:
        return found.filter(finished_at__isnull=state == UNDER_WAY)

    def with_somebody(self, found: QuerySet[Order], name: str, outcomes: list[str]) -> QuerySet[Order]:
        if not outcomes:
            return found
        wanted = reduce(or_, (became(LineOutcome(outcome), "lines__") for outcome in outcomes))
        # By key: a join here would leave the other lines out of the counts.
        return found.filter(pk__in=Order.objects.filter(wanted).values("pk"))


class OrderIndex(ReadingIndex):
    page_url_name = "certificates_staff:order"
    export_filename = "certificate-orders"

    def get_base_queryset(self) -> QuerySet[Order]:
        return with_outcomes(Order.objects.select_related("organisation", "asked_by"))

    def get_list_more_buttons(self, instance: Order) -> list[Any]:
        url = reverse("certificates_staff:order", args=[instance.pk])
        return [Button(_("看每个人的结果"), url=url, icon_name="view", priority=5)]


def _days(row: Order) -> str:
    return Scope(start=row.start, end=row.end).words


def _outcomes(row: Any) -> str:
    return gettext("，").join(f"{label} {count}" for name, label in _SETTLED.items() if (count := getattr(row, name)))


def _state(row: Any) -> str:
    return gettext("办完了") if row.finished_at else gettext("正在办，还有%(count)s人") % {"count": row.waiting}


class OrderViewSet(ReadingViewSet):
    """批量申请证明."""

    model = Order
    icon = "group"
    menu_label = _("批量申请证明")
    index_view_class = OrderIndex
    filterset_class = OrderFilterSet
    search_fields = ["organisation__name", "asked_by__name"]
    list_display = [
        "organisation",
        Column("days", label=_("证明哪些服务"), accessor=_days),
        Column("people", label=_("人数"), sort_key="people"),
        Column("outcomes", label=pgettext_lazy("outcome", "结果"), accessor=_outcomes),
        Column("state", label=_("状态"), accessor=_state, sort_key="finished_at"),
        Column("asked_by", label=_("申请人"), accessor="asked_by.name"),
        DateColumn("asked_at", label=_("申请时间"), sort_key="asked_at"),
    ]
    list_export = [
        "organisation", "start", "end", "people", *_SETTLED, "waiting", "asked_by.name", "asked_at", "finished_at",
    ]  # fmt: skip
    export_headings = {
        "people": _("人数"),
        **_SETTLED,
        "waiting": LineOutcome.WAITING.label,
        "asked_by.name": _("申请人"),
    }
