"""Officers put right what a volunteer may not change alone: name, birth date, identity number."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.volunteers import rules as who
from portal.volunteers.domain import certify, errors, telling
from portal.volunteers.domain.ages import identity_number
from portal.volunteers.domain.locks import lock_volunteer
from portal.volunteers.domain.log import reason_given
from portal.volunteers.domain.register import birth_refusal, check_identity_number, one_person_once
from portal.volunteers.enums import CorrectedField
from portal.volunteers.models import Correction, Volunteer


def correct_person(
    volunteer: Volunteer, *, by: Any, why: str, name: str = "", birth_date: date | None = None, id_number: str = ""
) -> list[Correction]:
    """What is empty stays as it is. Raises NotAllowed, NothingToCorrect, and what registration would refuse.

    The volunteer is told; certificates that show what was wrong are marked for replacement.
    """
    why = reason_given(why)
    if not who.may_correct_person(by, volunteer):
        raise errors.NotAllowed(_("姓名和出生日期由主管更正；自己的请另一位主管来办。"))
    with one_person_once(), transaction.atomic():
        volunteer = lock_volunteer(volunteer)
        wanted = {
            CorrectedField.NAME: " ".join(name.split()),
            CorrectedField.BIRTH_DATE: birth_date.isoformat() if birth_date else "",
            CorrectedField.ID_NUMBER: identity_number(id_number) or id_number,
        }
        put = (_put(volunteer, field, value, by=by, why=why) for field, value in wanted.items() if value)
        made = [correction for correction in put if correction is not None]
        if not made:
            raise errors.NothingToCorrect(_("和登记的一样，没有要更正的。请至少改一项。"))
        for refusal in _refusals(volunteer, made):
            raise refusal
        volunteer.user.save(update_fields=["name"])
        volunteer.save(update_fields=["birth_date", "id_number", "id_number_digest"])
        Correction.objects.bulk_create(made)
        telling.person_corrected(volunteer, made)
        certify.outdate_person(volunteer, made, by=by)
    return made


def _put(volunteer: Volunteer, field: CorrectedField, value: str, *, by: Any, why: str) -> Correction | None:
    """Put the value on the row, not yet saved; None when it says so already."""
    row = volunteer.user if field == CorrectedField.NAME else volunteer
    before = str(getattr(row, field))
    if before == value:
        return None
    setattr(row, field, value)
    return Correction(volunteer=volunteer, field=field, before=before, after=value, why=why, by=by)


def _refusals(volunteer: Volunteer, made: list[Correction]) -> Iterator[DomainError]:
    """What no registration would take either."""
    fields = {correction.field for correction in made}
    if CorrectedField.BIRTH_DATE in fields and (refusal := birth_refusal(volunteer.born)):
        yield refusal
    if fields & {CorrectedField.BIRTH_DATE, CorrectedField.ID_NUMBER} and volunteer.id_number:
        check_identity_number(volunteer.id_number, volunteer.born)
