"""Sends a search to the cluster."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from search.elastic.client import alias, client, patience
from search.elastic.guard import guard


def ask(tenants: Sequence[int] | None, **request: Any) -> dict[str, Any]:
    """One request, within the reader's patience. A site's listings lie on one shard each. Raises `NotAnswered`."""
    cluster = client(patience())
    routing = ",".join(map(str, tenants)) if tenants and len(tenants) <= 20 else None
    search = partial(
        cluster.search,
        index=alias(),
        routing=routing,
        source=False,
        timeout=f"{int(patience() * 900)}ms",
        allow_partial_search_results=False,
        **request,
    )
    return guard().call(search)
