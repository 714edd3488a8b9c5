"""Divisions and brands in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.division_import import DivisionImportView
from portal.core.domain.divisions import tidy_code
from portal.core.enums import DivisionLevel
from portal.core.exports import SafeExportMixin
from portal.core.models import Brand, Division
from portal.core.rules import community_faults


class DivisionForm(WagtailAdminModelForm):
    """New divisions are communities under a street; existing ones keep their code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
        if "neighbours" in self.fields:
            self.fields["neighbours"].queryset = _beside(self.instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.instance.pk and data.get("code") and data.get("name"):
            for name, message in community_faults(data["code"], data["name"]):
                self.add_error(name, message)
        return data

    def clean_code(self) -> str:
        return tidy_code(self.cleaned_data["code"])

    def save(self, commit: bool = True) -> Any:
        if not self.instance.pk:
            self.instance.level = DivisionLevel.COMMUNITY
            self.instance.parent = Division.objects.get(code=self.instance.code[:9])
        return super().save(commit=commit)


def _beside(division: Division) -> QuerySet[Division]:
    """What may lie beside it: streets of its city, communities of its district."""
    if not division.pk:
        return Division.objects.none()
    shared = 4 if division.level == DivisionLevel.STREET else 6
    found = Division.objects.filter(level=division.level, code__startswith=division.code[:shared])
    return found.exclude(pk=division.pk).order_by("code")


class DivisionFilter(WagtailFilterSet):
    class Meta:
        model = Division
        fields = ["level"]


class DivisionIndexView(FindsWords, SafeExportMixin, IndexView):
    """The list, with a door to the import."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            buttons.append(
                Button(_("从表格导入社区"), url=reverse("divisions:import"), icon_name="upload", priority=10)
            )
        return buttons


class DivisionViewSet(SnippetViewSet):
    """Streets come with the site, communities are added by officers."""

    model = Division
    icon = "site"
    menu_label = _("行政区划")
    menu_name = "divisions"
    add_to_settings_menu = True
    url_namespace = "divisions"
    url_prefix = "divisions"
    index_view_class = DivisionIndexView
    filterset_class = DivisionFilter
    list_display = ["name", "code", "level", "parent"]
    list_export = ["code", "name", "level", "parent.name"]
    export_headings = {"parent.name": _("上级")}
    export_filename = "divisions"
    search_fields = ["name", "code"]
    list_per_page = 50
    ordering = ["code"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("code", help_text=_("社区（村）的12位统计用区划代码，前9位是所属街道（乡镇）。")),
        FieldPanel("neighbours"),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return self.get_edit_handler().get_form_class()

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = DivisionForm
        return handler

    def get_urlpatterns(self) -> list[URLPattern]:
        view = DivisionImportView.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("import/", view, name="import")]


class BrandIndexView(FindsWords, IndexView):
    """The list."""


class BrandViewSet(SnippetViewSet):
    """The names under which the place runs its volunteering."""

    model = Brand
    icon = "tag"
    menu_label = _("品牌")
    menu_name = "brands"
    add_to_settings_menu = True
    url_namespace = "brands"
    url_prefix = "brands"
    list_display = [
        "name",
        "tagline",
        BooleanColumn("is_main", label=_("主品牌")),
        BooleanColumn("is_active", label=_("使用中")),
        "order",
    ]
    index_view_class = BrandIndexView
    search_fields = ["name", "tagline"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("tagline"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("is_main"), FieldPanel("is_active"), FieldPanel("order")]),
    ]
