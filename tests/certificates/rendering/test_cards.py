"""A card is two pages of ID-1, whatever stands on it, with all its words."""

import io

import pypdf
import pytest

from certificates.rendering.cards import print_card
from tests.factories.certificates import every_card, make_card_facts


def pages(data: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_the_text_of_a_card_is_its_facts() -> None:
    assert pages(print_card(make_card_facts())) == [
        "“寸草心”为老志愿服务志愿者证李小梅已达到二星的时长编号120101002644注册2024年3月5日天津市和平区民政局（示例）",
        "扫码核验heping.example.org不用登录，显示今天是否有效。截至2026年10月18日已确认330.5小时，已达到二星的时长。"
        "一至五星依次须满100、300、600、1000、1500小时（本站规则）。星级由本人申请，公示后评定。"
        "只用于说明志愿者身份，不代替身份证件，不得转借。本人可随时收回或换新，旧证即失效。拾到请打电话：022-55550116。",
    ]


@pytest.mark.parametrize("name", every_card())
def test_long_names_and_rules_stay_on_their_side(name: str) -> None:
    facts = every_card()[name]
    data = print_card(facts)
    front, back = pages(data)
    assert [words for words in (facts.holder_name, facts.issuer, facts.programme.title) if words not in front] == []
    assert (facts.level_rule in back, len(data) < 60_000) == (True, True)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert print_card(make_card_facts()) == print_card(make_card_facts())
