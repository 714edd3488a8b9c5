"""What happens to listings because time passes."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from search import listings
from search.models import Comparison
from search.tasks import compare_everything
from tenants.clock import every

#: Between these hours of the site's time nobody is waiting.
NIGHT = range(1, 6)
#: A night may fall out; after this time a site is compared by day.
NOT_LATER = timedelta(hours=36)
NOT_SOONER = timedelta(hours=12)


@every(minutes=1)
def write_stale(now: datetime) -> None:
    """Listings whose status or next occasion changed by now, in the current site."""
    listings.write_stale(now)


@every(minutes=60)
def compare_at_night(now: datetime) -> None:
    """Queue the nightly comparison of the current site, once a night."""
    last = Comparison.objects.filter(tenant_id=connection.tenant.pk).values_list("compared_at", flat=True).first()
    age = now - last if last else NOT_LATER
    at_night = timezone.localtime(now).hour in NIGHT
    if age >= NOT_LATER or (at_night and age >= NOT_SOONER):
        compare_everything.enqueue()
