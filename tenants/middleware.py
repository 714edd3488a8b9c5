"""Chooses the tenant by host name, and keeps it when Wagtail renders a preview."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.db.models import CharField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tenants.middleware.main import TenantMainMiddleware

from tenants.enums import TenantState
from tenants.models import Domain
from tenants.reads import Given, Read

PROBES = frozenset({"/healthz", "/readyz"})
_DOMAIN = Read(lambda: Domain.objects.filter(domain=Given("host", CharField())).select_related("tenant").order_by())
_CLOSED = {TenantState.PAUSED: 503, TenantState.ARCHIVED: 410}


class TenantMiddleware(TenantMainMiddleware):
    """Host name → tenant; unknown host → 404, paused site → 503, archived site → 410."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if getattr(request, "is_dummy", False):
            # Wagtail's previews run a request made from the page's Site.hostname through all
            # middleware; whatever that says, a preview belongs to the tenant that asked for it.
            request.tenant = connection.tenant
            self.setup_url_routing(request)
            return None
        if request.path_info in PROBES:
            # Asked by address as often as by name, and when the database is down: no look-up.
            connection.set_schema_to_public()
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
            # A site's session is unknown here: the answer would have the browser forget it.
            request.COOKIES = {}
            return None
        try:
            request.get_host()
        except DisallowedHost:
            return render(request, "tenants/unknown_host.html", {"hostname": ""}, status=400)
        response: HttpResponse | None = super().process_request(request)
        if response is None and request.tenant.state in _CLOSED:
            return _closed(request, request.tenant)
        return response

    def get_tenant(self, domain_model: Any, hostname: str) -> Any:
        """Of the table as it is now: a paused site is closed at once on every worker."""
        found = _DOMAIN(host=hostname)
        if not found:
            raise domain_model.DoesNotExist
        return found[0].tenant

    @staticmethod
    def hostname_from_request(request: HttpRequest) -> str:
        """Without port, case and a final dot, none of which make another host; nor does www."""
        host: str = TenantMainMiddleware.hostname_from_request(request)
        return host.lower().rstrip(".").removeprefix("www.")

    def no_tenant_found(self, request: HttpRequest, hostname: str) -> HttpResponse:
        """An honest 404 that does not need a tenant to be rendered."""
        return render(request, "tenants/unknown_host.html", {"hostname": hostname}, status=404)


def _closed(request: HttpRequest, tenant: Any) -> HttpResponse:
    """The page of a site that is not open, drawn without a look at the tenant's tables."""
    connection.set_schema_to_public()
    template = "tenants/paused.html" if tenant.state == TenantState.PAUSED else "tenants/archived.html"
    response = render(request, template, {"tenant": tenant}, status=_CLOSED[tenant.state])
    response.headers["Cache-Control"] = "no-store"
    if tenant.state == TenantState.PAUSED:
        response.headers["Retry-After"] = "3600"
    return response
