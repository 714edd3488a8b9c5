"""Office telephone numbers."""

import pytest
from django.core.exceptions import ValidationError

from portal.core.phones import clean_phone, dial, spaced


@pytest.mark.parametrize(
    ("written", "stored", "dialled", "shown"),
    [
        ("022-55550201", "022-55550201", "tel:02255550201", "022-5555 0201"),
        ("022 5555 0201", "022-55550201", "tel:02255550201", "022-5555 0201"),
        ("（022）55550201", "022-55550201", "tel:02255550201", "022-5555 0201"),
        ("0771-5550100", "0771-5550100", "tel:07715550100", "0771-555 0100"),
        ("022-55550201转12", "022-55550201转12", "tel:02255550201;ext=12", "022-5555 0201转12"),
        ("022-55550201-12", "022-55550201转12", "tel:02255550201;ext=12", "022-5555 0201转12"),
        ("400-555-0100", "400-5550100", "tel:4005550100", "400-555 0100"),
        ("12349", "12349", "tel:12349", "12349"),
        ("96156", "96156", "tel:96156", "96156"),
        ("13800005550", "13800005550", "tel:13800005550", "13800005550"),
    ],
)
def test_a_number_is_stored_in_one_way_dialled_and_shown_in_fours(
    written: str, stored: str, dialled: str, shown: str
) -> None:
    assert (clean_phone(written), dial(stored), spaced(stored)) == (stored, dialled, shown)


@pytest.mark.parametrize(
    "wrong", ["", "55550201", "022-5555", "1380000555", "0225-5550201", "打12349", "022-55550201转", "=1+1", "12"]
)
def test_what_is_no_number_is_refused_with_examples(wrong: str) -> None:
    with pytest.raises(ValidationError, match="请写成 022-55550201"):
        clean_phone(wrong)
