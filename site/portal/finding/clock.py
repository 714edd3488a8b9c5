"""What happens to what search remembers because time passes."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.finding.domain.missed import forget_missed
from portal.finding.models import SearchSettings
from tenants.clock import every


@every(minutes=24 * 60)
def forget(now: datetime) -> None:
    """Words that found nothing are kept as long as the site says."""
    settings = SearchSettings.objects.first() or SearchSettings()
    forget_missed(before=timezone.localdate(now) - timedelta(days=settings.keep_days))
