"""Calls for proposals of a demo site: one open, one between or in publicity, one decided, one draft."""

import random
import tomllib
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document

from portal.core.models import Brand
from portal.demo.people import sample_phone
from portal.ventures import standard
from portal.ventures.models import Call, CallDocument, Criterion, Payment
from tenants.models import Tenant

_FILE = Path(__file__).with_name("data") / "ventures.toml"

#: Days from today of: announcement, first day, last day, opening, publicity from and to, results.
_DATES: dict[str, tuple[int, ...]] = {
    "open": (-14, -7, 11, 14, 28, 32, 40),
    "closed": (-40, -33, -2, 2, 20, 24, 31),
    "publicity": (-75, -68, -30, -27, -2, 3, 9),
    "results": (-220, -210, -180, -176, -150, -146, -140),
    "draft": (0, 20, 50, 53, 70, 74, 80),
}

_HAND_IN = """<p>纸质申报书一式三份，盖章，连同预算表一起交：</p>
<ul><li>当面交：{organiser}三楼306室（示例），工作日9:00—17:00，当场给回执；</li>
<li>邮寄：用邮政快递寄到同一地址，封面写明“公益创投申报”，以签收时间为准；</li>
<li>截止以后送到的不拆封，原样退回。截止前可以换回、撤回。</li></ul>"""


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """The samples of the programme, numbered in the order in which they were announced."""
    programme = "tianjin" if tenant.division_code.startswith("12") else "guangxi"
    brands = {brand.slug: brand for brand in Brand.objects.all()}
    budget = _budget_table()
    for number, sample in enumerate(announced(programme), start=1):
        call = call_of(sample, tenant, today, number)
        call.brand = brands.get(sample["brand"])
        call.criteria = [Criterion(name=line.name, points=line.value, note=line.note) for line in standard.rubric()]
        call.payments = [Payment(name=line.name, share=line.value, condition=line.note) for line in standard.payments()]
        call.documents = [CallDocument(document=budget)]
        call.save()


@lru_cache(maxsize=1)
def samples() -> dict[str, list[dict[str, Any]]]:
    """The samples of both programmes."""
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def announced(programme: str) -> list[dict[str, Any]]:
    """The samples of one programme in the order in which they were announced."""
    return sorted(samples()[programme], key=lambda sample: _DATES[sample["stage"]][0])


def call_of(sample: dict[str, Any], tenant: Tenant, today: date, number: int) -> Call:
    """A call that is not saved yet."""
    published, opens, closes, opened, public_from, public_to, results = (
        today + timedelta(days=days) for days in _DATES[sample["stage"]]
    )
    organiser = f"{tenant.short_name}民政部门（示例）"
    sign = "津" if tenant.division_code.startswith("12") else "桂"
    return Call(
        number=f"{sign}{tenant.short_name[:2]}创投〔{published.year}〕示例{number}号",
        title=sample["title"].format(year=today.year),
        summary=sample["summary"],
        organiser=organiser,
        sought=sample["sought"],
        eligibility=standard.eligibility(),
        hand_in=_HAND_IN.format(organiser=organiser),
        ceiling=sample.get("ceiling", 100_000),
        awards=sample.get("awards"),
        funds=sample.get("funds", ""),
        term=f"{published.year + 1}年1月—11月",
        published_on=published,
        opens_at=_at(opens, 9),
        closes_at=_at(closes, 17),
        bids_opened_at=_at(opened, 9),
        publicity_from=public_from,
        publicity_to=public_to,
        results_on=results,
        contact_name="创投专员（示例）",
        contact_phone=sample_phone(tenant, 120),
        contact_hours="工作日 9:00—17:00",
        live=sample["stage"] != "draft",
        first_published_at=_at(published, 9) if sample["stage"] != "draft" else None,
    )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@lru_cache(maxsize=1)
def _budget_bytes() -> bytes:
    from openpyxl import Workbook  # 90 ms to import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("预算表（示例）")
    for row in (
        ["项目名称", "", "", "", ""],
        ["科目", "单价（元）", "数量", "小计（元）", "用在哪件事上"],
        ["师资", "", "", "", ""],
        ["教具和耗材", "", "", "", ""],
        ["志愿者交通、餐食、保险（据实）", "", "", "", ""],
        ["合计（不超过单个上限）", "", "", "", ""],
    ):
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _budget_table() -> Document:
    content = _budget_bytes()
    document = Document(title="预算表（示例）", file=ContentFile(content, "budget-example.xlsx"))
    document.file_size = len(content)
    document.save()
    return document
