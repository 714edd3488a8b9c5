"""The registry of tenants and everything that keeps one tenant apart from another."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "站点"
