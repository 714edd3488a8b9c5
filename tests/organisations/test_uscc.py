"""Which unified social credit codes are accepted."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.organisations.uscc import clean_uscc
from tests.factories.people import make_organisation

GOOD = "91110000600037341L"
# A rural collective: letters in the first two places.
RURAL = "N2120101MF0000000"


@pytest.mark.parametrize("typed", [GOOD, GOOD.lower(), f" {GOOD[:2]} {GOOD[2:8]} {GOOD[8:]} "])
def test_a_true_code_is_kept_in_one_form(typed: str) -> None:
    assert clean_uscc(typed) == GOOD


def test_letters_in_front_are_right_when_the_check_digit_fits() -> None:
    from stdnum.cn.uscc import calc_check_digit

    code = RURAL + calc_check_digit(RURAL)
    assert clean_uscc(code) == code


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (GOOD[:-1], "应是18位，您填了17位"),
        (GOOD + "0", "您填了19位"),
        (GOOD[:-1] + "M", "校验位不对"),
        (GOOD[:9] + "1" + GOOD[10:], "校验位不对"),
        ("O" + GOOD[1:], "没有I、O、S、V、Z"),
        ("９" + GOOD[1:-1] + "甲", "只有数字和大写字母"),
    ],
)
def test_a_false_code_is_refused_with_its_reason(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        clean_uscc(typed)


def test_one_code_belongs_to_one_organisation_and_none_is_no_code(tenant_a: Any) -> None:
    make_organisation(uscc=None)
    make_organisation(uscc=None)
    make_organisation(uscc=GOOD)

    for code in (GOOD, "", "abc"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_organisation(uscc=code)
    organisation = make_organisation()
    organisation.uscc = ""
    organisation.full_clean()
    assert organisation.uscc is None
