"""Certificates and their log in Wagtail's admin: read there, changed by their verbs alone."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from certificates.enums import Action, Actor, Kind, State
from certificates.models import Certificate, LogEntry
from certificates.wording import hours, period
from portal.core.columns import DayColumn
from portal.core.reading import ReadingIndex, ReadingViewSet
from portal.volunteers.log_words import told, who, with_names


class CertificateFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=State.choices)
    kind = django_filters.MultipleChoiceFilter(label=_("种类"), choices=Kind.choices)
    issued_on = django_filters.DateFromToRangeFilter(label=_("出具日期"), widget=DateRangePickerWidget)
    outdated = django_filters.BooleanFilter(
        label=_("要换新"), field_name="outdated_at", lookup_expr="isnull", exclude=True
    )
    waiting = django_filters.BooleanFilter(label=_("等着确认撤销"), method="with_proposal")

    class Meta:
        model = Certificate
        fields: list[str] = []

    def with_proposal(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        proposed = {"revocations__state": "proposed"}
        return found.filter(**proposed) if wanted else found.exclude(**proposed)


class CertificateIndex(ReadingIndex):
    page_url_name = "certificates_staff:certificate"
    export_filename = "certificates"

    def get_base_queryset(self) -> QuerySet[Certificate]:
        return Certificate.objects.select_related("replaces", "replaced_by")

    def get_list_more_buttons(self, instance: Certificate) -> list[Any]:
        url = reverse("certificates_staff:certificate", args=[instance.pk])
        return [Button(_("看来龙去脉、处理"), url=url, icon_name="history", priority=5)]


def _period(row: Certificate) -> str:
    return period(row.facts.period_start, row.facts.period_end)


def _replaced_by(row: Certificate) -> str:
    newer = getattr(row, "replaced_by", None)
    return newer.number if newer else ""


class CertificateViewSet(ReadingViewSet):
    """证书."""

    model = Certificate
    icon = "doc-full"
    menu_label = _("证书")
    index_view_class = CertificateIndex
    filterset_class = CertificateFilterSet
    search_fields = ["number"]
    list_display = [
        "number",
        Column("kind", label=_("种类"), accessor="get_kind_display", sort_key="kind"),
        Column("holder", label=_("姓名"), accessor=lambda row: row.facts.holder_masked),
        Column("hours", label=_("小时"), accessor=lambda row: hours(row.facts.minutes)),
        Column("period", label=_("服务期间"), accessor=_period),
        DayColumn("issued_on", label=_("出具日期"), sort_key="issued_on"),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("replaced_by", label=_("换成"), accessor=_replaced_by),
    ]  # fmt: skip
    list_export = [
        "number", "get_kind_display", "facts.holder_masked", "facts.minutes", "facts.period_start", "facts.period_end",
        "facts.issuer", "issued_on", "get_state_display", "ended_at", "get_revoked_ground_display", "pdf_sha256",
        "design_version", "template_version",
    ]  # fmt: skip
    export_headings = {
        "get_kind_display": _("种类"),
        "facts.holder_masked": _("姓名（遮盖）"),
        "facts.minutes": _("分钟"),
        "facts.period_start": _("服务期间起"),
        "facts.period_end": _("服务期间止"),
        "facts.issuer": _("出具单位"),
        "get_state_display": _("状态"),
        "get_revoked_ground_display": _("撤销事由"),
    }


class LogFilterSet(WagtailFilterSet):
    action = django_filters.MultipleChoiceFilter(label=_("事项"), choices=Action.choices)
    actor = django_filters.MultipleChoiceFilter(label=_("谁办的"), choices=Actor.choices)
    at = django_filters.DateFromToRangeFilter(label=_("时间"), widget=DateRangePickerWidget)

    class Meta:
        model = LogEntry
        fields: list[str] = []


class LogIndex(ReadingIndex):
    export_filename = "certificate-log"

    def get_base_queryset(self) -> QuerySet[LogEntry]:
        return with_names(LogEntry.objects.all())

    def get_edit_url(self, instance: Any) -> str | None:
        """An entry has no page of its own; what it tells of has."""
        if instance.certificate_pk is None:
            return None
        return reverse("certificates_staff:certificate", args=[instance.certificate_pk])


class LogViewSet(ReadingViewSet):
    """证书日志; the export holds all that an auditor needs to recompute the chain."""

    model = LogEntry
    icon = "list-ol"
    menu_label = _("证书日志")
    index_view_class = LogIndex
    filterset_class = LogFilterSet
    search_fields = ["number"]
    list_per_page = 100
    ordering = ["-sequence"]
    list_display = [
        "sequence",
        Column("at", label=_("时间"), accessor=lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"),
        Column("action", label=_("事项"), accessor="get_action_display"),
        Column("number", label=_("证书编号")),
        Column("actor", label=_("谁办的"), accessor=who),
        Column("detail", label=_("细节"), accessor=told),
    ]
    list_export = ["sequence", "canonical", "previous", "digest", "get_action_display", "number"]
    export_headings = {"canonical": _("摘要所依据的原文（JSON）"), "get_action_display": _("事项")}
