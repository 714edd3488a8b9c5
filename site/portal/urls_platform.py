"""Addresses of the platform host: all tenants together, and the operators' admin."""

from django.urls import include, path

from search.metrics import metrics
from tenants.operators import operators

urlpatterns = [
    path("", include("portal.core.urls")),
    path("", include("certificates.urls")),
    path("", include("certificates.key_urls")),
    path("", include("certificates.credential_urls")),
    path("search/", include("portal.finding.urls")),
    path("", include("portal.finding.machine_urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("", include("tenants.urls_platform")),
    path("metrics", metrics, name="metrics"),
    path("operators/", operators.urls),
]

handler400 = "portal.core.failures.bad_request"
handler403 = "portal.core.failures.forbidden"
handler404 = "portal.core.failures.not_found"
handler500 = "portal.core.failures.server_error"
