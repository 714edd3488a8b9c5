"""Addresses of a tenant's site; Wagtail answers what nobody else does."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Features go above; Wagtail's pages are the catch-all.
    path("", include(wagtail_urls)),
]
