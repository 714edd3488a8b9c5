"""Office telephone numbers: how they may be written, how they are shown and how a handset dials them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Area code and 7–8 digits, 400/800 numbers, short service numbers (12345, 12349, 96156), mobile phones of a duty desk.
_FORMS = (
    re.compile(r"(?P<area>010|02\d|0[3-9]\d{2})-?(?P<number>\d{7,8})(?:(?:转|-|,)(?P<extension>\d{1,6}))?"),
    re.compile(r"(?P<area>[48]00)-?(?P<number>\d{7})"),
    re.compile(r"(?P<number>1(?:1\d|2\d{1,3})|9[56]\d{3,4})"),
    re.compile(r"(?P<number>1[3-9]\d{9})"),
)


def clean_phone(text: str) -> str:
    """The number as it is stored: 022-55550201, 022-55550201转12, 400-1234567, 12349. ValidationError if it is none."""
    bare = re.sub(r"[\s()（）]", "", text).replace("—", "-").replace("－", "-")
    bare = re.sub(r"^([48]00)-?(\d{3,4})-?(\d{3,4})$", r"\1-\2\3", bare)
    for form in _FORMS:
        if found := form.fullmatch(bare):
            return _joined(**found.groupdict())
    raise ValidationError(
        _("“%(text)s”不像办公电话。请写成 022-55550201、022-55550201转12、400-1234567 或 12349。"),
        params={"text": text},
        code="phone",
    )


def validate_phone(text: str) -> None:
    """For model fields; the model's `clean()` stores what `clean_phone` returns."""
    clean_phone(text)


def dial(phone: str) -> str:
    """The address of a `tel:` link: tel:02255550201;ext=12."""
    number, _sign, extension = phone.partition("转")
    digits = re.sub(r"\D", "", number)
    return f"tel:{digits};ext={extension}" if extension else f"tel:{digits}"


def spaced(phone: str) -> str:
    """Read aloud in fours: 022-5555 0201."""
    return re.sub(r"(-\d{3,4})(\d{4})(?!\d)", r"\1 \2", phone)


def _joined(number: str, area: str | None = None, extension: str | None = None) -> str:
    line = f"{area}-{number}" if area else number
    return f"{line}转{extension}" if extension else line
