"""Facts and certificates for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from certificates.card import CardFacts
from certificates.domain import (
    confirm_revocation,
    create_key,
    issue_certificate,
    propose_revocation,
    request_certificate,
)
from certificates.enums import Ground, KeyUse, Motif, Occasion, PartKind, ProofGrade
from certificates.facts import Body, CertificateFacts, Honour, Part, Programme, ServiceRow
from certificates.models import Certificate, SigningKey
from certificates.sealing import Subject


def make_row(**over: Any) -> ServiceRow:
    given: dict[str, Any] = {
        "day": date(2026, 3, 5),
        "project": "周三电话问候",
        "content": "电话问候独居老年人12位",
        "place": "和平区小白楼街道开封道社区",
        "minutes": 90,
        "grade": ProofGrade.LEADER_ROLL,
    }
    return ServiceRow(**{**given, **over})


def make_facts(**over: Any) -> CertificateFacts:
    given: dict[str, Any] = {
        "holder_name": "欧阳娜娜",
        "holder_masked": "欧***",
        "id_kind": "居民身份证",
        "id_masked": "1201***********046",
        "volunteer_number": "12010100264471",
        "period_start": date(2026, 3, 1),
        "period_end": date(2026, 3, 31),
        "main_content": "电话问候、上门探访",
        "programme": Programme(title="“寸草心”助老志愿服务"),
        "bodies": (Body(name="开封道社区志愿服务站", in_charge="赵堃", handler="李喆", phone="022-00000116"),),
        "rows": (make_row(), make_row(day=date(2026, 3, 14), minutes=120, grade=ProofGrade.SCAN_BOTH_ENDS)),
    }
    return CertificateFacts(**{**given, **over})


def make_honour(**over: Any) -> CertificateFacts:
    honour = Honour(
        heading="志愿服务证书", text="经本人申请、审核公示，评定为三星级志愿者。特颁此证。", minutes=36750, level=3
    )
    return make_facts(**{"honour": honour, "rows": (), **over})


def make_group(**over: Any) -> CertificateFacts:
    honour = Honour(
        heading="志愿服务组织证书",
        text="贵单位组织36名志愿者参加敬老月主题活动，经确认志愿服务时长合计420小时，成绩突出。特颁此证，以资鼓励。",
        minutes=25_200,
        occasion=Occasion.GROUP,
    )
    name = "开封道社区志愿服务队"
    plain = {"holder_name": name, "holder_masked": name, "id_kind": "", "id_masked": "", "volunteer_number": ""}
    return make_facts(**{"honour": honour, "rows": (), **plain, **over})


def every_sheet() -> dict[str, CertificateFacts]:
    """One of each shape that a sheet can take, in both programmes' wording, by a name that fits a file."""
    cun_cao_xin = Programme(title="“寸草心”助老志愿服务", accent="#8c2730", motif=Motif.GRASS)
    shou_zu_qing = Programme(title="“手足情”助老志愿服务", accent="#8c2730", motif=Motif.CLASP)
    ba_gui = Programme(
        title="“八桂银龄守护”为老志愿服务", accent="#1c5a43", motif=Motif.HILLS, verse=("江作青罗带", "山如碧玉簪")
    )
    grades = (*ProofGrade, ProofGrade.SCAN_BOTH_ENDS)
    days = [make_row(day=date(2026, 3, 5 + index), grade=grade) for index, grade in enumerate(grades)]
    one = Part(kind=PartKind.PROJECT, name="周三电话问候", number="120101-2026-0042")
    theirs = Part(kind=PartKind.ORGANISER, name="青秀区志愿服务队")
    two = (Body(name="南宁市民政局", phone="0771-0000116"), Body(name="青秀区志愿服务队", role="组织单位"))
    return {
        "record-four-rows": make_facts(programme=cun_cao_xin, rows=tuple(days), seal=True),
        "record-long-list": make_facts(programme=ba_gui, rows=tuple(days * 10), bodies=two, part=theirs),
        "record-little": make_facts(programme=shou_zu_qing, id_kind="", id_masked="", volunteer_number="", part=one),
        "record-rare-name": make_facts(holder_name="𠮷田·阿不都热合曼", holder_masked="𠮷*"),
        "honour-star": make_honour(programme=cun_cao_xin, seal=True),
        "honour-five-stars": make_honour(
            programme=shou_zu_qing,
            honour=Honour(heading="志愿服务证书", text="评定为五星级志愿者。", minutes=90_000, level=5),
        ),
        "honour-programme": make_honour(
            programme=ba_gui,
            honour=Honour(heading="实践证书", text="完成“代际共居”实践周，特颁此证。", minutes=2400),
            bodies=two,
        ),
        "group-team": make_group(programme=cun_cao_xin),
        "group-longest-name": make_group(programme=ba_gui, bodies=two, **_same("南宁市青秀区为老志愿服务总队" * 5)),
    }


