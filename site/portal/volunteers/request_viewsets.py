"""Certificates that were asked for or contested, in Wagtail's admin: read there, decided on pages of their own."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from portal.core.columns import DayColumn
from portal.core.reading import ReadingIndex, ReadingViewSet
from portal.volunteers.domain.approval import wish_of
from portal.volunteers.enums import CorrectionState, RequestState
from portal.volunteers.models import CertificateRequest, CorrectionRequest


class RequestFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=RequestState.choices)
    asked_at = django_filters.DateFromToRangeFilter(label=_("申请时间"), widget=DateRangePickerWidget)

    class Meta:
        model = CertificateRequest
        fields: list[str] = []


class RequestIndex(ReadingIndex):
    page_url_name = "certificates_staff:request"
    export_filename = "certificate-requests"

    def get_base_queryset(self) -> QuerySet[CertificateRequest]:
        return CertificateRequest.objects.select_related(
            "volunteer__user", "project", "organiser", "body", "decided_by", "certificate", "replaces"
        )

    def get_list_more_buttons(self, instance: CertificateRequest) -> list[Any]:
        url = reverse("certificates_staff:request", args=[instance.pk])
        return [Button(_("核对"), url=url, icon_name="view", priority=5)]


def _what(row: CertificateRequest) -> str:
    return wish_of(row).scope.words


class RequestViewSet(ReadingViewSet):
    """证明申请."""

    model = CertificateRequest
    icon = "mail"
    menu_label = _("证明申请")
    index_view_class = RequestIndex
    filterset_class = RequestFilterSet
    search_fields = ["volunteer__number"]
    list_display = [
        "volunteer",
        Column("what", label=_("证明哪些服务"), accessor=_what),
        Column("body", label=_("代为申请的单位"), accessor=lambda row: row.body.name if row.body else ""),
        DateColumn("asked_at", label=_("申请时间"), sort_key="asked_at"),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("number", label=_("证书"), accessor=lambda row: row.certificate.number if row.certificate else ""),
        Column("decided_by", label=_("决定人"), accessor=lambda row: row.decided_by.name if row.decided_by else ""),
    ]
    list_export = [
        "volunteer.number", "volunteer.masked_name", "asked_at", "get_state_display", "decided_at", "note",
    ]  # fmt: skip
    export_headings = {
        "volunteer.number": _("志愿者编号"),
        "volunteer.masked_name": _("姓名（遮盖）"),
        "get_state_display": _("状态"),
    }


class CorrectionFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=CorrectionState.choices)
    due_on = django_filters.DateFromToRangeFilter(label=_("答复期限"), widget=DateRangePickerWidget)

    class Meta:
        model = CorrectionRequest
        fields: list[str] = []


class CorrectionIndex(ReadingIndex):
    page_url_name = "certificates_staff:correction"
    export_filename = "correction-requests"

    def get_base_queryset(self) -> QuerySet[CorrectionRequest]:
        return CorrectionRequest.objects.select_related("volunteer__user", "certificate", "answered_by")

    def get_list_more_buttons(self, instance: CorrectionRequest) -> list[Any]:
        url = reverse("certificates_staff:correction", args=[instance.pk])
        return [Button(_("答复"), url=url, icon_name="view", priority=5)]


def _answered_by(row: CorrectionRequest) -> str:
    """The officer; whoever took it back is the holder, whose name is shown to nobody here."""
    return row.answered_by.name if row.answered_by and row.state != CorrectionState.WITHDRAWN else ""


class CorrectionRequestViewSet(ReadingViewSet):
    """更正申请."""

    model = CorrectionRequest
    icon = "warning"
    menu_label = _("更正申请")
    index_view_class = CorrectionIndex
    filterset_class = CorrectionFilterSet
    search_fields = ["certificate__number", "volunteer__number"]
    list_display = [
        "number",
        Column("volunteer", label=_("志愿者"), sort_key="volunteer"),
        Column("about", label=_("哪里不对"), accessor="get_about_display"),
        "claim",
        DayColumn("due", label=_("答复期限"), sort_key="due_on"),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("answered_by", label=_("答复人"), accessor=_answered_by),
    ]
    list_export = [
        "number", "volunteer.number", "get_about_display", "asked_at", "due", "get_state_display",
        "answered_at", "answer",
    ]  # fmt: skip
    export_headings = {
        "number": _("证书"),
        "volunteer.number": _("志愿者编号"),
        "get_about_display": _("哪里不对"),
        "due": _("答复期限"),
        "get_state_display": _("状态"),
    }
