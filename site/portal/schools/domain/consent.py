"""Members let their school or team ask for and download certificates, and take that back (令67号: consent)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.organisations.models import Membership
from portal.schools.domain.asking import end_bundle
from portal.schools.queries import bundles_with
from portal.volunteers.domain.guardians import lacks_guardian
from portal.volunteers.models import Volunteer


def allow_downloads(membership: Membership, *, by: Any) -> None:
    """The pupil alone, and as a minor with the guardian's consent on file. DomainError."""
    _check(membership, by)
    volunteer = Volunteer.objects.filter(user=by).first()
    if lacks_guardian(volunteer, timezone.localdate(), below=rules().guardian_below):
        raise DomainError(_("您还未成年，先在“我的资料”里补上监护人的同意。"))
    if membership.certificates_allowed_at is None:
        membership.certificates_allowed_at = timezone.now()
        membership.save(update_fields=["certificates_allowed_at"])


@transaction.atomic
def forbid_downloads(membership: Membership, *, by: Any) -> None:
    """Taken back at once; files that wait for the school with something of this pupil in them are deleted."""
    _check(membership, by)
    membership.certificates_allowed_at = None
    membership.save(update_fields=["certificates_allowed_at"])
    for bundle in bundles_with(membership):
        end_bundle(bundle)


def _check(membership: Membership, by: Any) -> None:
    if membership.user_id != by.pk:
        raise DomainError(_("只有本人能决定别人能不能申请、下载自己的证书。"))
