"""Colours that cannot be read are refused, with the pair and its contrast."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from portal.core import contrast
from portal.core.models import SiteIdentity

RED = {
    "accent": "#8c2730",
    "accent_deep": "#631820",
    "on_accent": "#ffffff",
    "lamp": "#f4c552",
    "paper": "#fdfcf9",
    "ink": "#1e1a17",
    "elder_accent": "#7c1d26",
    "elder_accent_deep": "#521018",
}
TOKENS = Path(__file__).parents[2] / "site/portal/static/yinling/tokens.css"


def palette(**over: str) -> contrast.Palette:
    return contrast.Palette(**{name: contrast.parse(value) for name, value in {**RED, **over}.items()})


def test_black_on_white_is_twenty_one_and_a_colour_on_itself_one() -> None:
    black, white = contrast.parse("#000"), contrast.parse("#fff")
    assert contrast.ratio(black, white) == pytest.approx(21)
    assert contrast.ratio(white, white) == 1


@pytest.mark.parametrize(
    ("colour", "share", "mixed"),
    [("ink", 0.76, "#4c4845"), ("ink", 0.5, "#84817e"), ("accent", 0.11, "#f3e4e1"), ("accent", 0.72, "#b06464")],
)
def test_mixing_is_the_color_mix_in_oklab_that_chromium_paints(colour: str, share: float, mixed: str) -> None:
    paper = contrast.parse(RED["paper"])
    assert contrast.hexed(contrast.mix(contrast.parse(RED[colour]), share, paper)) == mixed


def test_the_red_ruled_paper_can_be_read_throughout() -> None:
    reached = {(pair.front, pair.ground): round(pair.reached, 1) for pair in contrast.pairs(palette())}
    assert contrast.failures(palette()) == []
    assert reached[("ink", "paper")] == 16.8
    assert reached[("ink_soft", "tint")] == 8.1
    assert reached[("rule_firm", "paper")] == 4.2
    assert reached[("edge", "field")] == 5.7


def test_the_shares_are_those_of_the_style_sheet() -> None:
    css = TOKENS.read_text()
    shares = dict(re.findall(r"--([\w-]+): color-mix\(in oklab, var\(--(?:ink|accent|lamp)\) (\d+)%", css))
    assert {name: shares[name] for name in ("ink-soft", "tint", "tint-deep", "rule-firm", "edge")} == {
        "ink-soft": "76",
        "tint": "5",
        "tint-deep": "11",
        "rule-firm": "72",
        "edge": "62",
    }


def test_a_pale_accent_is_refused_by_name_with_its_ratio() -> None:
    with pytest.raises(ValidationError) as refused:
        SiteIdentity(**{**RED, "accent": "#d9a0a5"}).full_clean()
    messages = refused.value.message_dict
    assert sorted(messages) == ["accent", "on_accent"]
    assert messages["accent"][0] == "“主色”在“纸色”上的对比度是2.1，至少要7，请把深浅差再拉大一些。"


def test_what_is_derived_is_blamed_on_the_colour_it_comes_from() -> None:
    with pytest.raises(ValidationError) as refused:
        SiteIdentity(**{**RED, "ink": "#50504e"}).full_clean()
    assert sorted(refused.value.message_dict) == ["ink"]


@pytest.mark.parametrize("value", ["red", "#12", "#zzzzzz", "8c2730;}", "#8c2730;}body{}"])
def test_what_is_no_colour_is_refused_by_its_form(value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SiteIdentity(**{**RED, "accent": value}).full_clean()
    assert list(refused.value.message_dict) == ["accent"]


def test_the_defaults_and_all_presets_pass() -> None:
    SiteIdentity().full_clean()
