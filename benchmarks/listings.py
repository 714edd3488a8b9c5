"""Synthetic public listings in Chinese, in a database of their own: words as often as words are, in 200 sites."""

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any

from search.documents import Document

SITES = 200
KINDS = ("project", "project", "project", "entry", "entry", "story", "policy", "article", "call", "organisation")
SERVICES = ("home_visit", "phone_call", "companionship", "meals_errands", "smart_tech", "health_talk", "carer_training")
BRANDS = ("寸草心", "手足情", "八桂银龄守护", "教育+助老", "代际共居", "以老助老")
#: What the field talks about all the time, among everything else.
FIELD = (
    "志愿服务", "独居老人", "送餐代购", "上门探访", "智能手机", "照护者培训", "健康讲座", "义诊", "养老院",
    "社区", "街道", "综合体", "公益创投", "结对", "电话问候", "心理抚慰", "应急救援", "时间银行", "助浴",
    "陪诊", "合唱", "书法", "象棋", "太极", "理发", "护理员", "大学生", "党员", "网格员", "重阳节",
)  # fmt: skip
NOW = datetime(2026, 11, 1, tzinfo=UTC)
CHUNK = 2_000


@lru_cache(maxsize=1)
def vocabulary() -> tuple[list[str], list[float]]:
    """40,000 words of two to four characters, the commonest some thousand times as common as the rarest."""
    from pypinyin.phrases_dict import phrases_dict

    words = sorted(word for word in phrases_dict if 2 <= len(word) <= 4)[:40_000]
    random.Random(5).shuffle(words)
    return words, list(accumulate(1 / (rank + 10) for rank in range(len(words))))


def documents(start: int, count: int) -> Iterator[tuple[int, str, Document]]:
    """(site, kind, document): the same for the same `start`."""
    words, weights = vocabulary()
    rng = random.Random(start)
    for number in range(start, start + count):
        site = min(int(rng.paretovariate(1.2)), SITES) if rng.random() < 0.3 else rng.randrange(1, SITES + 1)
        title = "".join([*rng.choices(words, cum_weights=weights, k=3), *rng.sample(FIELD, 2)])
        body = "".join(
            word + ("，" if rng.random() < 0.15 else "")
            for word in [*rng.choices(words, cum_weights=weights, k=60), *rng.sample(FIELD, 4)]
        )
        division = f"{110000 + site * 100 + 1}{rng.randrange(1, 12):03}{rng.randrange(1, 9):03}"
        coming = NOW + timedelta(days=rng.randrange(1, 60)) if rng.random() < 0.3 else None
        yield site, rng.choice(KINDS), Document(
            url=f"/{number}/", title=title, body=body, division_code=division, brand=rng.choice(BRANDS),
            services=rng.sample(SERVICES, 2), recipients=["living_alone"], participation=["individual"],
            status="recruiting" if coming else "finished", starts_at=coming,
            published_on=(NOW - timedelta(days=rng.randrange(1500))).date(),
            organiser=f"{rng.choice(words)}志愿服务队", place=f"{rng.choice(words)}社区",
        )  # fmt: skip


def analysed(start: int, count: int, *, first_site: int) -> list[tuple[Any, ...]]:
    """Rows as PostgreSQL takes them; for a process of a pool."""
    from search import rows

    return [
        (first_site + site - 1, kind, f"{start + at}", "", *rows.values(first_site + site - 1, kind, document), NOW)
        for at, (site, kind, document) in enumerate(documents(start, count))
    ]


def in_processes(start: int, count: int, *, first_site: int) -> Iterator[list[tuple[Any, ...]]]:
    """The same from two processes, a chunk at a time."""
    from multiprocessing import get_context

    chunks = range(start, start + count, CHUNK)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=_ready) as pool:
        yield from pool.map(partial(analysed, count=CHUNK, first_site=first_site), chunks)


def _ready() -> None:
    import django

    django.setup()
