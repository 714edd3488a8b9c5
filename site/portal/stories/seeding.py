"""Plants the list of stories under the front page, with the shelf for papers that nobody else may open."""

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction

from portal.accounts.roles import Role
from portal.stories.models import StoryIndexPage

CONSENTS = "同意书（不公开）"


def plant_index(*, home: Any, **_: Any) -> None:
    """`/stories/`, in the schema that all tenants are made from."""
    home.add_child(instance=StoryIndexPage(title="典型案例", slug="stories", show_in_menus=False))
    shelve_consents()


def shelve_consents() -> Collection:
    """The collection for scanned consents, open to those who work with stories."""
    from django.contrib.auth.models import Group

    shelf = Collection.get_first_root_node().add_child(instance=Collection(name=CONSENTS))
    restriction = CollectionViewRestriction.objects.create(
        collection=shelf, restriction_type=CollectionViewRestriction.GROUPS
    )
    staff = (Role.OFFICER, Role.PUBLICIST, Role.REVIEWER)
    restriction.groups.set(Group.objects.filter(name__in=[str(role) for role in staff]))
    return shelf
