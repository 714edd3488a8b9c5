"""Who may do what with the certificates of a school's pupils."""

from typing import Any

from portal.organisations.enums import OrganisationKind
from portal.organisations.models import Organisation
from portal.organisations.rules import runs


def may_take(user: Any, organisation: Organisation) -> bool:
    """The managers of an active school; officers have other ways, each of which is logged by person."""
    return organisation.kind == OrganisationKind.SCHOOL and organisation.is_active and runs(user, organisation)
