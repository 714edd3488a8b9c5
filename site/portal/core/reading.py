"""Lists of the Wagtail admin of what only verbs change."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property, classproperty
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core.admin_words import FindsWords
from portal.core.exports import SafeExportMixin


class ReadingIndex(FindsWords, SafeExportMixin, IndexView):
    """The first column leads to the page of its row; boxes to tick are there where something can be done with many."""

    page_url_name: ClassVar[str] = ""

    @cached_property
    def columns(self) -> list[Any]:
        columns = super().columns
        if not has_bulk_actions(self.model):
            columns = [column for column in columns if not isinstance(column, BulkActionsCheckboxColumn)]
        return columns

    def get_template_names(self) -> list[str]:
        if self.results_only or has_bulk_actions(self.model):
            found: list[str] = super().get_template_names()
            return found
        return ["wagtailadmin/generic/index.html"]  # that of snippets has the bar of what is done with many

    def get_edit_url(self, instance: Any) -> str | None:
        """With what Wagtail links the title."""
        return reverse(self.page_url_name, args=[instance.pk]) if self.page_url_name else None

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """None of Wagtail's own: that address is no form."""
        return []


class ReadingViewSet(SnippetViewSet):
    """Found by words alone, in no index, without references and copies; its policy is `ReadOnlyPolicy`."""

    index_view_class = ReadingIndex
    search_backend_name = None
    add_to_reference_index = False
    list_per_page = 50
    copy_view_enabled = False


def has_bulk_actions(model: Any) -> bool:
    """Whether something can be done with many rows at once."""
    return bool(bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name))


def delete_no_reading_lists() -> None:
    """Wagtail offers to delete rows of every snippet and then refuses it to whoever may not; here nobody may."""
    DeleteBulkAction.models = classproperty(lambda cls: [model for model in get_snippet_models() if _deletable(model)])


def _deletable(model: Any) -> bool:
    return not isinstance(model.snippet_viewset, ReadingViewSet)
