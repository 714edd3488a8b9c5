"""Addresses of a tenant's site; Wagtail answers what nobody else does."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts import views as accounts_views
from portal.accounts.account_page import AccountView

urlpatterns = [
    path("accounts/", include("portal.accounts.urls")),
    path("notices/", include("portal.notices.urls")),
    path("desk/projects/", include("portal.projects.desk_urls")),
    path("desk/organisations/", include("portal.organisations.urls")),
    path("desk/schools/", include("portal.schools.urls")),
    path("cms/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
    path("cms/account/", require_admin_access(AccountView.as_view())),
    path("cms/logout/", accounts_views.SignOut.as_view()),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("tenants.urls")),
    path("", include("portal.core.urls")),
    path("", include("certificates.urls")),
    path("", include("certificates.key_urls")),
    path("", include("certificates.credential_urls")),
    path("search/", include("portal.finding.urls")),
    path("search/saved/", include("portal.finding.saved_urls")),
    path("", include("portal.finding.machine_urls")),
    path("projects/", include("portal.projects.urls")),
    path("organisations/", include("portal.projects.organiser_urls")),
    path("ventures/", include("portal.ventures.urls")),
    path("directory/", include("portal.directory.urls")),
    path("", include("portal.home.urls")),
    path("", include("portal.volunteers.urls")),
    path("", include("portal.honours.urls")),
    # Features go above; Wagtail's pages are the catch-all.
    path("", include(wagtail_urls)),
]

handler400 = "portal.core.failures.bad_request"
handler403 = "portal.core.failures.forbidden"
handler404 = "portal.core.failures.not_found"
handler500 = "portal.core.failures.server_error"
