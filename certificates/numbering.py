"""The certificate number: division, year, sequence and a check digit, as in 120101-2026-000123-5."""

import re
import unicodedata
from typing import NamedTuple, Self

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

from certificates.errors import NumberMalformed

SIMILAR = str.maketrans("OQILl", "00111")  # what eyes and scanners take for digits
SHAPE = re.compile(r"(\d{6})(\d{4})(\d{6,9})(\d)", re.ASCII)


class Number(NamedTuple):
    """A number taken apart; `str()` is the form that is printed and stored."""

    division: str
    year: int
    sequence: int

    @property
    def digits(self) -> str:
        """Without hyphens, as the QR code carries it."""
        body = f"{self.division}{self.year:04d}{self.sequence:06d}"
        return body + mod_11_10.calc_check_digit(body)

    def __str__(self) -> str:
        digits = self.digits
        return f"{digits[:6]}-{digits[6:10]}-{digits[10:-1]}-{digits[-1]}"

    @classmethod
    def read(cls, text: str) -> Self:
        """What a person typed, in full-width digits, with O for 0, with or without hyphens.

        Raises `NumberMalformed`, which says whether the shape or the last digit is wrong.
        """
        plain = plain_digits(text)
        shape = SHAPE.fullmatch(plain)
        if shape is None:
            raise NumberMalformed(_("编号应是17位以上的数字，例如120101-2026-000123-5，印在证书上。"), field="number")
        try:
            mod_11_10.validate(plain)
        except ValidationError as problem:
            raise NumberMalformed(
                _("编号的校验位对不上，可能有一位抄错了。请对照证书再输一遍。"), field="number"
            ) from problem
        division, year, sequence, _check = shape.groups()
        return cls(division, int(year), int(sequence))


def plain_digits(text: str) -> str:
    """What was typed in half-width digits, look-alikes read as digits, without what stands between."""
    plain = unicodedata.normalize("NFKC", text[:100]).upper().translate(SIMILAR)
    return re.sub(r"[\s\-‐-―−_.]", "", plain)
