"""People in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from portal.accounts import admin_views
from portal.accounts.bulk_actions import AssignRole, Delete, SetActiveState
from portal.accounts.viewsets import DisclosureViewSet


@hooks.register("register_admin_viewset")
def disclosures() -> DisclosureViewSet:
    return DisclosureViewSet("disclosures")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("people/<int:pk>/disclose/", admin_views.disclose_person, name="people_disclose"),
        path("people/<int:pk>/reset-link/", admin_views.reset_link, name="people_reset_link"),
        path("people/<int:pk>/forget-phone/", admin_views.forget_phone_of, name="people_forget_phone"),
    ]


# After Wagtail's own of the same name, whose place they take.
for action in (AssignRole, SetActiveState, Delete):
    hooks.register("register_bulk_action", action, order=1)
