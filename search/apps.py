"""The search package: one public projection of everything that anybody may see, and two engines that find it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from search import checks, clock, operators, sites  # noqa: F401  (importing them registers them)
        from search.elastic import companion, compare  # noqa: F401  (the same)
        from tenants.signals import tenant_moved

        tenant_moved.connect(sites.follow, dispatch_uid="search.follow")
