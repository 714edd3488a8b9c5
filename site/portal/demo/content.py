"""What a demo site says of itself: footer, desk, the policy that governs it, announcements."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.accounts.models import User
from portal.core import queries
from portal.demo.people import sample_phone
from portal.home.domain.policies import publish_governing_policy
from portal.home.enums import ArticleKind
from portal.home.models import ArticleIndexPage, ArticlePage, ContactPage
from tenants.models import Tenant

#: Days from today, kind, title, paragraphs; {place} is the site's name, {brands} its programmes.
_ARTICLES: list[tuple[int, ArticleKind, str, list[str]]] = [
    (
        -2,
        ArticleKind.PUBLICITY,
        "{place}2026年第二批五星级志愿者名单公示",
        [
            "依据服务记录和本人申请，拟评定五星级志愿者3名：张*（累计1,512.5小时）、韦*（1,506小时）、李*（1,503.5小时）。",
            "公示期为5个工作日。对公示有异议的，请在公示期内实名书面反映，匿名的不受理。",
        ],
    ),
    (
        -6,
        ArticleKind.NOTICE,
        "冬季上门探访的四点提醒",
        [
            "一看燃气、煤火和电热毯，二看过道和卫生间滑不滑，三看药盒是不是按顿吃，四看电话是不是打得通。",
            "发现险情先打电话给社区，再陪老人等。不要自己拆修燃气设备。",
        ],
    ),
    (
        -11,
        ArticleKind.NEWS,
        "敬老月里，{place}的{brands}志愿者都做了什么",
        [
            "重阳节当月，各街道（乡镇）统筹，社区（村）牵头，学校、机关、企业和社会组织一起，为老年人办实事、做好事、献爱心。",
            "敬老月不是一年一次的慰问。很多对子在这个月结成，往后每周还要见面。",
        ],
    ),
    (
        -19,
        ArticleKind.NOTICE,
        "服务时长怎么记，证明怎么开",
        [
            "带队人当场点名，另一人确认，确认以后才计入时长。路上的时间不算，有报酬的活动不算。",
            "证明自己申请、自己打印，不收费。证明上的二维码人人可查。记录有误的，可以在服务台提出异议。",
        ],
    ),
]


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """Settings first: pages show them."""
    _fill_settings(tenant)
    officer = User.objects.get(username="officer")
    publish_governing_policy(division_code=tenant.division_code, by=officer)
    _fill_articles(tenant, today, officer)
    contact = ContactPage.objects.get()
    contact.body = _paragraphs(
        ["不方便上网的，打电话、到社区服务站都可以报名，工作人员替您填。", "本站是演示站点，单位、人员、电话都是示例。"]
    )
    contact.save()


def _fill_settings(tenant: Tenant) -> None:
    identity = queries.identity()
    identity.phone = sample_phone(tenant, 100)
    identity.phone_hours = "工作日 9:00—17:00"
    identity.save()
    footer = queries.footer()
    footer.organiser = (
        f"{tenant.name}民政局（示例）" if tenant.level != "province" else f"{tenant.name}民政部门（示例）"
    )
    footer.operator = f"{tenant.short_name}为老志愿服务指导中心（示例）"
    footer.site_code = f"{tenant.division_code}0000"
    plate = "津" if tenant.division_code.startswith("12") else "桂"
    footer.icp = f"{plate}ICP备00000000号-1（示例）"
    footer.police = f"{plate}公网安备 {tenant.division_code}00000000号（示例）"
    footer.address = f"{tenant.short_name}示例路1号"
    footer.complaints = f"时长造假、收费、冒名：{sample_phone(tenant, 119)}"
    footer.save()


def _fill_articles(tenant: Tenant, today: date, officer: User) -> None:
    index = ArticleIndexPage.objects.get()
    for number, words in enumerate(articles(tenant, today), start=1):
        words["body"] = _paragraphs(words["body"])
        index.add_child(instance=ArticlePage(slug=f"notice-{number}", owner=officer, **words))


def articles(tenant: Tenant, today: date) -> Iterator[dict[str, Any]]:
    """The fields of the announcements; `body` as paragraphs of text."""
    brands = "“寸草心”“手足情”" if tenant.division_code.startswith("12") else "“八桂银龄守护”"
    for day, kind, title, paragraphs in _ARTICLES:
        published = today + timedelta(days=day)
        yield {
            "title": title.format(place=tenant.short_name, brands=brands),
            "kind": kind,
            "date": published,
            "until": published + timedelta(days=8) if kind == ArticleKind.PUBLICITY else None,
            "source": f"{tenant.short_name}民政局（示例）",
            "body": paragraphs,
        }


def _paragraphs(texts: list[str]) -> list[tuple[str, Any]]:
    from wagtail.rich_text import RichText

    return [("text", RichText("".join(f"<p>{text}</p>" for text in texts)))]
