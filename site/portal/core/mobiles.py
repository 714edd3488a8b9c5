"""How a mobile number of mainland China is written."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_MOBILE = re.compile(r"1[3-9]\d{9}")


def normal_mobile(text: str) -> str:
    """Without spaces, hyphens, +86 and full-width digits; whatever it is, checked or not."""
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(\+|00)86", "", plain)


def is_mobile(text: str) -> bool:
    """Whether the normal form is a mobile number."""
    return _MOBILE.fullmatch(normal_mobile(text)) is not None


def clean_mobile(text: str) -> str:
    """The normal form; ValidationError says what is missing."""
    number = normal_mobile(text)
    if not number.isdigit():
        raise ValidationError(_("手机号只写数字，如 13812345678。"), code="mobile")
    if len(number) < 11:
        raise ValidationError(
            _("还差%(missing)d位：手机号应是11位数字。"), code="mobile", params={"missing": 11 - len(number)}
        )
    if len(number) > 11:
        raise ValidationError(
            _("多了%(extra)d位：手机号应是11位数字。"), code="mobile", params={"extra": len(number) - 11}
        )
    if not is_mobile(number):
        raise ValidationError(_("手机号以13到19开头，请核对前两位。"), code="mobile")
    return number


def validate_mobile(text: str) -> None:
    """Validator for model and form fields."""
    clean_mobile(text)
