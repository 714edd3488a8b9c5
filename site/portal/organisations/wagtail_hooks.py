"""Organisations in Wagtail's admin."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.models import Division
from portal.organisations.enums import OrganisationKind
from portal.organisations.models import Organisation
from portal.organisations.queries import with_member_counts


class OrganisationFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(label=_("类别"), choices=OrganisationKind.choices)
    division = django_filters.ModelChoiceFilter(
        label=_("所在区划"), queryset=Division.objects.all(), method="within_division"
    )
    is_active = django_filters.BooleanFilter(label=_("参与中"), widget=BooleanRadioSelect)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def within_division(self, found: QuerySet[Any], name: str, division: Division) -> QuerySet[Any]:
        return found.filter(division__code__startswith=division.prefix)


class OrganisationIndex(FindsWords, IndexView):
    def get_base_queryset(self) -> QuerySet[Organisation]:
        return with_member_counts(Organisation.objects.select_related("division"))

    def get_list_more_buttons(self, instance: Organisation) -> list[Any]:
        members = Button(
            _("管理成员"), url=reverse("organisations:desk", args=[instance.pk]), icon_name="group", priority=5
        )
        return [members, *super().get_list_more_buttons(instance)]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("组织")
    menu_name = "organisations"
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = OrganisationIndex
    filterset_class = OrganisationFilterSet
    inspect_view_enabled = True
    inspect_view_fields = ["name", "kind", "uscc", "division", "address", "contact_name", "phone", "is_active"]
    list_display = [
        "name",
        Column("kind", label=_("类别"), accessor="get_kind_display", sort_key="kind"),
        Column("division", label=_("所在区划"), sort_key="division__code"),
        Column("phone", label=_("办公电话")),
        Column("member_count", label=_("成员"), sort_key="member_count"),
        BooleanColumn("is_active", label=_("参与中"), sort_key="is_active"),
    ]
    list_export = ["name", "get_kind_display", "uscc", "division", "address", "contact_name", "phone", "is_active"]
    export_headings = {"get_kind_display": _("类别")}
    search_fields = ["name", "uscc", "contact_name", "address", "division__name"]
    ordering = "name"
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("uscc")]),
        FieldPanel("division"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldRowPanel([FieldPanel("contact_name"), FieldPanel("phone")])],
            heading=_("联系方式"),
        ),
        FieldPanel("is_active"),
        HelpPanel(_("成员在列表的“管理成员”里增减。")),
    ]


register_snippet(OrganisationViewSet)
