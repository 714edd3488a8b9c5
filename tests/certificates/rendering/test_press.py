"""What is on the sheet, to the eye, to a screen reader and to a program."""

import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf
import pytest
from weasyprint import HTML

from certificates.design import Design, Signatory
from certificates.designs.dressing import MOST_CHARACTERS
from certificates.facts import Body, CertificateFacts, Honour, Motif, Programme
from certificates.imprint import Imprint
from certificates.rendering import fit, press
from certificates.rendering.context import TEXT_HOLDS, grade_shares
from certificates.rendering.statement import unbroken
from tests.factories.certificates import every_sheet, make_facts, make_group, make_honour, make_row

IMPRINT = Imprint(
    number="120101-2026-000123-5",
    issued_on=date(2026, 10, 18),
    qr_url="HTTPS://HEPING.EXAMPLE.ORG/C/12010120260001235",
    check_host="heping.example.org",
    platform_host="example.org",
)


def printed(facts: CertificateFacts) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(press.print_certificate(facts, IMPRINT)))


def words(reader: pypdf.PdfReader) -> str:
    """All text without spaces and line breaks, which are layout."""
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def test_the_text_of_a_record_is_its_facts() -> None:
    assert words(printed(make_facts(seal=True))) == (
        "“寸草心”助老志愿服务志愿服务记录证明编号：120101-2026-000123-5志愿者编号：12010100264471"
        "兹证明欧阳娜娜（居民身份证1201***********046）于2026年3月1日至2026年3月31日"
        "参加“寸草心”助老志愿服务，经记录单位确认，志愿服务时长合计3.5小时。具体记录如下。"
        "志愿服务时长合计服务次数服务期间主要服务内容"
        "3.5小时2次2026年3月1日至2026年3月31日电话问候、上门探访"
        "到岗、离岗均扫码确认2小时；领队当场点名确认1.5小时。"
        "志愿服务记录序号服务日期志愿服务项目与内容服务地点小时数方式"
        "12026.03.05周三电话问候电话问候独居老年人12位和平区小白楼街道开封道社区1.5点名"
        "22026.03.14周三电话问候电话问候独居老年人12位和平区小白楼街道开封道社区2扫码"
        "合计2次3.5以下空白"
        "记录单位（盖章）开封道社区志愿服务站负责人：赵堃经办人：李喆电话：022-000001162026年10月18日"
        "核验方法扫描二维码，或登录以下网站输入编号：heping.example.orgexample.org所示结果与本页一致即为有效。"
        "编号：120101-2026-000123-5第1页，共1页"
    )


def test_the_text_of_an_honour_is_its_facts() -> None:
    assert words(printed(make_honour())) == (
        "“寸草心”助老志愿服务志愿服务证书欧阳娜娜经本人申请、审核公示，评定为三星级志愿者。特颁此证。三星级志愿者"
        "开封道社区志愿服务站赵堃二〇二六年十月十八日核验扫码或登录heping.example.org输入编号"
        "未加盖印章，以联网核验为准编号120101-2026-000123-5"
    )


def test_the_text_of_a_groups_sheet_is_its_facts() -> None:
    assert words(printed(make_group())) == (
        "“寸草心”助老志愿服务志愿服务组织证书开封道社区志愿服务队"
        "贵单位组织36名志愿者参加敬老月主题活动，经确认志愿服务时长合计420小时，成绩突出。特颁此证，以资鼓励。"
        "开封道社区志愿服务站赵堃二〇二六年十月十八日核验扫码或登录heping.example.org输入编号"
        "未加盖印章，以联网核验为准编号120101-2026-000123-5"
    )


def test_the_longest_name_of_an_organisation_stays_on_the_one_page() -> None:
    facts = every_sheet()["group-longest-name"]
    reader = printed(facts)
    assert (len(reader.pages), words(reader).count(facts.holder_name)) == (1, 1)


@pytest.mark.parametrize("kind", ["honour", "group"])
def test_the_same_words_stand_on_either_side_in_the_same_order(kind: str) -> None:
    facts = make_honour() if kind == "honour" else every_sheet()["group-longest-name"]
    lying = Design(heading="志愿服务证书", text="", version="x/1")
    read = [printed(replace(facts, design=replace(lying, upright=upright))) for upright in (False, True)]
    assert words(read[0]) == words(read[1])
    assert [(len(one.pages), one.pages[0].mediabox.width > 600) for one in read] == [(1, True), (1, False)]


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("level", [0, 3])
def test_the_longest_text_of_each_size_has_room(upright: bool, level: int) -> None:
    design = Design(heading="志愿服务证书", text="", version="x/1", upright=upright)
    signed = replace(design, signatories=(Signatory(name="王建国", title="区志愿服务联合会会长"),) * 2)
    most = (*(longest for _name, longest in TEXT_HOLDS[upright, bool(level)]), MOST_CHARACTERS[bool(level)])
    for length in most:
        honour = Honour(heading="志愿服务证书", text="特颁此证谨致敬意，" * 34, minutes=60, level=level)
        facts = make_honour(honour=replace(honour, text=honour.text[: length - 1] + "。"), design=signed)
        assert (length, list(fit.overflowing(press.proof(facts, IMPRINT).document, facts))) == (length, [])


