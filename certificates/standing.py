"""Asked again when a sheet is about to be issued: does what it says still hold?

Facts are frozen with the number, the sheet is made some time later; whoever requests certificates registers a check of
what they were made from. This package knows nothing of that.
"""

from collections.abc import Callable

from certificates.models import Certificate

#: Certificate → why it holds no longer, in lazy words for people to read; empty while it does. It runs in the
#: transaction that issues, before the certificate itself is locked, and locks the records and their holder, so that
#: they do not change until it is issued; accounts and settings are only read, one that changes in that very moment
#: comes too late.
Check = Callable[[Certificate], str]
_checks: list[Check] = []


def still_holds(check: Check) -> Check:
    """Register a check; it answers with nothing about certificates that are not its own."""
    _checks.append(check)
    return check


def why_not(certificate: Certificate) -> str:
    """The first objection."""
    return next((reason for check in _checks if (reason := check(certificate))), "")
