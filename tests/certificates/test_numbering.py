"""Certificate numbers: what is printed, and what people make of it when they type it."""

import pytest

from certificates.errors import NumberMalformed
from certificates.numbering import Number

NUMBER = Number("120101", 2026, 123)


def test_a_number_shows_division_year_sequence_and_check_digit() -> None:
    assert (str(NUMBER), NUMBER.digits) == ("120101-2026-000123-5", "12010120260001235")


@pytest.mark.parametrize(
    "typed",
    [
        "120101-2026-000123-5",
        "12010120260001235",
        " 120101 2026 000123 5 ",
        "１２０１０１－２０２６－０００１２３－５",
        "120101—2026—000123—5",
        "12O1O1-2O26-OOO123-5",
        "l20l01-2026-000l23-5",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert Number.read(typed) == NUMBER


def test_a_sequence_may_outgrow_six_digits() -> None:
    grown = Number("120101", 2026, 1_234_567)
    assert Number.read(str(grown)) == grown


def test_every_single_wrong_digit_is_noticed() -> None:
    digits = NUMBER.digits
    for place in range(len(digits)):
        for other in set("0123456789") - {digits[place]}:
            with pytest.raises(NumberMalformed, match="校验位"):
                Number.read(digits[:place] + other + digits[place + 1 :])


@pytest.mark.parametrize("typed", ["", "123", "120101-2026-12-5", "abc", "1" * 500, "120101-2026-000123-X"])
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NumberMalformed, match="120101-2026-000123-5"):
        Number.read(typed)
