"""没搜到的词: what readers looked for in vain, summed over days."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core.exports import SafeExportMixin
from portal.finding.models import MissedWord

DAYS = {"7": _("最近7天"), "30": _("最近30天"), "180": _("最近180天")}
USUAL = "30"
#: What a single reader typed a single time is nobody else's business.
FEWEST = 2


class MissedFilterSet(WagtailFilterSet):
    days = django_filters.ChoiceFilter(
        label=_("多久以来"), choices=list(DAYS.items()), empty_label=None, method="since", required=True
    )

    class Meta:
        model = MissedWord
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = data.copy() if data is not None else None
        if data is not None and data.get("days") not in DAYS:
            data["days"] = USUAL
        super().__init__(data, *args, **kwargs)

    def since(self, rows: QuerySet[Any], name: str, days: str) -> QuerySet[Any]:
        return rows.filter(day__gt=timezone.localdate() - timedelta(days=int(days)))


class MissedWordsReport(SafeExportMixin, ReportView):
    """Most often sought first. `words` leads to the search, so that one sees whether it still finds nothing."""

    model = MissedWord
    filterset_class = MissedFilterSet
    permission_policy = ModelPermissionPolicy(MissedWord)
    any_permission_required = ["view"]
    page_title = _("没搜到的词")
    page_subtitle = _("搜过两次以上的；不记是谁搜的")
    header_icon = "search"
    index_url_name = "missed_words"
    index_results_url_name = "missed_words_results"
    default_ordering = "-times"
    columns = [
        TitleColumn("words", label=_("搜索词"), get_url=lambda row: f"/search/?{urlencode({'q': row['words']})}"),
        Column("times", label=_("次数")),
        Column("last", label=_("最近一次"), accessor=lambda row: f"{row['last']:%Y-%m-%d}"),
    ]
    list_export = ["words", "times", "last"]
    export_headings = {"words": _("搜索词"), "times": _("次数"), "last": _("最近一次")}
    export_filename = "missed-words"

    def get_queryset(self) -> QuerySet[Any]:
        return MissedWord.objects.all()

    def get_filtered_queryset(self) -> QuerySet[Any]:
        days = self.filter_queryset(self.get_queryset())
        words = days.values("words").annotate(times=Sum("count"), last=Max("day")).filter(times__gte=FEWEST)
        return words.order_by("-times", "-last", "words")

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {field: item[field] for field in self.list_export}
