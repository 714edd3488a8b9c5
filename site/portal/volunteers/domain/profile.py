"""A volunteer changes what may be changed; names, birth dates and numbers once given are corrected by staff."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.models import Division
from portal.volunteers.domain import errors
from portal.volunteers.domain.ages import identity_number
from portal.volunteers.domain.register import check_guardian, check_identity_number, one_person_once
from portal.volunteers.models import Volunteer


def change_contact(
    volunteer: Volunteer,
    *,
    mobile: str = "",
    email: str = "",
    division: Division | None = None,
    address: str = "",
    id_number: str = "",
) -> None:
    """An empty mobile, address or number keeps the stored one. Raises AlreadyRegistered or BadIdentityNumber."""
    with one_person_once(), transaction.atomic():
        user = volunteer.user
        user.email = email
        if mobile:
            user.mobile = mobile
        user.save(update_fields=["email", "mobile"])
        volunteer.division = division
        if address:
            volunteer.address = address
        if id_number:
            _give_identity_number(volunteer, id_number)
        volunteer.save(update_fields=["division", "address", "id_number", "id_number_digest"])


def _give_identity_number(volunteer: Volunteer, number: str) -> None:
    if volunteer.id_number:
        message = _("身份证号已经登记过，不能自己改。登记错了，请打咨询电话，由工作人员更正。")
        raise errors.BadIdentityNumber(message, field="id_number")
    check_identity_number(number, volunteer.born)
    volunteer.id_number = identity_number(number)


def give_guardian_consent(volunteer: Volunteer, *, name: str, mobile: str, consent: bool) -> None:
    """A guardian consents, or another one does. Raises GuardianMissing."""
    check_guardian(name, mobile, consent)
    volunteer.guardian_name = name
    volunteer.guardian_mobile = mobile
    volunteer.guardian_consented_at = timezone.now()
    volunteer.save(update_fields=["guardian_name", "guardian_mobile", "guardian_consented_at"])
