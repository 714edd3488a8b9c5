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


class TooManyResets(DomainError):
    """Enough links were asked for; `minutes` until the next may be."""

    def __init__(self, message: str, *, minutes: int) -> None:
        super().__init__(message, field="email")
        self.minutes = minutes
