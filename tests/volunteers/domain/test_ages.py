"""Ages on a day, and identity numbers."""

from datetime import date

import pytest

from portal.volunteers.domain.ages import age_on, born_by_identity_number, identity_number


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2016, 11, 23), date(2026, 11, 22), 9),
        (date(2016, 11, 23), date(2026, 11, 23), 10),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_a_year_is_full_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("110101199003070011", "110101199003070011"),
        (" 11010119900307 0011 ", "110101199003070011"),
        ("110101199003070012", ""),
        ("11010119900230001X", ""),
        ("1101011990030700", ""),
        ("not a number", ""),
    ],
)
def test_an_identity_number_is_kept_only_when_its_check_digit_and_date_are_right(typed: str, number: str) -> None:
    assert identity_number(typed) == number


def test_an_identity_number_tells_the_birth_date() -> None:
    assert born_by_identity_number("110101199003070011") == date(1990, 3, 7)
