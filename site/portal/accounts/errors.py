"""Why a person could not be made, changed or shown."""

from portal.core.errors import DomainError


class MobileTaken(DomainError):
    """The number belongs to somebody else of this site."""


class NotAllowed(DomainError):
    """The person asking may not do this."""


class NoPurpose(DomainError):
    """Whoever looks says why."""


class WrongCode(DomainError):
    """The second factor does not fit."""
