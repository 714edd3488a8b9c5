"""Where a thing stands on the earth, when somebody has looked it up."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: Within China no latitude is a possible longitude: numbers in the wrong order are refused.
SOUTH, NORTH, WEST, EAST = 3, 54, 73, 136


class Located(models.Model):
    """Latitude and longitude, both or none; needed by nobody, they only make 就近 finer than the community."""

    latitude = models.DecimalField(
        _("纬度"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(SOUTH), MaxValueValidator(NORTH)],
        help_text=_("可以不填。如 39.117300；在手机地图上长按地点可以看到，先纬度后经度。"),
    )
    longitude = models.DecimalField(
        _("经度"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(WEST), MaxValueValidator(EAST)],
        help_text=_("可以不填。如 117.195600；与纬度一起填。"),
    )

    class Meta:
        abstract = True

    @property
    def position(self) -> tuple[float, float] | None:
        """(latitude, longitude)."""
        if self.latitude is None or self.longitude is None:
            return None
        return float(self.latitude), float(self.longitude)

    def clean(self) -> None:
        super().clean()
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if getattr(self, name) is None and getattr(self, other) is not None:
                raise ValidationError({name: _("纬度和经度要一起填，或者都不填。")})


def position_constraint(name: str) -> models.CheckConstraint:
    """Both or none, and on the map of China."""
    none = Q(latitude__isnull=True, longitude__isnull=True)
    # A check that is neither true nor false holds: half a position has to be named.
    given = Q(latitude__isnull=False, longitude__isnull=False)
    both = given & Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST))
    return models.CheckConstraint(
        condition=none | both, name=name, violation_error_message=_("纬度和经度要一起填，或者都不填。")
    )
