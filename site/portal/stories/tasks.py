"""What the clock does to stories."""

from datetime import datetime

from django.utils import timezone

from portal.stories.domain import hold_back_scheduled, unpublish_ended
from tenants.clock import every


@every(minutes=1)
def before_publishing(now: datetime) -> None:
    """Runs before `tenants.publishing.publish_scheduled`: the clock goes by name."""
    hold_back_scheduled(now=now, today=timezone.localtime(now).date())


@every(minutes=30)
def after_midnight(now: datetime) -> None:
    """Stories whose consent has ended are hidden at midnight by every query; here they are unpublished too."""
    unpublish_ended(today=timezone.localtime(now).date())
