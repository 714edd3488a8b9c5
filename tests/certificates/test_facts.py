"""Facts refuse what 令67号 would not let a certificate say, and survive being stored."""

import json
from datetime import date
from typing import Any

import pytest

from certificates.errors import FactsIncomplete
from certificates.facts import Body, CertificateFacts, Honour, Programme
from tests.factories.certificates import make_facts, make_group, make_honour, make_row


@pytest.mark.parametrize("facts", [make_facts(), make_honour(), make_group()])
def test_facts_come_back_from_json_as_they_were(facts: CertificateFacts) -> None:
    assert CertificateFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"holder_name": " "}, "holder_name"),
        ({"holder_masked": "欧阳娜娜"}, "holder_masked"),
        ({"id_masked": "120101195801011234"}, "id_masked"),
        ({"period_end": date(2026, 2, 1)}, "period_end"),
        ({"main_content": ""}, "main_content"),
        ({"bodies": ()}, "bodies"),
        ({"bodies": (Body(name=" "),)}, "bodies"),
        ({"bodies": (Body(name="甲"), Body(name="乙"), Body(name="丙"))}, "bodies"),
        ({"programme": Programme(title="寸草心", accent="red;}")}, "programme"),
        ({"rows": ()}, "rows"),
        ({"rows": (make_row(minutes=0),)}, "rows"),
        ({"rows": (make_row(day=date(2026, 4, 1)),)}, "rows"),
    ],
)
def test_what_the_law_asks_for_cannot_be_left_out(over: dict[str, Any], field: str) -> None:
    with pytest.raises(FactsIncomplete) as refusal:
        make_facts(**over)
    assert refusal.value.field == field


def test_hours_are_the_sum_of_the_rows_or_what_is_honoured() -> None:
    assert (make_facts().minutes, make_honour().minutes) == (210, 36750)


def test_the_holder_of_a_group_certificate_is_an_organisation_under_its_full_name() -> None:
    assert (make_group().kind, make_group().is_group, make_honour().is_group) == ("group", True, False)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"holder_masked": "开*********"}, "holder_masked"),
        ({"id_masked": "1201***********046"}, "id_masked"),
        ({"volunteer_number": "12010100264471"}, "id_masked"),
    ],
)
def test_an_organisation_has_neither_a_masked_name_nor_a_persons_numbers(over: dict[str, Any], field: str) -> None:
    with pytest.raises(FactsIncomplete) as refusal:
        make_group(**over)
    assert refusal.value.field == field


@pytest.mark.parametrize(("occasion", "level"), [("star", 0), ("campaign", 1), ("group", 2), ("birthday", 0)])
def test_a_level_belongs_to_a_star_and_to_nothing_else(occasion: str, level: int) -> None:
    with pytest.raises(FactsIncomplete):
        make_honour(honour=Honour(heading="证书", text="特颁此证。", minutes=600, level=level, occasion=occasion))


def test_an_honour_stored_before_there_were_occasions_still_loads() -> None:
    stored = make_honour().to_json()
    del stored["honour"]["occasion"]
    assert CertificateFacts.from_json(stored) == make_honour()
