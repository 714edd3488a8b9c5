"""Verbs on tenants."""

from tenants.domain.provision import create_tenant
from tenants.domain.template import build_template, ensure_template

__all__ = ["build_template", "create_tenant", "ensure_template"]
