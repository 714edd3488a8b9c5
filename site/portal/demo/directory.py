"""The contact directory of a demo site: who answers at each level, and the bodies of the site's streets."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from portal.core.models import Division
from portal.demo.people import sample_phone
from portal.demo.places import sample_position
from portal.directory.enums import EntryKind
from portal.directory.models import DirectoryEntry
from tenants.models import Tenant

_HOURS = "工作日 9:00—12:00，14:00—17:00"
_STREETS = 8

#: Departments that the policies name, with the part of them that answers (Tianjin seed 五(一), Guangxi seed 三(二)1).
_DEPARTMENTS = {
    "tianjin": [("文明办", "志愿服务科"), ("教育局", "德育科"), ("卫生健康委", "老龄健康科"), ("团委", "青年志愿者部")],
    "guangxi": [
        ("党委社会工作部", "志愿服务科"),
        ("教育局", "基础教育科"),
        ("财政局", "社会保障科"),
        ("团委", "青年发展部"),
    ],
}

#: Kind, name, what one may arrange there; {street} is a street of the site.
_BODIES = [
    (EntryKind.CARE_HOME, "{street}示例养老院", "可接待30人；周三、周六下午"),
    (EntryKind.COMPLEX, "{street}养老服务综合体（示例）", "每天；有理发、助餐、康复室"),
    (EntryKind.SOCIAL_WORK, "{street}社工站（示例）", "收集需求，安排结对"),
    (EntryKind.MEDICAL, "{street}社区卫生服务中心（示例）", "义诊、健康讲座，提前一周约"),
    (EntryKind.SCHOOL, "{street}示例中学", "可整班参加；由团委老师带队"),
    (EntryKind.VOLUNTEERS, "{street}示例助老志愿服务队", "电话问候、上门探访、送餐代购"),
    (EntryKind.SOCIAL_ORGANISATION, "{street}示例养老服务促进会", "照护者培训，承接公益创投"),
]
_COMMUNITY_OFFERS = ["结对、探访、送餐", "电话问候；缺会修手机的人", "楼门互助，7个楼门有空缺", "手机课堂每周三下午"]


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """Entries with numbers of their own; two are stale, two are drafts of a community worker."""
    rows = entries_of(tenant, Division.objects.order_by("code"))
    entries = []
    for index, row in enumerate(rows):
        stale = index in {5, len(rows) - 3}
        checked = today - timedelta(days=230 if stale else rng.randrange(3, 120))
        entries.append(
            DirectoryEntry(
                **row,
                last_checked=checked,
                live=index < len(rows) - 2,
                **(sample_position(tenant.division_code, index) if index % 2 else {}),
            )
        )
    DirectoryEntry.objects.bulk_create(entries)


def entries_of(tenant: Tenant, divisions: Iterable[Division]) -> list[dict[str, Any]]:
    """The fields of every entry that a site with these divisions, sorted by code, has."""
    places = _places(divisions)
    rows = [
        *_levels(tenant, places),
        *_departments(tenant, places["own"][0]),
        *_streets(places["street"]),
        *_communities(places["community"]),
    ]
    common = {"contact": "对接专员（示例）", "hours": _HOURS}
    return [{**common, **row, "phone": sample_phone(tenant, number)} for number, row in enumerate(rows, start=200)]


def _places(divisions: Iterable[Division]) -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {"own": [], "city": [], "county": [], "street": [], "community": []}
    for place in divisions:
        if place.name != "市辖区":
            found["own" if not found["own"] else str(place.level)].append(place)
    return found


def _levels(tenant: Tenant, places: dict[str, list[Division]]) -> list[dict[str, Any]]:
    """The civil affairs department of the site, and of each city or district within it."""
    below = places["city"] or places["county"]
    return [
        {
            "kind": EntryKind.CIVIL_AFFAIRS,
            "name": f"{place.name}民政局（示例）",
            "division": place,
            "department": "养老服务科",
            "address": f"{place.name}示例路1号",
            "offers": "结对助老总对接；公布名录",
        }
        for place in [places["own"][0], *below]
    ]


def _departments(tenant: Tenant, own: Division) -> list[dict[str, Any]]:
    programme = "tianjin" if tenant.division_code.startswith("12") else "guangxi"
    return [
        {
            "kind": EntryKind.DEPARTMENT,
            "name": f"{own.name}{name}（示例）",
            "division": own,
            "department": section,
            "address": f"{own.name}示例路{number * 4}号",
        }
        for number, (name, section) in enumerate(_DEPARTMENTS[programme], start=1)
    ]


def _streets(streets: list[Division]) -> list[dict[str, Any]]:
    """A street's office and one or two bodies in each of some streets, spread over the site."""
    step = max(len(streets) // _STREETS, 1)
    rows = []
    for number, street in enumerate(streets[::step][:_STREETS]):
        rows.append(
            {
                "kind": EntryKind.STREET,
                "name": f"{street.name}办事处（示例）"
                if street.name.endswith("街道")
                else f"{street.name}人民政府（示例）",
                "division": street,
                "department": "公共服务办公室",
                "address": f"{street.name}示例大街9号",
                "offers": "各社区（村）对接责任人由这里公布",
            }
        )
        for kind, name, offers in (_BODIES[number % len(_BODIES)], _BODIES[(number + 3) % len(_BODIES)]):
            rows.append(
                {
                    "kind": kind,
                    "name": name.format(street=street.name),
                    "division": street,
                    "address": f"{street.name}示例路{18 + number * 6}号",
                    "offers": offers,
                }
            )
    return rows


def _communities(communities: list[Division]) -> list[dict[str, Any]]:
    return [
        {
            "kind": EntryKind.COMMUNITY,
            "name": f"{community.name}居民委员会（示例）",
            "division": community,
            "department": "居民委员会",
            "contact": "助老员（示例）",
            "address": f"{community.name}示例里{3 + number}号",
            "offers": _COMMUNITY_OFFERS[number % len(_COMMUNITY_OFFERS)],
        }
        for number, community in enumerate(communities)
    ]
