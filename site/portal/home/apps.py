"""The app `home`; its label is `home`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = _("网站内容")

    def ready(self) -> None:
        from portal.home import linked, searchable, seeding  # noqa: F401  (the first two register themselves)
        from tenants.signals import template_built, tenant_created

        template_built.connect(seeding.plant_tree, dispatch_uid="home.plant_tree")
        tenant_created.connect(seeding.name_tree, dispatch_uid="home.name_tree")
