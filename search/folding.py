"""What several sites have published alike is one row: a policy that every district has copied."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from search.query import Hit

#: So many of the best hits are compared with each other; behind them each stands for itself.
FOLDED = 100


def folded(hits: Sequence[Hit]) -> list[Hit]:
    """Each content once, where its best hit stands, with the rows of the other sites as its `copies`.

    What one site has published twice stays two: it is for that site to say what is the same.
    """
    firsts: dict[tuple[Any, ...], int] = {}
    rows: list[Hit] = []
    for hit in hits:
        at = firsts.setdefault(_content(hit.row), len(rows))
        if at == len(rows) or hit.row.tenant_id in _sites(rows[at]):
            rows.append(hit)
        else:
            rows[at] = replace(rows[at], copies=[*rows[at].copies, hit.row])
    return rows


def _sites(hit: Hit) -> set[int]:
    return {row.tenant_id for row in (hit.row, *hit.copies)}


def _content(row: Any) -> tuple[Any, ...]:
    """What a reader sees of it, and when it takes place: the same words for another day are another thing."""
    return row.kind, row.part, row.title, row.summary, row.body, row.status, row.starts_at
