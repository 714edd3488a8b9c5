"""Volunteers, sign-ups and service records in Wagtail's admin: masked, read there, changed by their verbs alone."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.core.columns import DayColumn
from portal.core.models import Division
from portal.core.reading import ReadingIndex, ReadingViewSet
from portal.organisations.models import Organisation
from portal.volunteers.certificate_viewsets import CertificateViewSet, LogViewSet
from portal.volunteers.design_viewset import DesignViewSet
from portal.volunteers.domain.minutes import hours
from portal.volunteers.enums import Grade, RecordState, SignUpState
from portal.volunteers.models import ServiceRecord, SignUp, Volunteer
from portal.volunteers.order_viewset import OrderViewSet
from portal.volunteers.queries import with_sums
from portal.volunteers.request_viewsets import CorrectionRequestViewSet, RequestViewSet
from portal.volunteers.rules import may_correct_person


class VolunteerFilterSet(WagtailFilterSet):
    division = django_filters.ModelChoiceFilter(
        label=_("所在地"), queryset=Division.objects.all(), method="within_division"
    )
    registered_at = django_filters.DateFromToRangeFilter(label=_("注册于"), widget=DateRangePickerWidget)

    class Meta:
        model = Volunteer
        fields: list[str] = []

    def within_division(self, found: QuerySet[Any], name: str, division: Division) -> QuerySet[Any]:
        return found.filter(division__code__startswith=division.prefix)


class VolunteerIndex(ReadingIndex):
    export_filename = "volunteers"

    def get_base_queryset(self) -> QuerySet[Volunteer]:
        return with_sums(Volunteer.objects.select_related("user", "division"))

    def get_list_more_buttons(self, instance: Volunteer) -> list[Any]:
        url = reverse("people_disclose", args=[instance.user_id])
        buttons = [Button(_("查看个人信息"), url=url, icon_name="view", priority=5)]
        if may_correct_person(self.request.user, instance):
            url = reverse("volunteers_staff:correct", args=[instance.pk])
            buttons.append(Button(_("更正姓名、出生日期"), url=url, icon_name="edit", priority=6))
        return buttons


class VolunteerViewSet(ReadingViewSet):
    """志愿者: masked; whoever must see more says why (accounts.disclose)."""

    model = Volunteer
    icon = "user"
    menu_label = _("志愿者")
    index_view_class = VolunteerIndex
    filterset_class = VolunteerFilterSet
    search_fields = ["number"]
    list_display = [
        "number",
        Column("masked_name", label=_("姓名")),
        Column("masked_mobile", label=_("手机号")),
        Column("masked_birth_date", label=_("出生")),
        Column("division", label=_("所在地"), sort_key="division__code"),
        Column("counted", label=_("已确认小时"), accessor=lambda row: hours(row.counted), sort_key="counted"),
        Column("times", label=_("次数"), sort_key="times"),
        DateColumn("registered_at", label=_("注册于"), sort_key="registered_at"),
    ]
    list_export = ["number", "masked_name", "division_name", "counted", "times", "registered_at"]
    export_headings = {
        "masked_name": _("姓名（遮盖）"),
        "division_name": _("所在地"),
        "counted": _("已确认分钟"),
        "times": _("次数"),
    }


class SignUpFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=SignUpState.choices)
    day = django_filters.DateFromToRangeFilter(
        label=_("班次日期"), field_name="shift__starts_at", widget=DateRangePickerWidget
    )
    organiser = django_filters.ModelChoiceFilter(
        label=_("主办组织"), field_name="shift__project__organiser", queryset=Organisation.objects.all()
    )

    class Meta:
        model = SignUp
        fields: list[str] = []


class SignUpIndex(ReadingIndex):
    export_filename = "sign-ups"

    def get_base_queryset(self) -> QuerySet[SignUp]:
        return SignUp.objects.select_related("volunteer__user", "shift__project")

    def get_list_more_buttons(self, instance: SignUp) -> list[Any]:
        if not instance.is_live or instance.shift.has_begun():
            return []
        url = reverse("volunteers:withdraw", args=[instance.pk])
        return [Button(_("取消这次报名"), url=url, icon_name="cross", priority=5)]


class SignUpViewSet(ReadingViewSet):
    """报名."""

    model = SignUp
    icon = "date"
    menu_label = _("报名")
    index_view_class = SignUpIndex
    filterset_class = SignUpFilterSet
    search_fields = ["volunteer__number", "shift__project__title", "shift__project__number"]
    list_display = [
        "shift",
        Column("project", label=_("项目"), accessor="shift.project.title"),
        Column("volunteer", label=_("志愿者")),
        Column("party_size", label=_("人数")),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("position", label=_("候补次序")),
        DateColumn("signed_up_at", label=_("报名于"), sort_key="signed_up_at"),
    ]
    list_export = [
        "shift.project.number", "shift.project.title", "shift.starts_at", "volunteer.number", "volunteer.masked_name",
        "party_size", "get_state_display", "position", "signed_up_at",
    ]  # fmt: skip
    export_headings = {
        "shift.project.number": _("项目编号"),
        "shift.project.title": _("项目"),
        "shift.starts_at": _("班次"),
        "volunteer.number": _("志愿者编号"),
        "volunteer.masked_name": _("姓名（遮盖）"),
        "get_state_display": _("状态"),
    }


class RecordFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("状态"), choices=RecordState.choices)
    grade = django_filters.MultipleChoiceFilter(label=_("怎么记的"), choices=Grade.choices)
    date = django_filters.DateFromToRangeFilter(label=_("日期"), widget=DateRangePickerWidget)
    organiser = django_filters.ModelChoiceFilter(
        label=_("主办组织"), field_name="project__organiser", queryset=Organisation.objects.all()
    )

    class Meta:
        model = ServiceRecord
        fields: list[str] = []


class RecordIndex(ReadingIndex):
    page_url_name = "volunteers:record"
    export_filename = "service-records"

    def get_base_queryset(self) -> QuerySet[ServiceRecord]:
        return ServiceRecord.objects.select_related("volunteer__user", "project", "entered_by", "confirmed_by")

    def get_list_more_buttons(self, instance: ServiceRecord) -> list[Any]:
        url = reverse("volunteers:record", args=[instance.pk])
        return [Button(_("看来龙去脉、处理"), url=url, icon_name="history", priority=5)]


class ServiceRecordViewSet(ReadingViewSet):
    """服务记录; confirmed together by a bulk action, each by its own rule."""

    model = ServiceRecord
    icon = "list-ol"
    menu_label = _("服务记录")
    index_view_class = RecordIndex
    filterset_class = RecordFilterSet
    search_fields = ["volunteer__number", "activity", "project__number"]
    list_display = [
        "activity",
        DayColumn("date", label=_("日期"), sort_key="date"),
        Column("volunteer", label=_("志愿者")),
        Column("minutes", label=_("小时"), accessor=lambda row: hours(row.minutes), sort_key="minutes"),
        Column("grade", label=_("怎么记的"), accessor="get_grade_display", sort_key="grade"),
        Column("state", label=_("状态"), accessor="get_state_display", sort_key="state"),
        Column("entered_by", label=_("记录人"), accessor="entered_by.name"),
        Column(
            "confirmed_by", label=_("确认人"), accessor=lambda row: row.confirmed_by.name if row.confirmed_by else ""
        ),
    ]
    list_export = [
        "date", "project.number", "activity", "place", "organiser", "volunteer.number", "volunteer.masked_name",
        "minutes_given", "minutes", "get_grade_display", "get_state_display", "reason",
    ]  # fmt: skip
    export_headings = {
        "project.number": _("项目编号"),
        "volunteer.number": _("志愿者编号"),
        "volunteer.masked_name": _("姓名（遮盖）"),
        "get_grade_display": _("怎么记的"),
        "get_state_display": _("状态"),
    }


class VolunteeringGroup(SnippetViewSetGroup):
    """志愿服务 in the menu, below the projects."""

    items = (
        VolunteerViewSet,
        SignUpViewSet,
        ServiceRecordViewSet,
        RequestViewSet,
        OrderViewSet,
        CorrectionRequestViewSet,
        CertificateViewSet,
        DesignViewSet,
        LogViewSet,
    )
    menu_label = _("志愿者与时长")
    menu_icon = "user"
    menu_name = "volunteering"
    menu_order = 120
