"""Makes and ends the links by which holders share their certificates."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.domain.logging import write_log
from certificates.enums import Action, Actor, State
from certificates.errors import TransitionRefused
from certificates.models import Certificate, ShareLink


@transaction.atomic
def share_certificate(certificate: Certificate, *, days: int) -> ShareLink:
    """A link that ends by itself after `days`; the one that is open already, if there is one."""
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.state != State.ISSUED:
        raise TransitionRefused(_("只有有效的证书才能分享。"), field="state")
    now = timezone.now()
    open_link = locked.links.filter(ended_at=None).first()
    if open_link is not None and open_link.ends_at > now:
        return open_link
    locked.links.filter(ended_at=None).update(ended_at=now)
    made = ShareLink.objects.create(certificate=locked, ends_at=now + timedelta(days=days))
    write_log(Action.SHARED, number=locked.number, actor=Actor.HOLDER, days=days)
    return made


@transaction.atomic
def end_share(certificate: Certificate) -> bool:
    """Take the open link back; False when there was none."""
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not locked.links.filter(ended_at=None).update(ended_at=timezone.now()):
        return False
    write_log(Action.UNSHARED, number=locked.number, actor=Actor.HOLDER)
    return True