def boxes_of_code(facts: CertificateFacts) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the QR code in mm."""
    page = press.proof(facts, IMPRINT).document.pages[-1]._page_box
    codes = [box for box in page.descendants(placeholders=True) if str(box.element_tag).endswith("svg")]
    return [tuple(at * 25.4 / 96 for at in (one.position_x, one.position_y, one.width, one.height)) for one in codes]


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("name", ["record-four-rows", "honour-star", "honour-programme"])
def test_no_fold_runs_through_the_code(name: str, upright: bool) -> None:
    facts = replace(every_sheet()[name], design=Design(heading="证书", text="", version="x/1", upright=upright))
    wide, high = (297, 210) if facts.honour and not upright else (210, 297)
    ((left, top, width, height),) = boxes_of_code(facts)
    for side, at, size in ((wide, left, width), (high, top, height)):
        parts = (1 / 2, 1 / 3, 2 / 3, *((1 / 4, 3 / 4) if side == 297 else ()))
        assert [part for part in parts if at - 2 < side * part < at + size + 2] == []


def test_a_short_name_and_a_short_last_clause_are_not_broken_and_stay_what_they_are() -> None:
    assert unbroken("“寸草心”<b>“八桂银龄守护队”。特颁此证，谨致敬意。") == (
        '<span class="keep">“寸草心”</span>&lt;b&gt;“八桂银龄守护队”。特颁此证，<span class="keep">谨致敬意。</span>'
    )


def test_our_short_way_into_weasyprint_prints_what_the_long_way_prints() -> None:
    facts = make_facts()
    machine = press.press()
    plain = HTML(string=machine.markup(facts, IMPRINT)).write_pdf(
        font_config=machine.font_config, stylesheets=machine.sheets(facts.kind, facts.programme.accent)
    )
    ours, theirs = words(printed(facts)), words(pypdf.PdfReader(io.BytesIO(plain)))
    assert sorted(ours) == sorted(theirs)


def test_the_data_is_attached_and_equals_the_facts() -> None:
    facts = make_facts()
    (data,) = printed(facts).attachments["certificate.json"]
    attached = json.loads(data)
    assert CertificateFacts.from_json(attached.pop("facts")) == facts
    assert Imprint.from_json(attached) == IMPRINT


@pytest.mark.parametrize("facts", [make_facts(), make_honour(), make_group()])
def test_the_same_facts_give_the_same_bytes(facts: CertificateFacts) -> None:
    assert press.print_certificate(facts, IMPRINT) == press.print_certificate(facts, IMPRINT)


def test_the_file_says_that_it_is_archival_accessible_tagged_and_chinese() -> None:
    reader = printed(make_facts())
    catalog: Any = reader.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("zh-Hans", True)
    assert reader.metadata is not None
    assert reader.metadata.title == "志愿服务记录证明（120101-2026-000123-5）"


def test_only_our_faces_are_in_a_common_certificate() -> None:
    page: Any = printed(make_facts()).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    names = sorted(str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts)
    assert names == ["Kai", "Song", "Song-Semi-Bold"]


def test_a_rare_character_falls_back_and_is_text() -> None:
    assert "𠮷田" in words(printed(make_facts(holder_name="𠮷田", holder_masked="𠮷*")))


def test_a_long_name_and_two_long_bodies_fit_on_the_sheet() -> None:
    long = "天津市和平区小白楼街道开封道社区新时代文明实践站志愿服务总队"
    facts = make_facts(
        holder_name="买买提·吐尔逊·阿不都热合曼",
        holder_masked="买*",
        bodies=(Body(name=long, phone="022-00000116"), Body(name=long, role="活动组织单位")),
    )
    reader = printed(facts)
    text = words(reader)
    assert (len(reader.pages), text.count(long), "买买提·吐尔逊·阿不都热合曼" in text) == (1, 2, True)


def test_a_long_list_repeats_its_head_and_keeps_the_seal_with_a_row() -> None:
    for count in (11, 12, 13, 30):
        reader = printed(make_facts(rows=tuple(make_row() for _ in range(count))))
        pages = ["".join(page.extract_text().split()) for page in reader.pages]
        assert all("序号服务日期" in page for page in pages)
        assert "记录单位" in pages[-1]
        assert "合计" in pages[-1]
        assert f"第{len(pages)}页，共{len(pages)}页" in pages[-1]


def test_script_in_a_fact_is_printed_as_it_stands() -> None:
    text = words(printed(make_facts(main_content="<script>alert('1')</script>&amp;")))
    assert "<script>alert('1')</script>&amp;" in text


@pytest.mark.parametrize("motif", list(Motif))
@pytest.mark.parametrize("level", [0, 5])
def test_every_drawing_fits_into_forty_five_kilobytes(motif: Motif, level: int) -> None:
    programme = Programme(title="八桂银龄守护", accent="#1c4f63", motif=motif, verse=("江作青罗带", "山如碧玉簪"))
    honour = Honour(heading="志愿服务证书", text="特颁此证，谨致敬意。", minutes=600, level=level)
    data = press.print_certificate(make_honour(programme=programme, honour=honour), IMPRINT)
    assert len(data) < 45_000


def test_grades_stand_strongest_first_and_fill_no_more_than_the_line() -> None:
    rows = (make_row(grade="late_entry", minutes=30), make_row(grade="scan_both_ends", minutes=60), make_row())
    shares = grade_shares(rows)
    assert [(share.key, share.hours) for share in shares] == [
        ("scan_both_ends", "1"),
        ("leader_roll", "1.5"),
        ("late_entry", "0.5"),
    ]
    assert sum(share.share for share in shares) <= 100
