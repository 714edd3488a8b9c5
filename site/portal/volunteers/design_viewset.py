"""Designs of certificates in the admin's menu, for officers."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from portal.volunteers.views import designs


class _ForThoseWhoMayLook(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return request.user.has_perm("certificates.view_designversion")


class DesignViewSet(ViewSet):
    """证书样式."""

    name = "certificate_designs"
    url_prefix = "certificate-designs"
    icon = "image"
    menu_label = _("证书样式")
    menu_item_class = _ForThoseWhoMayLook

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", designs.overview, name="overview"),
            path("<str:key>/", designs.versions, name="versions"),
            path("<str:key>/draft/", designs.draft, name="draft"),
            path("<str:key>/draft/publish/", designs.publish, name="publish"),
            path("<str:key>/draft/preview/", designs.preview, name="preview"),
            path("<str:key>/<str:version>.pdf", designs.sheet, name="sheet"),
        ]
