"""Why a verb refused; every message says how to put it right."""

from portal.core.errors import DomainError


class NotAllowed(DomainError):
    """This person may not; who may is said."""


class MoveRefused(DomainError):
    """The table of states does not hold this move."""


class NotReached(DomainError):
    """The confirmed hours do not allow this star."""


class AlreadyHeld(DomainError):
    """This star, or a higher one, is held or asked for already."""


class HolderUnfit(DomainError):
    """The account is closed, or a minor's guardian has not consented."""


class TooEarly(DomainError):
    """The publicity is not over, or an objection is open."""


class ReasonMissing(DomainError):
    """Refusals, answers and returns say why."""


class NobodyChosen(DomainError):
    """A round without anybody in it."""
