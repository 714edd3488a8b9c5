"""Sends many changes at once and sorts the answers: taken, refused for now, refused for good."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from search.elastic import mapping

_CHUNK = 500
_BYTES = 4 * 1024 * 1024
"""Of one request; a long policy is half a megabyte."""
#: Full, overloaded, without a shard, the index shut for writing or just deleted: another time it may do.
_LATER = {403, 404, 408, 429, 500, 502, 503, 504}


@dataclass(slots=True)
class Answers:
    """The document ids for which the cluster has the present version or a later one, and the others with its words."""

    taken: set[str] = field(default_factory=set)
    later: dict[str, str] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)


def index_action(row: tuple[Any, ...]) -> dict[str, Any]:
    """Write the listing in `row` (`mapping.SELECTED`), unless the index has a later version."""
    _pk, tenant_id, kind, source, part, version = row[:6]
    return {**_target(tenant_id, kind, source, part, version), "_op_type": "index", "_source": mapping.document(row)}


def delete_action(tenant_id: int, kind: str, source: str, part: str, version: int) -> dict[str, Any]:
    """Take the listing away, unless the index has a later version."""
    return {**_target(tenant_id, kind, source, part, version), "_op_type": "delete"}


def send(client: Any, index: str, actions: Iterable[dict[str, Any]], *, refresh: bool = False) -> Answers:
    """Carry out `actions` on `index`. Raises what the client raises when there is no answer at all."""
    answers = Answers()
    for done, result in _bulk(client, index, actions, refresh=refresh):
        operation, said = next(iter(result.items()))
        status, number = int(said["status"]), str(said["_id"])
        # 409: it has this version or a later one. 404 of a deletion: it never had it.
        missing = operation == "delete" and said.get("result") == "not_found"
        if done or status == 409 or missing:
            answers.taken.add(number)
        else:
            (answers.later if status in _LATER else answers.never)[number] = _words(said)
    return answers


def _bulk(
    client: Any, index: str, actions: Iterable[dict[str, Any]], *, refresh: bool
) -> Iterator[tuple[bool, dict[str, Any]]]:
    from elasticsearch.helpers import streaming_bulk

    yield from streaming_bulk(
        client,
        actions,
        index=index,
        chunk_size=_CHUNK,
        max_chunk_bytes=_BYTES,
        raise_on_error=False,
        raise_on_exception=True,
        refresh=refresh,
    )


def _target(tenant_id: int, kind: str, source: str, part: str, version: int) -> dict[str, Any]:
    return {
        "_id": mapping.identity(tenant_id, kind, source, part),
        "routing": str(tenant_id),
        "version": version,
        "version_type": "external_gte",
    }


def _words(said: dict[str, Any]) -> str:
    error = said.get("error") or {}
    if isinstance(error, dict):
        error = f"{error.get('type')}: {error.get('reason')}"
    return str(error)[:500]
