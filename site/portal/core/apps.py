"""The app `core`; its label is `core`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("网站基础")

    def ready(self) -> None:
        from portal.core import cms_policy, listed_pages, seeding
        from tenants.signals import template_built, tenant_created

        listed_pages.follow_plain_pages()
        cms_policy.start_choosers_without_script()
        template_built.connect(seeding.plant_slots, dispatch_uid="core.plant_slots")
        tenant_created.connect(seeding.fill_divisions, dispatch_uid="core.fill_divisions")
        tenant_created.connect(seeding.name_site, dispatch_uid="core.name_site")
