"""Whether a text is a unified social credit code (统一社会信用代码, GB 32100-2015)."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

# python-stdnum's own check wants digits in the first two places, where the standard also has
# letters (N2… for rural collectives), so only its check digit is used.
_FORMAT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def normal_uscc(value: str) -> str:
    """In capitals, without spaces and hyphens."""
    return str(uscc.compact(value))


def clean_uscc(value: str) -> str:
    """The code in capitals without spaces; ValidationError says which of its rules is broken."""
    code = normal_uscc(value)
    if len(code) != 18:
        raise ValidationError(
            _("统一社会信用代码应是18位，您填了%(length)d位。"), code="length", params={"length": len(code)}
        )
    if not _FORMAT.fullmatch(code):
        raise ValidationError(
            _("统一社会信用代码只有数字和大写字母（没有I、O、S、V、Z），第3到8位是数字。"), code="format"
        )
    if code[-1] != uscc.calc_check_digit(code[:-1]):
        raise ValidationError(_("统一社会信用代码的校验位不对：请对照证书逐位核对。"), code="checksum")
    return code


def validate_uscc(value: Any) -> None:
    """Validator for model and form fields."""
    clean_uscc(str(value))
