"""How the structure of official documents is read from their text."""

from pathlib import Path

import pytest

import portal.home
from portal.home.domain.policy_text import Kind, Piece, read_policy

FOLDER = Path(portal.home.__file__).parent / "data" / "policies"
TIANJIN = (FOLDER / "tianjin-cuncaoxin-shouzuqing.txt").read_text(encoding="utf-8")
GUANGXI = (FOLDER / "guangxi-bagui-yinling.txt").read_text(encoding="utf-8")


def bare(text: str) -> str:
    return "".join(text.split())


def headings(text: str, level: int) -> list[str]:
    return [piece.text for piece in read_policy(text).pieces if piece.level == level]


def test_the_head_of_the_tianjin_notice_is_read_whatever_spaces_stand_in_its_labels() -> None:
    assert {name: value for name, value in read_policy(TIANJIN).metadata.items() if name != "title"} == {
        "index_number": "11120000000125735B/2023-00034",
        "publisher": "天津市民政局",
        "document_number": "津民发〔2023〕30号",
        "subject": "民政\\养老服务",
        "formed_on": "2023年12月06日",
        "issued_on": "2023年12月06日",
    }


def test_the_tianjin_notice_has_the_parts_of_a_notice_with_an_opinion_inside() -> None:
    kinds = [piece.kind for piece in read_policy(TIANJIN).pieces]

    assert kinds[:5] == [Kind.ADDRESSEE, Kind.PARAGRAPH, Kind.SIGNATURE, Kind.NOTE, Kind.TITLE]
    assert kinds.count(Kind.TITLE) == 1


def test_a_title_broken_over_two_lines_is_one_title() -> None:
    titles = [piece.text for piece in read_policy(TIANJIN).pieces if piece.kind is Kind.TITLE]

    assert titles == ["关于深化我市“寸草心”“手足情”助老志愿服务工作的实施意见"]


def test_chapters_and_sections_of_both_documents() -> None:
    assert headings(TIANJIN, 2) == ["一、总体要求", "二、服务力量", "三、重点内容", "四、制度机制", "五、工作保障"]
    assert len(headings(TIANJIN, 3)) == 18
    assert headings(GUANGXI, 2) == ["一、总体要求", "二、服务对象", "三、主要任务", "四、实施步骤", "五、保障措施"]
    assert headings(GUANGXI, 4)[:3] == [
        "1.积极开展“教育+助老”志愿服务。",
        "2.探索开展“代际共居”助老志愿服务。",
        "3.组织开展“以老助老”志愿服务。",
    ]


def test_responsibilities_in_brackets_stay_at_the_end_of_their_paragraph() -> None:
    ends = [piece.text for piece in read_policy(GUANGXI).pieces if piece.text.endswith("负责）")]

    assert len(ends) == 9
    assert all(len(text) > 80 for text in ends)


def test_only_the_guangxi_plan_is_a_draft() -> None:
    assert (read_policy(TIANJIN).draft, read_policy(GUANGXI).draft) == (False, True)


@pytest.mark.parametrize("text", [TIANJIN, GUANGXI], ids=["tianjin", "guangxi"])
def test_not_one_character_is_lost(text: str) -> None:
    policy = read_policy(text)
    head = "".join(policy.metadata.values())
    body = "".join(piece.text for piece in policy.pieces)

    source = bare(text)
    for label in ("名称：", "索引号：", "发布机构：", "发文字号：", "主题：", "成文日期：", "发文日期："):
        source = source.replace(label, "", 1)
    assert bare(head + body) == source


def test_a_heading_keeps_its_full_stop_and_frees_the_text_that_runs_on() -> None:
    assert read_policy("（二）总体目标。到“十四五”末。").pieces == (
        Piece(Kind.HEADING, "（二）总体目标。", 3),
        Piece(Kind.PARAGRAPH, "到“十四五”末。"),
    )


def test_a_long_sentence_with_a_number_is_no_heading() -> None:
    line = "1." + "各地要" * 30 + "。"

    assert read_policy(line).pieces == (Piece(Kind.PARAGRAPH, line),)


def test_a_decimal_number_begins_no_list() -> None:
    assert read_policy("1.5万人参加。").pieces == (Piece(Kind.PARAGRAPH, "1.5万人参加。"),)


def test_enumerated_paragraphs_are_items_only_when_nothing_else_follows_them() -> None:
    clean = read_policy("包括以下方面。\n一是走访。\n二是送餐。")
    torn = read_policy("一是走访。\n每周一次。\n二是送餐。")

    assert [piece.kind for piece in clean.pieces] == [Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM]
    assert [piece.kind for piece in torn.pieces] == [Kind.PARAGRAPH] * 3


def test_names_over_a_date_are_a_signature_and_a_lone_date_is_one_too() -> None:
    assert read_policy("正文。\n市民政局\n2023年9月19日").pieces[1] == Piece(Kind.SIGNATURE, "市民政局\n2023年9月19日")
    assert read_policy("正文。\n2023年9月19日").pieces[1].kind is Kind.SIGNATURE


def test_an_empty_text_has_no_parts() -> None:
    assert read_policy(" \n\n").pieces == ()
