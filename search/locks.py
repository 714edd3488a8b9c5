"""Who writes listings beside whom: what keeps an older text from overwriting a newer one."""

from collections.abc import Sequence

from django.db import connection

from tenants.enums import TenantState


def open_site() -> int | None:
    """The key of the current site; None when it is closed, or no site, as the schema that sites are made from.

    Whoever closes the site waits until this transaction has ended, and then removes what it wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, state FROM public.tenants_tenant"
            " WHERE schema_name = %s AND schema_name <> 'public' FOR KEY SHARE",
            [connection.schema_name],
        )
        found = cursor.fetchone()
    return int(found[0]) if found and found[1] == TenantState.ACTIVE else None


def things(tenant_id: int, kind: str, sources: Sequence[str]) -> None:
    """Who comes second reads after the first has committed; without it the older text could win."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH kind AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, %s)))"
            " SELECT pg_advisory_xact_lock(hashtextextended(%s || source, %s)) FROM kind, unnest(%s::text[]) source",
            [f"search {kind}", tenant_id, f"search {kind} ", tenant_id, list(sources)],
        )


def whole_kind(tenant_id: int, kind: str) -> None:
    """For changes of many at once: they follow everybody who writes one, and one lock stands for all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"search {kind}", tenant_id])
