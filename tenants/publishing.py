"""Publishes and withdraws what editors scheduled; keeps the task table short."""

from datetime import datetime, timedelta

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from tenants.clock import every
from tenants.models import Worker

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
KEEP_WORKERS = timedelta(days=1)


@every(minutes=1)
def publish_scheduled(now: datetime) -> None:
    """What was to go live or to expire by now does so, in the current tenant."""
    call_command("publish_scheduled")


@every(minutes=60, platform=True)
def forget_old_tasks(now: datetime) -> None:
    """Rows of done tasks go after a week, of failed ones after ninety days, of silent workers after a day."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
    Worker.objects.filter(beat_at__lt=now - KEEP_WORKERS).delete()
