"""Listings of several sites, the same in every run; every condition finds some of them and misses some."""

import datetime as dt
import random
from typing import Any

from search import rows
from search.documents import Document

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
WORDS = (  # noqa: SIM905  (easier to read and to add to)
    "陪伴 独居 老人 读报 助浴 理发 健康 讲座 防诈骗 智能手机 食堂 助餐 义诊 合唱 书法 太极 社区 志愿者 养老服务 综合体 "
    "春节 重阳 慰问 结对 家庭 班级 心理 疏导 法律 咨询 维修 家电 花园 种植 摄影 口述 历史 电影 茶话会"
).split()
KINDS = ("project", "venture", "story", "policy")
BRANDS = ("寸草心", "手足情", "")
SERVICES = ("company", "care", "culture", "repair")
RECIPIENTS = ("alone", "disabled", "all")
PARTICIPATION = ("individual", "family", "team")
STATUSES = ("recruiting", "full", "closed", "")
PLACES = ("120101001001", "120101001002", "120101002001", "120102001001", "450103001001", "450103", "")


def fill(tenants: list[Any], number: int = 200) -> None:
    """Write the listings of these sites."""
    chance = random.Random(7)  # noqa: S311  (the same every time is what we want)
    for tenant in tenants:
        by_kind: dict[str, list[tuple[str, Document]]] = {}
        for at in range(number // len(tenants)):
            by_kind.setdefault(chance.choice(KINDS), []).append((str(at), _document(chance, at)))
        for kind, documents in by_kind.items():
            rows.put(tenant.pk, kind, documents)


def _document(chance: random.Random, at: int) -> Document:
    day = dt.timedelta(days=chance.randint(-500, 3))
    starts = NOW + dt.timedelta(hours=chance.randint(-200, 2000)) if chance.random() < 0.6 else None
    located = chance.random() < 0.5
    return Document(
        url=f"/{at}/",
        title="".join(chance.sample(WORDS, 3)) + chance.choice(("", " A4", "（第二期）", str(at))),
        summary="，".join(chance.sample(WORDS, 4)),
        body="。".join("".join(chance.choices(WORDS, k=chance.randint(3, 9))) for _ in range(chance.randint(1, 12))),
        number=f"2026{at:06}",
        organiser=chance.choice(("和平区民政局", "耆乐社会工作服务中心", "朝阳小学", "")),
        place=chance.choice(("兴隆街道", "新城社区服务站", "")),
        division_code=chance.choice(PLACES),
        brand=chance.choice(BRANDS),
        services=chance.sample(SERVICES, chance.randint(0, 3)),
        recipients=chance.sample(RECIPIENTS, chance.randint(0, 2)),
        participation=chance.sample(PARTICIPATION, chance.randint(0, 3)),
        status=chance.choice(STATUSES),
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2) if starts else None,
        published_on=(NOW + day).date() if chance.random() < 0.9 else None,
        latitude=39.1 + chance.random() / 10 if located else None,
        longitude=117.2 + chance.random() / 10 if located else None,
        visible_until=NOW + dt.timedelta(hours=chance.choice((-1, 1))) if chance.random() < 0.1 else None,
        part="" if chance.random() < 0.9 else "2",
    )
