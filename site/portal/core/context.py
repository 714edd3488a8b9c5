"""What every template may know of the site; read only when a template asks, each thing once."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext

from portal.core import almanac, navigation, preferences, theme
from portal.core.frame import Frame, read_frame
from portal.core.models import LegalFooter, SiteIdentity


def site(request: HttpRequest) -> dict[str, Any]:
    """`front`: the masthead and footer of this host; `is_platform`, `identity` and `legal` for short."""
    front = Front(request)
    return {"front": front, "is_platform": front.is_platform}


class Front:
    """The masthead and footer of a page: one query on a tenant's site, none on the platform."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        tenant = getattr(request, "tenant", None)
        self.is_platform = tenant is None or tenant.schema_name == "public"

    @cached_property
    def _frame(self) -> Frame:
        return read_frame()

    @cached_property
    def identity(self) -> SiteIdentity:
        if self.is_platform:
            return SiteIdentity(
                site_name=gettext("银龄"), tagline=gettext("各地为老志愿服务站点总览"), phone=settings.PLATFORM["phone"]
            )
        return self._frame.identity

    @cached_property
    def legal(self) -> LegalFooter:
        if self.is_platform:
            return LegalFooter(**{name: value for name, value in settings.PLATFORM.items() if name != "phone"})
        return self._frame.legal

    @cached_property
    def mode(self) -> str:
        return preferences.mode(self.request)

    @property
    def language(self) -> str:
        return "zh-CN" if (get_language() or "zh").startswith("zh") else "en"

    @cached_property
    def logo(self) -> Any:
        """The tenant's mark as a picture of the masthead's height; only asked for where one is chosen."""
        return self.identity.logo.get_rendition("height-96|format-png")

    @property
    def theme_version(self) -> str:
        return theme.version(self.identity)

    @cached_property
    def nav(self) -> list[navigation.Item]:
        if self.is_platform:
            return list(navigation.PLATFORM)
        return navigation.with_menu_pages(self._frame.menu)

    @cached_property
    def current(self) -> str:
        """The address of the navigation entry under which this page stands, or nothing."""
        path = self.request.path
        return next((i.url for i in self.nav if path == i.url or (i.url != "/" and path.startswith(i.url))), "")

    @property
    def today(self) -> str:
        return almanac.today_line()

    @cached_property
    def here(self) -> str:
        """Where a visitor who changes mode or language comes back to."""
        return self.request.get_full_path() if self.request.method in {"GET", "HEAD"} else self.request.path
