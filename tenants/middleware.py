"""Chooses the tenant by host name, and keeps it when Wagtail renders a preview."""

from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tenants.middleware.main import TenantMainMiddleware

from tenants.enums import TenantState


class TenantMiddleware(TenantMainMiddleware):
    """Host name → tenant; unknown host → 404, paused or archived site → 503."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if getattr(request, "is_dummy", False):
            # Wagtail's previews run a request made from the page's Site.hostname through all
            # middleware; whatever that says, a preview belongs to the tenant that asked for it.
            request.tenant = connection.tenant
            self.setup_url_routing(request)
            return None
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse(status=400)
        response: HttpResponse | None = super().process_request(request)
        if response is None and request.tenant.state != TenantState.ACTIVE:
            return render(request, "tenants/paused.html", {"tenant": request.tenant}, status=503)
        return response

    def no_tenant_found(self, request: HttpRequest, hostname: str) -> HttpResponse:
        """An honest 404 that does not need a tenant to be rendered."""
        return render(request, "tenants/unknown_host.html", {"hostname": hostname}, status=404)
