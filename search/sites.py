"""What becomes of the listings of a site that is made, restored, opened or closed."""

from typing import Any

from django_tenants.utils import tenant_context

from search import rows
from search.tasks import write_everything
from tenants.enums import TenantState
from tenants.models import Tenant


def follow(*, tenant: Tenant, **_: Any) -> None:
    """In the transaction of the move: a closed site is found nowhere, an open one is written in the background."""
    if tenant.state != TenantState.ACTIVE:
        rows.remove_all(tenant.pk)
        return
    with tenant_context(tenant):
        write_everything.enqueue()
