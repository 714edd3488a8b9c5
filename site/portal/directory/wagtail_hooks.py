"""The directory in the Wagtail admin; each person meets the entries of their own places alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import django_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, TitleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.columns import DayColumn
from portal.core.exports import SafeExportMixin
from portal.directory import rules
from portal.directory.models import DirectoryEntry
from portal.directory.panels import ENTRY
from portal.directory.queries import stale_before


class EntryFilterSet(WagtailFilterSet):
    """By kind, by what is on the site, by what has to be checked again."""

    stale = django_filters.BooleanFilter(label=_("该核对了"), method="filter_stale")

    class Meta:
        model = DirectoryEntry
        fields = ["kind", "live"]

    def filter_stale(self, found: QuerySet[DirectoryEntry], name: str, value: bool) -> QuerySet[DirectoryEntry]:
        day = stale_before(timezone.localdate())
        return found.filter(last_checked__lt=day) if value else found.filter(last_checked__gte=day)


class EntryIndexView(FindsWords, SafeExportMixin, IndexView):
    """The list, with its tables."""


class DirectoryViewSet(SnippetViewSet):
    """对接名录: list, form, history, preview, workflow."""

    model = DirectoryEntry
    icon = "mobile-alt"
    menu_label = _("对接名录")
    menu_order = 240
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_handler = ENTRY
    index_view_class = EntryIndexView
    filterset_class = EntryFilterSet
    list_export = ["division.code", "division.name", "get_kind_display", "name", "department", "contact", "phone",
                   "hours", "address", "offers", "last_checked", "live"]  # fmt: skip
    export_headings = {"division.code": _("区划代码"), "division.name": _("区划"), "get_kind_display": _("类别")}
    export_filename = "directory"
    search_fields = ["name", "contact", "phone", "address", "offers", "division__name"]
    list_per_page = 50
    list_display = [
        TitleColumn("name", label=_("名称"), url_name="wagtailsnippets_directory_directoryentry:edit", sort_key="name"),
        Column("get_kind_display", label=_("类别"), sort_key="kind"),
        Column("division", label=_("区划"), sort_key="division__code"),
        Column("contact", label=_("联系人")),
        Column("phone", label=_("办公电话")),
        DayColumn("last_checked", label=_("核对日期"), sort_key="last_checked"),
        LiveStatusTagColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DirectoryEntry]:
        return rules.editable_entries(request.user)

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Every view of one entry (form, history, preview, revisions) asks the same rule; Wagtail asks per model."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if "pk" in named:
                entries = DirectoryEntry.objects.select_related("division")
                entry = get_object_or_404(entries, pk=unquote(str(named["pk"])))
                if not rules.may_edit(request.user, entry):
                    raise PermissionDenied
            return view(request, *args, **named)

        return guarded


register_snippet(DirectoryViewSet)
