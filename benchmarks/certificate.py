"""How long the next certificate takes and how large it is: a record of four services, an honour, a year's list."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.timing import keep, percentiles, set_up, times

set_up("certificate")

from django.conf import settings  # noqa: E402  (Django is set up above)

from certificates.enums import ProofGrade  # noqa: E402  (Django is set up above)
from certificates.facts import Body, CertificateFacts, Honour, Motif, Programme, ServiceRow  # noqa: E402  (Django is set up above)
from certificates.fonts import prepare_fonts  # noqa: E402  (Django is set up above)
from certificates.imprint import Imprint  # noqa: E402  (Django is set up above)
from certificates.offline import read_seal  # noqa: E402  (Django is set up above)
from certificates.rendering.press import print_certificate  # noqa: E402  (Django is set up above)
from certificates.sealing import Subject  # noqa: E402  (Django is set up above)
from certificates.sealing.pades import PadesSeal  # noqa: E402  (Django is set up above)

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


def figures(facts: CertificateFacts) -> dict[str, float]:
    """The first one in this process, then the next ones, and the size."""
    began = perf_counter()
    data = print_certificate(facts, IMPRINT)
    first = (perf_counter() - began) * 1000
    cpu = process_time()
    taken = times(lambda: print_certificate(facts, IMPRINT), count=30, warm=0)
    cpu = (process_time() - cpu) * 1000 / len(taken)  # what a quiet machine would show
    return {
        "first_ms": round(first),
        "best_ms": round(min(taken), 1),
        **percentiles(taken),
        "cpu_ms": round(cpu, 1),
        "kB": round(len(data) / 1000, 1),
    }


def sealing(facts: CertificateFacts) -> dict[str, Any]:
    """What a seal costs when it is put and when it is read again, and by how much the file grows."""
    pdf, service, now = print_certificate(facts, IMPRINT), PadesSeal(), datetime.now(UTC)
    key = service.make_key(Subject("天津市和平区", "120101", now - timedelta(days=1), now + timedelta(days=9)))
    sealed = service.seal(pdf, key, reason="出具志愿服务证书").pdf
    return {
        "seal": percentiles(times(lambda: service.seal(pdf, key, reason="出具志愿服务证书"), count=30, warm=2)),
        "read": percentiles(times(lambda: read_seal(sealed), count=30, warm=2)),
        "kB_more": round((len(sealed) - len(pdf)) / 1000, 1),
    }


def main() -> None:
    began = perf_counter()
    prepare_fonts(Path(settings.CERTIFICATE_FONTS_DIR))
    fonts = perf_counter() - began
    text = "您参加“寸草心”助老志愿服务，经确认的服务时长累计612.5小时，评定为三星级志愿者。特颁此证，谨致敬意。"
    keep(
        "certificate",
        {
            "fonts_s": round(fonts, 1),
            "record_4_rows": figures(sheet(rows=tuple(rows(4)))),
            "honour": figures(sheet(honour=Honour(heading="志愿服务证书", text=text, minutes=36750, level=3))),
            "record_60_rows": figures(sheet(rows=tuple(rows(60)))),
            "sealing": sealing(sheet(rows=tuple(rows(4)))),
        },
    )


if __name__ == "__main__":
    main()
