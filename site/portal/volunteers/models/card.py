"""A volunteer's card: what its QR code leads to, until it is taken back."""

import base64
import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.fields import DigestField, EncryptedTextField
from portal.volunteers.models.volunteer import Volunteer


def new_token() -> str:
    """120 bits in 24 capitals and digits, which a QR code holds in its small alphabet."""
    return base64.b32encode(secrets.token_bytes(15)).decode()


class Card(models.Model):
    """At most one of a volunteer is open; a new one has a new token, so copies of the old one end with it.

    The token is encrypted and found by its digest: who reads the database alone cannot make a QR code.
    """

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="cards", verbose_name=_("志愿者"))
    token = EncryptedTextField(default=new_token, editable=False)
    token_digest = DigestField(of="token", purpose="card")
    made_at = models.DateTimeField(_("办证时间"), auto_now_add=True)
    ended_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("志愿者证")
        verbose_name_plural = _("志愿者证")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["volunteer"], condition=Q(ended_at=None), name="card_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="card_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.made_at:%Y-%m-%d}"
