"""Facts of certificates as they are common: a record of four services, an honour, a year's list."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from certificates.enums import Motif, ProofGrade
from certificates.facts import Body, CertificateFacts, Honour, Programme, ServiceRow
from certificates.imprint import Imprint
from certificates.wording import hours

IMPRINT = Imprint(
    number="120101-2026-000123-5",
    issued_on=date(2026, 10, 18),
    qr_url="HTTPS://HEPING.TIANJIN.EXAMPLE.ORG/C/12010120260001235",
    check_host="heping.tianjin.example.org",
    platform_host="example.org",
)
SERVICES = (
    ("“一助一”结对陪伴", "上门探访、聊天慰藉、血压测量记录", "和平区五大道街道养老服务综合体"),
    ("银龄课堂·手机学习", "智能技术培训：挂号、付款、视频通话", "和平区小白楼街道开封道社区"),
    ("周三电话问候", "电话问候独居老年人12位，反馈需求2条", "和平区小白楼街道开封道社区"),
    ("社区重阳义诊", "健康讲座、义诊：引导、登记、测量", "和平区小白楼街道开封道社区"),
)


def rows(count: int) -> Iterator[ServiceRow]:
    """`count` services, a week apart, of three grades of proof."""
    for index in range(count):
        project, content, place = SERVICES[index % len(SERVICES)]
        yield ServiceRow(
            day=date(2025, 10, 1) + timedelta(days=6 * index),
            project=project,
            content=content,
            place=place,
            minutes=30 * (index % 5 + 1),
            grade=str(ProofGrade.values[index % 3]),
        )


def sheet(**over: Any) -> CertificateFacts:
    """Facts of common length."""
    given: dict[str, Any] = {
        "holder_name": "欧阳娜娜",
        "holder_masked": "欧***",
        "id_kind": "居民身份证",
        "id_masked": "1201***********046",
        "volunteer_number": "12010100264471",
        "period_start": date(2025, 10, 1),
        "period_end": date(2026, 10, 1),
        "main_content": "上门探访、智能技术培训、电话问候",
        "programme": Programme(title="“寸草心”助老志愿服务", motif=Motif.GRASS, verse=("谁言寸草心", "报得三春晖")),
        "bodies": (
            Body(
                name="天津市和平区小白楼街道开封道社区志愿服务站",
                in_charge="赵堃",
                handler="李喆",
                phone="022-00000116",
            ),
        ),
    }
    return CertificateFacts(**{**given, **over})


def honour(minutes: int = 36_750, **over: Any) -> CertificateFacts:
    """The facts of an honorary certificate."""
    served = f"您参加“寸草心”助老志愿服务，经确认的服务时长累计{hours(minutes)}小时，"
    text = f"{served}评定为三星级志愿者。特颁此证，谨致敬意。"
    return sheet(honour=Honour(heading="志愿服务证书", text=text, minutes=minutes, level=3), **over)
