"""Members let a body ask for their certificates, or download them, and take either back (令67号: consent)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.organisations.enums import Consent
from portal.organisations.models import Membership
from portal.schools.domain.asking import end_bundle
from portal.schools.queries import bundles_with
from portal.volunteers.domain.guardians import lacks_guardian
from portal.volunteers.models import Volunteer

_FIELDS = {Consent.ASK: "asking_allowed_at", Consent.DOWNLOAD: "certificates_allowed_at"}


def give_consent(membership: Membership, to: Consent, *, by: Any) -> None:
    """The member alone, whatever their role, and as a minor with the guardian's consent on file. DomainError."""
    _check(membership, by)
    volunteer = Volunteer.objects.filter(user=by).first()
    if lacks_guardian(volunteer, timezone.localdate(), below=rules().guardian_below):
        raise DomainError(_("您还未成年，先在“我的资料”里补上监护人的同意。"))
    if getattr(membership, _FIELDS[to]) is None:
        _put(membership, to, timezone.now())


@transaction.atomic
def take_back(membership: Membership, to: Consent, *, by: Any) -> None:
    """At once; of downloads, files that wait for the school with something of this member in them are deleted."""
    _check(membership, by)
    _put(membership, to, None)
    if to == Consent.DOWNLOAD:
        for bundle in bundles_with(membership):
            end_bundle(bundle)


def _put(membership: Membership, to: Consent, when: Any) -> None:
    setattr(membership, _FIELDS[to], when)
    membership.save(update_fields=[_FIELDS[to]])


def _check(membership: Membership, by: Any) -> None:
    if membership.user_id != by.pk:
        raise DomainError(_("只有本人能决定别人能不能申请、下载自己的证书。"))
