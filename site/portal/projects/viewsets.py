"""Projects in the Wagtail admin: list, filters, export, form, history, and the way to calling them off."""

from typing import Any

import django_filters
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, InspectView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.enums import ServiceKind
from portal.core.exporting import SafeExportMixin
from portal.core.models import Brand
from portal.projects import rules, slots, staff_views
from portal.projects.detail import labels
from portal.projects.enums import PUBLISHED, ProjectState
from portal.projects.filters import prefix_of
from portal.projects.models import Project, Shift
from portal.projects.panels import project_panels
from portal.projects.places import places_around
from portal.projects.status import status_of, with_status

_PRIMARY = {ProjectState.RECRUITING, ProjectState.FULL, ProjectState.RUNNING}


class ProjectFilterSet(WagtailFilterSet):
    """By state at this moment, brand, place, kind and the days of the shifts."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("状态"), choices=ProjectState.choices, method="of_state")
    brand = django_filters.ModelChoiceFilter(label=gettext_lazy("品牌"), queryset=Brand.objects.filter(is_active=True))
    division = django_filters.ChoiceFilter(label=gettext_lazy("在哪里"), choices=(), method="within")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("做什么"), choices=ServiceKind.choices, method="of_kind")
    date = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("有班次的日子"), widget=DateRangePickerWidget, method="between"
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str((self.data or {}).get("division", ""))[:12]
        places = places_around(chosen if chosen.isdigit() else "")
        self.form.fields["division"].choices = [(place.code, "　" * place.depth + place.name) for place in places]

    def of_state(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        return projects.filter(status=value)

    def within(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        return projects.filter(division__code__startswith=prefix_of(value))

    def of_kind(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        return projects.filter(service_kinds__contains=[value])

    def between(self, projects: QuerySet[Project], name: str, value: slice) -> QuerySet[Project]:
        days = Q()
        if value.start:
            days &= Q(starts_at__gte=value.start)
        if value.stop:
            days &= Q(starts_at__lte=value.stop)
        return projects.filter(pk__in=Shift.objects.filter(days).values("project"))


def rows(request: Any = None) -> QuerySet[Project]:
    """What the columns need, without a query for each row."""
    now = timezone.now()
    held = Shift.objects.filter(project=OuterRef("pk"), cancelled_at=None).order_by()
    coming = held.filter(starts_at__gt=now)
    first = coming.order_by("starts_at").values("starts_at")[:1]
    sums = coming.values("project").annotate(places=Sum("places"), taken=Sum("taken"))
    return with_status(Project.objects.select_related("brand", "division", "organiser"), now).annotate(
        next_shift=Subquery(first), places=Subquery(sums.values("places")), taken=Subquery(sums.values("taken"))
    )


class ProjectIndexView(FindsWords, SafeExportMixin, IndexView):
    export_filename = "projects"
    default_ordering = F("next_shift").asc(nulls_last=True)

    def get_list_more_buttons(self, instance: Project) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *_own_buttons(instance, self.request.user)]


class ProjectEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *_own_buttons(self.object, self.request.user)]


class ProjectInspectView(InspectView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *_own_buttons(self.object, self.request.user)]

    def get_state_display_value(self) -> str:
        status = status_of(self.object.state, Shift.objects.filter(project=self.object), timezone.now())
        return str(ProjectState(status).label)

    def get_service_kinds_display_value(self) -> str:
        return labels(ServiceKind, self.object.service_kinds)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shifts = list(Shift.objects.filter(project=self.object))
        may_cancel = rules.may_cancel(self.request.user) and self.object.state in PUBLISHED
        return {
            **context,
            "shifts": shifts,
            "cancellable": {s.pk for s in shifts if s.is_open()} if may_cancel else set(),
            "links": slots.staff_links(self.object, self.request.user),
        }


def _own_buttons(project: Project, user: Any) -> list[Button]:
    buttons = []
    if project.live:
        buttons.append(Button(_("在网站上看"), url=project.get_absolute_url(), icon_name="view", priority=5))
    buttons += [
        Button(label, url=url, icon_name="list-ul", priority=40 + n)
        for n, (label, url) in enumerate(slots.staff_links(project, user))
    ]
    if rules.may_draft(user):
        url = reverse("projects_staff:copy", args=[project.pk])
        buttons.append(Button(_("再办一次"), url=url, icon_name="copy", priority=60))
    if rules.may_cancel(user) and project.state in PUBLISHED:
        url = reverse("projects_staff:cancel", args=[project.pk])
        buttons.append(Button(_("取消项目"), url=url, icon_name="cross", classname="no", priority=70))
    return buttons


def _places(project: Any) -> str:
    return f"{project.taken}/{project.places}" if project.places else "—"


def _next(project: Any) -> str:
    return f"{timezone.localtime(project.next_shift):%Y-%m-%d %H:%M}" if project.next_shift else "—"


def _status(project: Any) -> str:
    return str(ProjectState(project.status).label)


class ProjectViewSet(SnippetViewSet):
    """志愿服务项目."""

    model = Project
    icon = "group"
    menu_label = gettext_lazy("志愿服务项目")
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False  # ours moves the shifts too
    inspect_view_enabled = True
    inspect_template_name = "projects/admin/inspect.html"
    inspect_view_fields = [
        "number", "title", "summary", "brand", "service_kinds", "division", "venue", "address",
        "organiser", "in_charge", "contact_name", "contact_phone", "state", "cancelled_reason",
    ]  # fmt: skip
    index_view_class = ProjectIndexView
    edit_view_class = ProjectEditView
    inspect_view_class = ProjectInspectView
    filterset_class = ProjectFilterSet
    search_fields = ["words", "number"]
    list_per_page = 50
    list_display = [
        "title",
        Column("number", label=gettext_lazy("编号"), sort_key="number"),
        Column("brand", label=gettext_lazy("品牌")),
        Column("division", label=gettext_lazy("所在区划")),
        Column("next_shift", label=gettext_lazy("下一班"), accessor=_next, sort_key="next_shift"),
        Column("places", label=gettext_lazy("以后各班 已报/名额"), accessor=_places),
        StatusTagColumn(
            "status", label=gettext_lazy("状态"), accessor=_status, primary=lambda project: project.status in _PRIMARY
        ),
    ]
    list_export = [
        "number", "title", "summary", "brand.name", "division.name", "venue", "address", "organiser.name",
        "contact_name", "contact_phone", "next_shift", "taken", "places", "status", "cancelled_reason",
    ]  # fmt: skip
    export_headings = {
        "brand.name": gettext_lazy("品牌"),
        "division.name": gettext_lazy("所在区划"),
        "organiser.name": gettext_lazy("主办组织"),
        "next_shift": gettext_lazy("下一班"),
        "taken": gettext_lazy("以后各班已报人数"),
        "places": gettext_lazy("以后各班名额"),
        "status": gettext_lazy("状态"),
    }

    def get_queryset(self, request: Any) -> QuerySet[Project]:
        return rows(request)

    def get_edit_handler(self) -> Any:
        return project_panels().bind_to_model(self.model)


staff_urls = [
    path("projects/<int:pk>/cancel/", staff_views.cancel, name="cancel"),
    path("projects/<int:pk>/again/", staff_views.copy, name="copy"),
    path("projects/shifts/<int:pk>/cancel/", staff_views.cancel_one_shift, name="cancel_shift"),
]
