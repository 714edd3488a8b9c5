"""What every template may know of the site; read only when a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.core import queries


def site(request: HttpRequest) -> dict[str, Any]:
    """`identity` and `footer` of the tenant, absent on the platform host."""
    tenant = getattr(request, "tenant", None)
    if tenant is None or tenant.is_public:
        return {"is_platform": True}
    return {
        "is_platform": False,
        "identity": SimpleLazyObject(queries.identity),
        "legal": SimpleLazyObject(queries.footer),
    }
