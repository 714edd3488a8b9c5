"""Why a tenant could not be made, moved or found."""


class TenantError(Exception):
    """Base of all errors of this package; `message` is for people, `field` names the input at fault."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


class StaleTemplate(TenantError):
    """No schema template fits the present migrations."""


class BadDivision(TenantError):
    """The division code is unknown or already has a site."""


class DuplicateDomain(TenantError):
    """The host name already leads to a site."""


class BadDomain(TenantError):
    """The host name is malformed, or is the last or the primary one of its site."""


class WrongState(TenantError):
    """The site's state does not allow this change."""


class NameMismatch(TenantError):
    """The name typed to confirm is not the site's."""


class BadBackup(TenantError):
    """The file is no whole backup, or does not fit this installation."""
