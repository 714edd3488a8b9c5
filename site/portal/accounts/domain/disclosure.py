"""Shows personal data unmasked, and never without writing down who asked and why."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.errors import NoPurpose, NotAllowed
from portal.accounts.models import Disclosure, User

_SHORTEST_PURPOSE = 4


def disclose(subject: User, field: str, *, by: Any, purpose: str, ip: str | None = None, holder: Any = None) -> str:
    """The unmasked text of `field` of `holder` (another model's row about `subject`; by default `subject` itself).

    Staff need the right accounts.disclose_user; everybody may see their own without a row in the log.
    NotAllowed, NoPurpose.
    """
    value = str(getattr(holder if holder is not None else subject, field) or "")
    if by.pk == subject.pk:
        return value
    if not by.has_perm("accounts.disclose_user"):
        raise NotAllowed(_("您没有查看个人信息的权限。"))
    reason = purpose.strip()
    if len(reason) < _SHORTEST_PURPOSE:
        raise NoPurpose(_("请写明用途，至少%(length)d个字。") % {"length": _SHORTEST_PURPOSE}, field="purpose")
    with transaction.atomic():
        Disclosure.objects.create(by=by, subject=subject, field=field, purpose=reason[:200], ip=ip)
    return value
