"""The registry of tenants and everything that keeps one tenant apart from another."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = _("站点")

    def ready(self) -> None:
        from django.apps import apps
        from django_structlog.signals import bind_extra_request_metadata
        from django_tenants.signals import schema_migrated

        from tenants import checks, publishing  # noqa: F401  (they register themselves)
        from tenants.domain.migration import note_migrated
        from tenants.signals import primary_domain_changed
        from tenants.wagtail_site import follow_primary_domain

        # The package gives its app an English name that cannot be translated.
        apps.get_app_config("django_tasks_database").verbose_name = _("任务队列")
        primary_domain_changed.connect(follow_primary_domain, dispatch_uid="tenants.follow_primary_domain")
        schema_migrated.connect(note_migrated, dispatch_uid="tenants.note_migrated")
        bind_extra_request_metadata.connect(_name_tenant, dispatch_uid="tenants.name_tenant")


def _name_tenant(*, request: Any, **_: Any) -> None:
    """Every line of the log says whose request it was."""
    import structlog

    tenant = getattr(request, "tenant", None)
    structlog.contextvars.bind_contextvars(tenant=tenant.schema_name if tenant else "")
