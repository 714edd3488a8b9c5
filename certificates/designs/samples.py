"""Invented facts with which a design is shown and proven: a usual name, a long one, a rare one."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.design import Design
from certificates.designs.dressing import dressed
from certificates.enums import Kind, Occasion, ProofGrade
from certificates.facts import Body, CertificateFacts, Honour, Programme, ServiceRow
from certificates.imprint import Imprint


class Sample(models.TextChoices):
    """Whose sheet is shown."""

    USUAL = "usual", _("常见的姓名")
    LONG = "long", _("长姓名")
    RARE = "rare", _("生僻字姓名")


_PEOPLE: dict[Any, str] = {Sample.USUAL: "李小梅", Sample.LONG: "买买提·吐尔逊·阿不都热合曼", Sample.RARE: "𠮷田䶮"}
_BODIES: dict[Any, str] = {
    Sample.USUAL: "银杏社区志愿服务队",
    Sample.LONG: "示例市示例区银杏街道老年友好型社区低龄健康老年人为老志愿服务总队",
    Sample.RARE: "𠮷祥里社区䶮湖志愿服务队",
}
_START, _END, _ISSUED = date(2026, 3, 5), date(2026, 10, 18), date(2026, 10, 20)
_CONTENT = "上门探访、送餐代购、智能技术培训"
_MINUTES = 36_750
_PLACE = "银杏街道银杏社区"


def sample_facts(
    design: Design,
    kind: str,
    occasion: str = "",
    *,
    sample: Any = Sample.USUAL,
    programme: Programme,
    bodies: tuple[Body, ...],
) -> CertificateFacts:
    """A sheet of an invented holder in this design; raises what `dressed` raises."""
    group = kind == Kind.GROUP
    name = _BODIES[sample] if group else _PEOPLE[sample]
    facts = CertificateFacts(
        holder_name=name,
        holder_masked=name if group else f"{name[0]}*",
        id_kind="" if group else "居民身份证",
        id_masked="" if group else "1201***********046",
        volunteer_number="" if group else "000000000000",
        period_start=_START,
        period_end=_END,
        main_content=_CONTENT,
        programme=programme,
        bodies=bodies,
        rows=() if kind != Kind.RECORD else _rows(),
        honour=None if kind == Kind.RECORD else _honour(kind, occasion),
        seal=True,
    )
    return dressed(facts, design if design.version else replace(design, version="draft"), project="2026年敬老月活动")


def sample_imprint(host: str) -> Imprint:
    """Number and address of a sheet that proves nothing: checked, it is unknown."""
    return Imprint(
        number="样张", issued_on=_ISSUED, qr_url=f"HTTPS://{host}/C/0".upper(), check_host=host, platform_host=""
    )


def _honour(kind: str, occasion: str) -> Honour:
    meant = Occasion.GROUP if kind == Kind.GROUP else occasion
    return Honour(heading="", text="", minutes=_MINUTES, level=3 if meant == Occasion.STAR else 0, occasion=str(meant))


def _rows() -> tuple[ServiceRow, ...]:
    shown = (
        (date(2026, 3, 5), "“一助一”结对陪伴", "上门探访、聊天慰藉", 120, ProofGrade.SCAN_BOTH_ENDS),
        (date(2026, 5, 14), "银龄课堂·手机学习", "智能技术培训：挂号、付款、视频通话", 150, ProofGrade.LEADER_ROLL),
        (date(2026, 10, 18), "社区重阳送餐", "送餐代购，反馈需求2条", 30, ProofGrade.LATE_ENTRY),
    )
    return tuple(
        ServiceRow(day=day, project=project, content=content, place=_PLACE, minutes=minutes, grade=str(grade))
        for day, project, content, minutes, grade in shown
    )
