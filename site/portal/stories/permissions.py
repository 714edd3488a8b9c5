"""Who writes a story does not release it, whatever role they have (三审三校: no self-approval)."""

from wagtail.models import PagePermissionTester

from portal.stories import rules


class StoryPermissions(PagePermissionTester):
    """As for any page, save that one's own story is another's to publish."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not rules.is_own(self.user, self.page)


class ShelfPermissions(PagePermissionTester):
    """Below the list of stories nothing is written and published in one go: it would be one's own."""

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage()) and bool(self.user.is_superuser)
