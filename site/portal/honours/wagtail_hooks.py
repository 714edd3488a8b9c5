"""Honours in Wagtail's admin."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.core.policies import ReadOnlyPolicy
from portal.honours.models import Round, StarApplication
from portal.honours.views import staff_round, staff_star
from portal.honours.viewsets import HonoursGroup

staff_urls = [
    path("honours/stars/<int:pk>/", staff_star.star, name="star"),
    path("honours/rounds/new/", staff_round.new, name="round_new"),
    path("honours/rounds/<int:pk>/", staff_round.round_, name="round"),
    path("honours/rounds/<int:pk>/edit/", staff_round.edit, name="round_edit"),
    path("honours/rounds/<int:pk>/progress/", staff_round.progress, name="round_progress"),
]


@hooks.register("register_admin_urls")
def staff_addresses() -> list[URLResolver]:
    return [path("", include((staff_urls, "honours_staff")))]


for model in (StarApplication, Round):
    register_permission_policy(model, ReadOnlyPolicy(model))
register_snippet(HonoursGroup)
