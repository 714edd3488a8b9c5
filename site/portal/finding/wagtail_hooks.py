"""What staff decide and learn about search: synonyms, and words that found nothing."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.finding.missed_report import MissedWordsReport
from portal.finding.models import MissedWord, Synonym


class SynonymIndexView(FindsWords, IndexView):
    """The list."""


class SynonymViewSet(SnippetViewSet):
    """The site's own groups."""

    model = Synonym
    icon = "search"
    menu_label = _("同义词")
    menu_name = "synonyms"
    add_to_settings_menu = True
    url_namespace = "synonyms"
    url_prefix = "synonyms"
    list_display = ["names", BooleanColumn("is_off", label=_("不当作同义"))]
    index_view_class = SynonymIndexView
    search_fields = ["names"]
    copy_view_enabled = False
    add_to_reference_index = False


register_snippet(SynonymViewSet)

_POLICY = ModelPermissionPolicy(MissedWord)


class _ReportItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        return bool(_POLICY.user_has_permission(request.user, "view"))  # type: ignore[attr-defined]  # Wagtail's request


@hooks.register("register_reports_menu_item")
def missed_words_item() -> MenuItem:
    return _ReportItem(_("没搜到的词"), reverse("missed_words"), name="missed-words", icon_name="search", order=300)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    view = MissedWordsReport
    return [
        path("reports/missed-words/", view.as_view(), name="missed_words"),
        path("reports/missed-words/results/", view.as_view(results_only=True), name="missed_words_results"),
    ]
