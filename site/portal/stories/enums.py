"""Who appears in a story."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    """Elders and minors are named or shown only with their recorded consent."""

    ELDER = "elder", _("老人")
    MINOR = "minor", _("未成年人")
    ADULT = "adult", _("其他成年人")


NEEDS_CONSENT = frozenset({PersonKind.ELDER, PersonKind.MINOR})
