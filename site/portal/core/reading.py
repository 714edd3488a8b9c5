"""Lists of the Wagtail admin of what only verbs change."""

from wagtail.snippets.views.snippets import SnippetViewSet


class ReadingViewSet(SnippetViewSet):
    """Found by words alone, in no index, without references and copies; its policy is `ReadOnlyPolicy`."""

    search_backend_name = None
    add_to_reference_index = False
    list_per_page = 50
    copy_view_enabled = False
