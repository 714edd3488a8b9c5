"""Connections to the cluster, and the names of what is ours there; a name never comes from input."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.conf import settings

FEED_SECONDS = 20.0
BUILD_SECONDS = 120.0
_apart: ContextVar[str | None] = ContextVar("search_index_apart", default=None)


def patience() -> float:
    """Seconds. A reader does not wait longer for the cluster; then PostgreSQL answers."""
    return float(settings.ELASTICSEARCH_SECONDS) if not is_apart() else FEED_SECONDS


def configured() -> bool:
    """Whether there is a cluster at all."""
    return bool(settings.ELASTICSEARCH_URL)


def client(seconds: float) -> Any:
    """The process's client whose requests wait so long for each answer."""
    return _client(
        tuple(settings.ELASTICSEARCH_URL), settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA, seconds
    )


def alias() -> str:
    """What searches ask."""
    return _apart.get() or f"{settings.ELASTICSEARCH_PREFIX}-listings"


@contextmanager
def names_apart() -> Iterator[None]:
    """Within, an index of this process's own is meant, which nobody feeds and no reader asks."""
    token = _apart.set(f"{settings.ELASTICSEARCH_PREFIX}-apart-{os.getpid()}")
    try:
        yield
    finally:
        _apart.reset(token)


def is_apart() -> bool:
    return _apart.get() is not None


def next_alias() -> str:
    """What an index bears while it is being built, so that changes reach it too."""
    return f"{alias()}-next"


@lru_cache(maxsize=8)
def _client(urls: tuple[str, ...], key: str, authority: str, seconds: float) -> Any:
    # Half a second of imports that a process without a cluster does not need.
    from elasticsearch import Elasticsearch

    security: dict[str, Any] = {"api_key": key} if key else {}
    if authority:
        security["ca_certs"] = authority
    return Elasticsearch(
        list(urls),
        request_timeout=seconds,
        # Another node is tried when one is down; a slow answer is not asked for again.
        max_retries=len(urls) - 1,
        retry_on_timeout=False,
        **security,
    )


# A connection must not be shared with the parent.
os.register_at_fork(after_in_child=_client.cache_clear)
