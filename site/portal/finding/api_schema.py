"""The shapes of `/api/v1/`, from which its OpenAPI document is made."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from portal.finding.asking import LABELS

MOST, USUAL = 100, 20


def _many(name: str, more: str = "") -> list[str]:
    return Field([], description=f"{LABELS[name]}{more}", examples=[])


class Params(Schema):
    """The parameters of `/search/`, and how to go through the pages."""

    q: str = Field("", description="搜索词，最多200字；拼音、首字母、繁体、文号、电话都可以", max_length=10_000)
    kind: list[str] = _many("kind", "：project、call、story、policy、article、entry等；可以重复")
    site: list[str] = _many("site", "的编号，只在平台上用；可以重复")
    place: list[str] = _many("place", "：行政区划代码，含下级；可以重复")
    brand: list[str] = _many("brand", "；可以重复")
    service: list[str] = _many("service", "；可以重复")
    recipient: list[str] = _many("recipient", "；可以重复")
    who: list[str] = _many("who", "；可以重复")
    status: list[str] = _many("status", "；可以重复")
    coming: str = Field("", description="下一次在什么时候：week（七天以内）、month（一个月以内）")
    published: str = Field("", description="什么时候发布的：month（最近一个月）、year（最近一年）")
    since: str = Field("", description="从哪天起，写成2026-10-23")
    until: str = Field("", description="到哪天为止，写成2026-10-23")
    sort: str = Field("", description="relevance（默认）、soonest、newest、nearest（要有near或lat、lon）")
    near: str = Field("", description="所在社区、街道或区县的代码，6、9或12位")
    lat: str = Field("", description="纬度，只用到百米")
    lon: str = Field("", description="经度，只用到百米")
    limit: int = Field(USUAL, description="一页几条，1到100", ge=1, le=MOST)
    cursor: str = Field("", description="上一页给的next；换了条件就不能再用")


class Site(Schema):
    """Whose it is; on the platform alone."""

    id: int
    name: str


class Listing(Schema):
    """One public thing, or one part of a long one."""

    kind: str = Field(description="种类")
    kind_label: str = Field(description="种类的名称")
    id: str = Field(description="在本站、本种类里的主键")
    part: str = Field("", description="长文件的哪一部分")
    title: str
    url: str
    summary: str
    number: str = Field("", description="编号或文号")
    organiser: str
    place: str
    division_code: str
    brand: str
    services: list[str]
    recipients: list[str]
    participation: list[str]
    status: str
    starts_at: dt.datetime | None = Field(None, description="最近一次的时间，或截止时间")
    ends_at: dt.datetime | None = None
    published_on: dt.date | None = None
    latitude: float | None = None
    longitude: float | None = None
    changed_at: dt.datetime
    site: Site | None = None


class Page(Schema):
    """One page of a result list."""

    total: int = Field(description="一共几条")
    total_is_exact: bool = Field(description="太多时不数完，这时为false")
    is_loose: bool = Field(description="同时含有所有搜索词的太少，放宽了")
    items: list[Listing]
    facets: dict[str, dict[str, int]] = Field(description="每个条件的每个值各有几条")
    next: str | None = Field(None, description="下一页的cursor；没有下一页就是null")
    next_url: str | None = Field(None, description="下一页的地址")


class Fault(Schema):
    """One parameter that cannot be used."""

    field: str
    message: str


class Problem(Schema):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


PROBLEM_TITLES = {400: _("请求的参数有误"), 404: _("没有这个地址"), 405: _("只能读取")}
