"""Why a verb refused; every message says how to put it right."""

from collections.abc import Mapping

from portal.core.errors import DomainError
from portal.volunteers.enums import LeftOut


class TooYoung(DomainError):
    """Under the tenant's lowest age, or the project's on the day of the shift."""


class TooOld(DomainError):
    """Above the project's highest age on the day of the shift."""


class GuardianMissing(DomainError):
    """A minor without a guardian's name, mobile and consent."""


class ConsentMissing(DomainError):
    """Without consent to the privacy notice nothing is stored (个人信息保护法 art. 13)."""


class BadIdentityNumber(DomainError):
    """Check digit, place or date is wrong, or its birth date is another."""


class NothingToCorrect(DomainError):
    """What was typed stands on record already."""


class BadPassword(DomainError):
    """Too weak by the site's password rules."""


class AlreadyRegistered(DomainError):
    """The mobile or identity number belongs to a volunteer already; never says which, nor whose."""


class ShiftClosed(DomainError):
    """Past, cancelled or not published."""


class AlreadySignedUp(DomainError):
    """Holds a place or waits on this shift already."""


class Overlapping(DomainError):
    """Signed up, or recorded, elsewhere at the same time."""


class PartyTooLarge(DomainError):
    """More people than the way of coming, the tenant's rule or the shift allows."""


class NotSignedUp(DomainError):
    """Withdrawn or cancelled before."""


class RollRefused(DomainError):
    """The roll cannot be taken: too early, too late, no right, or a paid activity."""


class BadMinutes(DomainError):
    """Outside the shift's limits, or beyond the cap of late entries."""


class UnknownVolunteer(DomainError):
    """No volunteer of this site has the number."""


class MoveRefused(DomainError):
    """The record's state does not allow this."""


class ReasonMissing(DomainError):
    """Disputes, corrections and voidings say why."""


class NotAllowed(DomainError):
    """This person may not; who may is said."""


class NothingToCertify(DomainError):
    """No confirmed record in the period or the project; `left_out` counts for each reason what does not count."""

    def __init__(self, message: str, *, field: str = "", left_out: Mapping[LeftOut, int] | None = None) -> None:
        super().__init__(message, field=field)
        self.left_out = left_out


class RecordsChanged(DomainError):
    """What would be certified is not what the officer has seen."""


class RequestWaits(DomainError):
    """Another request for the same records waits that wants something else."""


class StillDisputed(DomainError):
    """The record behind a contested line has not been decided on."""
