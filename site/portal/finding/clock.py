"""What happens to what search remembers because time passes."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.finding.domain.missed import forget_missed
from portal.finding.domain.saved import due, forget_unconfirmed
from portal.finding.models import SearchSettings
from portal.finding.tasks import mail_news
from tenants.clock import every

#: Mails of saved searches go out from this hour on.
MORNING = 8


@every(minutes=24 * 60)
def forget(now: datetime) -> None:
    """Words that found nothing are kept as long as the site says, searches that nobody confirmed three days."""
    settings = SearchSettings.objects.first() or SearchSettings()
    forget_missed(before=timezone.localdate(now) - timedelta(days=settings.keep_days))
    forget_unconfirmed(now)


@every(minutes=60)
def tell_news(now: datetime) -> None:
    """Once a day, in the morning or as soon after it as a worker runs."""
    if timezone.localtime(now).hour >= MORNING:
        for saved_id in due(now):
            mail_news.enqueue(saved_id)
