"""An admin of our own: the stock one would list models whose tables only tenants have."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class OperatorSite(AdminSite):
    """Signs in at the platform's own page, with its lock after failures and its second factor."""

    site_title = _("银龄站点管理")
    site_header = _("银龄站点管理")
    index_title = _("站点、域名与后台任务")
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", self._home()))

    def _home(self) -> str:
        from django.urls import reverse

        return reverse(f"{self.name}:index")


operators = OperatorSite(name="operators")
