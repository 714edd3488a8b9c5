"""Ages on a day, and what an identity number says of its holder's birth."""

from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError


def age_on(born: date, day: date) -> int:
    """Full years on `day`; who is born on 29 February is a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def identity_number(text: str) -> str:
    """The 18 characters without spaces, X upper case; empty when the check digit, place or date is wrong."""
    try:
        return str(ric.validate("".join(text.split())))
    except ValidationError:
        return ""


def born_by_identity_number(number: str) -> date:
    """The birth date within a valid identity number."""
    return ric.get_birth_date(number)
