"""Addresses of the platform host: all tenants together, and the operators' admin."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.core.urls")),
    path("", include("certificates.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("", include("tenants.urls_platform")),
    path("operators/", admin.site.urls),
]

handler400 = "portal.core.failures.bad_request"
handler403 = "portal.core.failures.forbidden"
handler404 = "portal.core.failures.not_found"
handler500 = "portal.core.failures.server_error"
