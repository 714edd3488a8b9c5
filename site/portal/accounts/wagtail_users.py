"""Puts our people into Wagtail's user admin (docs: wagtail.users, custom viewsets)."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "portal.accounts.viewsets.PeopleViewSet"
