"""A design's words: slots that are filled, slots that nothing fills, and what is frozen of them."""

import json
from dataclasses import replace

import pytest

from certificates import designs
from certificates.coverage import require_printable_facts
from certificates.design import Background, Design, Emblem, Signatory
from certificates.enums import Frame, Kind, Motif, Occasion, Slot
from certificates.errors import GlyphMissing, SlotUnknown, TextUnknown
from certificates.facts import CertificateFacts, Honour, Programme
from tests.factories.certificates import make_facts, make_group, make_honour
from tests.factories.designs import make_design


def test_slots_are_filled_with_what_the_facts_say() -> None:
    facts = make_honour(honour=Honour(heading="", text="", minutes=36750, level=3, occasion=Occasion.STAR))
    text = "{name}于{period}参加{programme}（{project}），{content}，{hours}小时，{level}星，{issuer}"
    filled = designs.dressed(facts, make_design(text=text), project="敬老月").honour
    assert filled is not None
    assert filled.text == (
        "欧阳娜娜于2026年3月1日至2026年3月31日参加“寸草心”助老志愿服务（敬老月），电话问候、上门探访，612.5小时，三星，"
        "开封道社区志愿服务站"
    )
    assert (filled.minutes, filled.level) == (36750, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [("您服务{hour}小时", "{hour}"), ("{ }小时", "{ }"), ("{hours小时", "{hours小时"), ("hours}小时", "}小时")],
)
def test_a_slot_that_nothing_fills_is_refused_by_its_name(text: str, said: str) -> None:
    with pytest.raises(SlotUnknown, match=f"“{said}”") as refusal:
        designs.dressed(make_honour(), make_design(text=text))
    assert refusal.value.field == "text"


def test_a_level_is_known_to_stars_alone() -> None:
    assert Slot.LEVEL in designs.slots_of(Kind.HONOUR, Occasion.STAR)
    with pytest.raises(SlotUnknown, match="level"):
        designs.dressed(make_group(), make_design(text="{level}"))


@pytest.mark.parametrize("motif", list(Motif))
@pytest.mark.parametrize("occasion", list(Occasion))
def test_the_packages_own_words_state_time_content_and_period_in_every_programme(
    motif: Motif, occasion: Occasion
) -> None:
    kind = Kind.GROUP if occasion == Occasion.GROUP else Kind.HONOUR
    text = designs.default_design(kind, occasion, motif=motif).text
    assert [slot for slot in ("{hours}", "{content}", "{period}") if slot not in text] == []
    assert "{name}" not in text  # so an honour in these words is renamed without touching them


def test_another_name_stands_where_the_design_has_it_and_nowhere_else() -> None:
    facts = make_honour(holder_name="李梅", main_content="李梅家上门探访")
    frozen = make_design(text="{name}参加{project}：{content}。{name}，谢谢您为{project}所做的！", version="honour/1")
    honoured = designs.dressed(facts, frozen, project="李梅之家敬老月")
    renamed = designs.renamed(honoured, name="李玫", masked="李*")
    assert honoured.honour is not None
    assert renamed.honour is not None
    assert renamed.honour.text == ("李玫参加李梅之家敬老月：李梅家上门探访。李玫，谢谢您为李梅之家敬老月所做的！")
    assert designs.renamed(renamed, name="李梅", masked=honoured.holder_masked) == honoured


@pytest.mark.parametrize("text", ["{name}：{project}", "{name}：{hours}小时", "{project}，{project}"])
def test_words_that_do_not_follow_from_the_design_are_not_touched(text: str) -> None:
    honoured = designs.dressed(make_honour(), make_design(text=text, version="honour/1"), project="敬老月")
    assert honoured.honour is not None
    altered = replace(honoured, honour=replace(honoured.honour, text=f"{honoured.honour.text[:-2]}别的话"))
    if text == "{name}：{project}":  # whatever stands there was what is honoured
        assert designs.renamed(altered, name="李玫", masked="*").honour is not None
    else:
        with pytest.raises(TextUnknown):
            designs.renamed(altered, name="李玫", masked="*")


def test_the_programmes_drawing_and_verse_are_put_on_unless_the_design_has_its_own() -> None:
    facts = make_honour(programme=Programme(title="寸草心", motif=Motif.GRASS))
    own = designs.dressed(facts, designs.default_design(Kind.HONOUR, motif=Motif.GRASS)).programme
    other = designs.dressed(facts, make_design(motif=Motif.HILLS, verse=())).programme
    assert (own.motif, own.verse) == (Motif.GRASS, ("谁言寸草心", "报得三春晖"))
    assert (other.motif, other.verse) == (Motif.HILLS, ())


def test_what_comes_with_the_package_is_not_frozen_and_prints_as_ever() -> None:
    facts = make_facts()
    assert designs.dressed(facts, designs.default_design(Kind.RECORD)) == facts
    assert "design" not in facts.to_json()


def test_a_version_comes_back_from_json_as_it_was() -> None:
    design = make_design(
        motif=Motif.HILLS,
        frame=Frame.LINES,
        verse=("守望相助",),
        emblem=Emblem(sha256="0" * 64, form="svg"),
        signatories=(Signatory(name="王海", title="局长"),),
        upright=True,
        background=Background(sha256="1" * 64, form="jpg"),
    )
    for facts in (make_facts(design=design), make_facts(design=Design(heading="证明", text="", version="record/1"))):
        assert CertificateFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_what_designs_once_did_without_is_not_written_where_it_is_not_set() -> None:
    frozen = make_facts(design=make_design()).to_json()["design"]
    assert sorted(frozen) == ["emblem", "frame", "heading", "motif", "signatories", "text", "verse", "version"]


def test_a_name_that_cannot_be_printed_is_refused_wherever_it_stands() -> None:
    facts = designs.dressed(make_facts(), make_design(signatories=(Signatory(name="王𲎯"),)))
    with pytest.raises(GlyphMissing, match="签发人中的“𲎯”"):
        require_printable_facts(facts)


def test_dressing_twice_changes_nothing() -> None:
    once = designs.dressed(make_honour(), make_design())
    assert designs.dressed(once, make_design()) == once
    assert replace(once, design=None) != once