def _same(name: str) -> dict[str, str]:
    return {"holder_name": name, "holder_masked": name}


def make_card_facts(**over: Any) -> CardFacts:
    given: dict[str, Any] = {
        "holder_name": "李小梅",
        "volunteer_number": "120101002644",
        "since": date(2024, 3, 5),
        "programme": Programme(title="“寸草心”为老志愿服务", accent="#8c2730", motif=Motif.GRASS),
        "site_name": "津牌养老",
        "issuer": "天津市和平区民政局（示例）",
        "phone": "022-55550116",
        "level": 2,
        "level_words": "已达到二星的时长",
        "level_rule": "一至五星依次须满100、300、600、1000、1500小时（本站规则）。",
        "minutes": 19_830,
        "as_of": date(2026, 10, 18),
        "qr_url": "HTTPS://HEPING.EXAMPLE.ORG/K/ABCDEFGHIJKLMNOPQRSTUVWX",
    }
    return CardFacts(**{**given, **over})


def every_card() -> dict[str, CardFacts]:
    """One of each drawing, one of which has the longest texts; by a name that fits a file."""
    return {
        "card-grass": make_card_facts(),
        "card-clasp": make_card_facts(
            programme=Programme(title="“手足情”为老志愿服务", accent="#8c2730", motif=Motif.CLASP),
            level=0,
            level_words="还没有达到一星的时长",
        ),
        "card-hills-long": make_card_facts(
            holder_name="买买提·吐尔逊·阿不都热合曼",
            programme=Programme(title="“八桂银龄守护”为老志愿服务", accent="#1c5a43", motif=Motif.HILLS),
            issuer="广西壮族自治区南宁市青秀区民政局老年人福利与养老服务科（示例）",
            level=5,
            level_words="已达到五星的时长",
            level_rule=f"一至五星依次须满100、300、600、1000、1500小时（{'本市星级志愿者评定办法试行' * 3}一）。",
        ),
        "card-plain": make_card_facts(
            programme=Programme(title="“银龄”为老志愿服务"),
            phone="",
            holder_name="𠮷田",
            level=1,
            level_words="已达到一星的时长",
        ),
    }


def make_subject(**over: Any) -> Subject:
    now = datetime.now(UTC)
    given: dict[str, Any] = {
        "name": "天津市和平区",
        "division": "120101",
        "valid_from": now - timedelta(days=1),
        "valid_until": now + timedelta(days=365),
    }
    return Subject(**{**given, **over})


def make_key(**over: Any) -> SigningKey:
    """The current site's key."""
    return create_key(**{"days": 365, "created_by": "operator", **over})


def make_credential_key(**over: Any) -> SigningKey:
    """The key with which the current site signs credentials."""
    return make_key(**{"use": KeyUse.CREDENTIAL, **over})


def make_requested(*, holder_key: str = "volunteer:1", **over: Any) -> Certificate:
    return request_certificate(make_facts(**over), holder_key=holder_key, requested_by="test")


def make_issued(**over: Any) -> Certificate:
    return issue_certificate(make_requested(**over).pk)


def make_revoked(certificate: Certificate | None = None, *, reason: str = "冒名领取") -> Certificate:
    """Proposed by account 1, confirmed by account 2."""
    proposal = propose_revocation(
        certificate or make_issued(), ground=Ground.NOT_THEIRS, reason=reason, proposed_by="1"
    )
    confirm_revocation(proposal, confirmed_by="2")
    return Certificate.objects.get(pk=proposal.certificate_id)
