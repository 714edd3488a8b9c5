"""Designs: one draft, one version that prints, and what was published or issued before stays as it was."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django_tenants.utils import tenant_context

from certificates import designs
from certificates.design import Design, Emblem, Signatory
from certificates.designs.emblems import take_emblem
from certificates.domain import (
    drop_draft,
    issue_certificate,
    publish_design,
    request_certificate,
    retire_design,
    save_draft,
)
from certificates.download import pdf_bytes
from certificates.enums import DesignState, Kind, Motif, Occasion
from certificates.errors import CertificateError, DesignLacks, GlyphMissing, SlotUnknown, TextTooLong, TransitionRefused
from certificates.models import Certificate, DesignVersion
from certificates.offline import read_print
from certificates.rendering import press
from tests.factories.certificates import make_facts
from tests.factories.designs import GRASS, SVG, make_design, make_png, make_published


def draft_of(kind: str = Kind.HONOUR, occasion: str = "", **over: Any) -> DesignVersion:
    return save_draft(kind, occasion, make_design(**over), edited_by="1")


def record_facts() -> Any:
    return designs.dressed(make_facts(), designs.current(Kind.RECORD))


def test_without_one_of_its_own_a_site_prints_what_comes_with_the_package(tenant_a: Any) -> None:
    assert designs.current(Kind.HONOUR, Occasion.STAR, motif=Motif.CLASP).text.startswith(
        "自{period}，您参加{programme}，与楼邻"
    )
    assert record_facts() == make_facts()


def test_a_published_version_prints_for_its_occasion_or_its_kind(tenant_a: Any) -> None:
    make_published(heading="荣誉证书")
    make_published(occasion=Occasion.CAMPAIGN, heading="敬老月证书")
    asked = [
        (Kind.HONOUR, Occasion.STAR), (Kind.HONOUR, Occasion.CAMPAIGN), (Kind.HONOUR, ""), (Kind.GROUP, Occasion.GROUP)
    ]  # fmt: skip
    found = [designs.current(*one) for one in asked]
    assert [one.heading for one in found] == ["荣誉证书", "敬老月证书", "荣誉证书", "志愿服务证书"]
    assert [one.version for one in found] == ["honour/1", "honour.campaign/1", "honour/1", ""]


def test_another_sites_design_prints_nothing_here(tenant_a: Any, tenant_b: Any) -> None:
    make_published(heading="甲区证书")
    with tenant_context(tenant_b):
        assert designs.current(Kind.HONOUR).version == ""
        assert DesignVersion.objects.count() == 0


def test_there_is_one_draft_and_saving_changes_it(tenant_a: Any) -> None:
    first, second = draft_of(heading="甲"), draft_of(heading="乙")
    assert (first.pk, DesignVersion.objects.get().heading, designs.current(Kind.HONOUR).version) == (
        second.pk,
        "乙",
        "",
    )
    drop_draft(second)
    assert DesignVersion.objects.count() == 0


def test_a_new_version_retires_the_old_and_an_old_one_comes_back_as_the_draft(tenant_a: Any) -> None:
    first = make_published(heading="甲")
    second = make_published(heading="乙")
    first.refresh_from_db()
    assert (first.state, second.state, second.number, second.published_by) == ("retired", "published", 2, "1")
    back = publish_design(save_draft(Kind.HONOUR, "", first.design, edited_by="2"), published_by="2", programme=GRASS)
    assert (back.version, back.heading) == ("honour/3", "甲")
    assert replace(back.design, version="") == replace(first.design, version="")
    assert [one.heading for one in designs.versions_of(Kind.HONOUR)] == ["甲", "乙", "甲"]


def test_a_retired_version_leaves_the_packages_own(tenant_a: Any) -> None:
    version = make_published()
    retire_design(version, retired_by="2")
    assert designs.current(Kind.HONOUR).version == ""
    with pytest.raises(TransitionRefused, match="用过"):
        retire_design(version, retired_by="2")


def test_of_two_who_publish_the_same_draft_one_is_told(tenant_a: Any) -> None:
    draft = draft_of()
    stale = DesignVersion.objects.get(pk=draft.pk)
    publish_design(draft, published_by="1", programme=GRASS)
    with pytest.raises(TransitionRefused, match="在用"):
        publish_design(stale, published_by="2", programme=GRASS)
    with pytest.raises(TransitionRefused, match="不能删除"):
        drop_draft(stale)
    gone = draft_of()
    drop_draft(DesignVersion.objects.get(pk=gone.pk))
    with pytest.raises(TransitionRefused, match="不在了"):
        publish_design(gone, published_by="2", programme=GRASS)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE certificates_designversion SET heading = 'x' WHERE state = %s",
        "UPDATE certificates_designversion SET emblem_sha256 = repeat('0', 64), emblem_form = 'png' WHERE state = %s",
        "UPDATE certificates_designversion SET published_by = '9' WHERE state = %s",
        "UPDATE certificates_designversion SET state='draft', number=null, published_at=null WHERE state = %s",
        "DELETE FROM certificates_designversion WHERE state = %s",
    ],
)
@pytest.mark.parametrize("state", ["published", "retired"])
def test_the_database_keeps_what_was_published(tenant_a: Any, state: str, sql: str) -> None:
    make_published()
    make_published()
    with pytest.raises((IntegrityError, InternalError), match="stays as it is"), transaction.atomic():
        connection.cursor().execute(sql, [state])


@pytest.mark.parametrize(
    "over",
    [
        {"occasion": "group"},
        {"kind": "record", "occasion": "star"},
        {"motif": "dragon"},
        {"frame": "gold"},
        {"emblem_sha256": "0" * 64},
        {"background_sha256": "0" * 64, "background_form": "png"},
        {"number": 1},
        {"state": "published"},
        {"state": "retired"},
    ],
)
def test_the_database_knows_what_a_design_can_be(tenant_a: Any, over: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DesignVersion.objects.create(**{"kind": "honour", "heading": "x", "text": "x", "edited_by": "1", **over})


@pytest.mark.parametrize("state", ["draft", "published"])
def test_the_database_has_one_draft_and_one_current(tenant_a: Any, state: str) -> None:
    make_published()
    draft_of()
    twin = DesignVersion.objects.get(state=state)
    twin.pk, twin.number = None, 7 if state == "published" else None
    with pytest.raises(IntegrityError, match="design_one_draft_one_current"), transaction.atomic():
        twin.save(force_insert=True)


def test_what_was_asked_for_prints_as_it_was_frozen(tenant_a: Any) -> None:
    make_published(
        Kind.RECORD, heading="志愿服务证明甲", emblem=take_emblem(SVG), signatories=(Signatory(name="王海"),)
    )
    asked = request_certificate(record_facts(), holder_key="volunteer:1", requested_by="1")
    make_published(Kind.RECORD, heading="志愿服务证明乙")
    issued = issue_certificate(asked.pk)
    words = read_print(pdf_bytes(issued))
    assert ("志愿服务证明甲" in words, "志愿服务证明乙" in words, "王海" in words) == (True, False, True)
    assert (issued.design_version, issued.template_version[:7]) == ("record/1", "record-")
    make_published(Kind.RECORD, heading="志愿服务证明丙")
    again = Certificate.objects.get(pk=issued.pk)
    assert (pdf_bytes(again), again.facts) == (pdf_bytes(issued), asked.facts)


def test_the_same_facts_and_version_give_the_same_bytes(tenant_a: Any) -> None:
    for emblem in (SVG, make_png()):
        make_published(Kind.RECORD, emblem=take_emblem(emblem))
        sheet = request_certificate(record_facts(), holder_key=f"volunteer:{len(emblem)}", requested_by="1")
        kept = Certificate.objects.get(pk=sheet.pk)
        first = press.print_certificate(sheet.facts, sheet.imprint)
        press.press().ornament.cache_clear()
        assert press.print_certificate(kept.facts, kept.imprint) == first


def test_a_new_look_is_no_reason_for_a_second_certificate(tenant_a: Any) -> None:
    first = request_certificate(record_facts(), holder_key="volunteer:1", requested_by="1")
    make_published(Kind.RECORD)
    assert request_certificate(record_facts(), holder_key="volunteer:1", requested_by="1") == first


EMBLEM = Emblem(sha256=hashlib.sha256(SVG).hexdigest(), form="svg")
LONG = "特颁此证，谨致敬意。"


@pytest.mark.parametrize(
    ("kind", "occasion", "over", "refusal", "said"),
    [
        ("record", "", {"text": "兹证明有志愿者参加服务。"}, DesignLacks, "缺姓名或名称.*{name}"),
        ("honour", "", {"text": "您开展{content}。特颁此证。"}, DesignLacks, "缺服务时间.*{hours}"),
        ("honour", "star", {"text": "服务{hours}小时，评为{level}星。"}, DesignLacks, "缺服务内容.*{content}"),
        ("group", "", {"text": "贵单位服务{hours}小时。"}, DesignLacks, "缺服务内容.*{content}"),
        ("honour", "", {"text": "服务{hour}小时"}, SlotUnknown, "{hour}"),
        ("honour", "campaign", {"text": "评为{level}星"}, SlotUnknown, "{level}"),
        ("record", "", {"text": "{project}"}, SlotUnknown, "{project}"),
        ("honour", "", {"heading": "𲎯证书"}, GlyphMissing, "标题中的“𲎯”"),
        ("honour", "", {"text": "{content}{hours}𲎯"}, GlyphMissing, "正文中的“𲎯”"),
        ("honour", "", {"signatories": (Signatory(name="王𲎯"),)}, GlyphMissing, "签发人中的“𲎯”"),
        ("honour", "", {"verse": ("𲎯",)}, GlyphMissing, "诗句中的“𲎯”"),
        ("record", "", {"heading": "一个特别长的志愿服务记录的证明", "emblem": EMBLEM}, DesignLacks, "标题太长"),
        ("honour", "", {"signatories": (Signatory(name="王" * 30, title="长" * 30),) * 2}, DesignLacks, "签发人太长"),
        ("honour", "", {"text": "{content}{hours}" + LONG * 28}, TextTooLong, "印不下"),
        ("honour", "star", {"text": "{content}{hours}" + LONG * 19}, TextTooLong, "印不下"),
        ("record", "", {"text": "{name}" + LONG * 29}, DesignLacks, "正文太长"),
        ("honour", "", {"heading": "志" * 11, "verse": ("守" * 10,), "upright": True}, DesignLacks, "标题太长"),
    ],
)
def test_what_must_stand_on_the_sheet_and_what_has_no_room_is_named(
    tenant_a: Any, kind: str, occasion: str, over: dict[str, Any], refusal: type[CertificateError], said: str
) -> None:
    assert take_emblem(SVG) == EMBLEM
    draft = draft_of(kind, occasion, **over)
    with pytest.raises(refusal, match=said):
        publish_design(draft, published_by="1", programme=GRASS)
    draft.refresh_from_db()
    assert (draft.state, designs.current(kind, occasion).version) == (DesignState.DRAFT, "")


@pytest.mark.parametrize("motif", list(Motif))
@pytest.mark.parametrize(
    ("kind", "occasion"), [("record", ""), ("group", ""), *(("honour", o) for o in ("", *Occasion))][:-1]
)
def test_the_packages_own_words_can_be_published_with_an_emblem_and_two_signatories_on_either_side(
    tenant_a: Any, kind: str, occasion: str, motif: Motif
) -> None:
    base: Design = designs.default_design(kind, occasion, motif=motif)
    two = (Signatory(name="王建国", title="局长"), Signatory(name="买买提·吐尔逊", title="区志愿服务联合会会长"))
    given = replace(base, emblem=take_emblem(SVG), signatories=two)
    for number, upright in enumerate((False, True) if kind != Kind.RECORD else (False,), start=1):
        draft = save_draft(kind, occasion, replace(given, upright=upright), edited_by="1")
        assert publish_design(draft, published_by="1", programme=replace(GRASS, motif=motif)).number == number
