"""Stories and consents in the Wagtail admin."""

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.columns import DayColumn
from portal.stories.models import Consent, StoryPage


class StoryFilterSet(PageListingViewSet.filterset_class):
    class Meta:
        model = StoryPage
        fields = ["brand", "division", "date"]


class StoryListing(PageListingViewSet):
    """All stories in one table."""

    icon = "openquote"
    menu_label = _("典型案例")
    menu_order = 210
    add_to_admin_menu = True
    model = StoryPage
    filterset_class = StoryFilterSet
    columns = [
        PageTitleColumn("title", label=_("标题"), sort_key="title", classname="title"),
        Column("brand", label=_("品牌")),
        Column("division", label=_("区划")),
        Column("editor", label=_("编辑")),
        DayColumn("date", label=_("日期"), sort_key="date"),
        PageStatusColumn("status", label=_("状态"), sort_key="live"),
    ]


@hooks.register("register_admin_viewset")
def story_listing() -> StoryListing:
    return StoryListing("stories")


class ConsentFilterSet(WagtailFilterSet):
    """By kind of person, by whether it holds today."""

    holds = django_filters.BooleanFilter(label=_("今天有效"), method="filter_holds")

    class Meta:
        model = Consent
        fields = ["kind", "valid_until"]

    def filter_holds(self, found: QuerySet[Consent], name: str, value: bool) -> QuerySet[Consent]:
        ended: Q = Consent.not_holding(timezone.localdate())
        return found.exclude(ended) if value else found.filter(ended)


class ConsentIndexView(FindsWords, IndexView):
    """The list."""


class ConsentViewSet(SnippetViewSet):
    """同意书: list, form, history; where it is used stands beside it."""

    model = Consent
    icon = "doc-full"
    menu_label = _("同意书")
    menu_order = 220
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ConsentIndexView
    filterset_class = ConsentFilterSet
    search_fields = ["person", "guardian"]
    list_display = [
        TitleColumn("person", label=_("本人"), url_name="wagtailsnippets_stories_consent:edit", sort_key="person"),
        Column("get_kind_display", label=_("是谁")),
        DayColumn("given_on", label=_("同意日期"), sort_key="given_on"),
        DayColumn("valid_until", label=_("有效期至"), sort_key="valid_until"),
        DayColumn("withdrawn_on", label=_("撤回日期")),
        Column("used", label=_("用在几处")),
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("person"), FieldPanel("kind")]),
            FieldPanel("covers"),
            FieldRowPanel([FieldPanel("given_on"), FieldPanel("valid_until")]),
            FieldPanel("guardian"),
            FieldPanel("document"),
            FieldPanel("withdrawn_on"),
            FieldPanel("note"),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consent]:
        return Consent.objects.annotate(used=Count("uses"))


register_snippet(ConsentViewSet)
