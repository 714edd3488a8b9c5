"""The operators' admin on the platform host: plain Django, public schema only."""

from tenants.operators import clock_admin, tenant_admin  # noqa: F401  (they register themselves)
from tenants.operators.site import operators

__all__ = ["operators"]
