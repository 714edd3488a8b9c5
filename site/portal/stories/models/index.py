"""The list of stories, at /stories/."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.models import BasePage


class StoryIndexPage(BasePage):
    """All stories of the site, newest first, with filters in the address."""

    template = "stories/index.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]

    class Meta:
        verbose_name = _("典型案例目录")
        verbose_name_plural = _("典型案例目录")

    def permissions_for_user(self, user: Any) -> Any:
        from portal.stories.permissions import ShelfPermissions

        return ShelfPermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.stories.filters import list_context

        return {**super().get_context(request, *args, **kwargs), **list_context(request)}
