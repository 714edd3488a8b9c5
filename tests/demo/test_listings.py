"""The stories, calls and directory entries that the demo shows."""

import datetime as dt
import random
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.demo import directory, people, stories, ventures
from portal.directory.models import DirectoryEntry
from portal.directory.queries import entries_to_check
from portal.stories.models import StoryPage
from portal.stories.queries import ending_consents, visible_stories
from portal.ventures.enums import CallStage
from portal.ventures.models import Call
from portal.ventures.stages import stage


def filled(tenant: Any, today: dt.date) -> None:
    for module in (people, ventures, directory, stories):
        module.fill(tenant=tenant, today=today, rng=random.Random(tenant.division_code))  # noqa: S311  (sample data)
    connection.check_constraints()


@pytest.fixture
def both(tenant_a: Any, tenant_b: Any) -> list[Any]:
    from portal.accounts.models import User

    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            User.objects.all().delete()
            filled(tenant, timezone.localdate())
    return [tenant_a, tenant_b]


def test_each_site_has_living_calls_stories_and_entries_of_its_own(both: list[Any]) -> None:
    seen = []
    now, today = timezone.now(), timezone.localdate()
    for tenant in both:
        with tenant_context(tenant):
            stages = sorted(stage(call, now) for call in Call.objects.all())
            told = [story.title for story in visible_stories()]
            seen.append((stages, told))
            assert StoryPage.objects.filter(live=False).count() == 1
            assert ending_consents(today=today, days=30).count() == 1
            assert entries_to_check(DirectoryEntry.objects.filter(live=True), today=today).count() == 2
            assert DirectoryEntry.objects.filter(live=False).count() == 2
    (stages_a, told_a), (stages_b, told_b) = seen
    assert stages_a == [CallStage.DRAFT, CallStage.OPEN, CallStage.PUBLICITY, CallStage.RESULTS]
    assert stages_b == [CallStage.CLOSED, CallStage.DRAFT, CallStage.OPEN, CallStage.RESULTS]
    assert len(told_a) == len(told_b) == 5
    assert not set(told_a) & set(told_b)


def test_everything_would_pass_its_own_form_and_is_marked_as_a_sample(both: list[Any]) -> None:
    for tenant in both:
        with tenant_context(tenant):
            for record in (*Call.objects.all(), *DirectoryEntry.objects.all(), *StoryPage.objects.all()):
                record.full_clean()
            assert not DirectoryEntry.objects.exclude(name__contains="示例").exists()
            assert not DirectoryEntry.objects.exclude(phone__contains="-5555").exists()
            assert not Call.objects.exclude(number__contains="示例").exists()


def test_every_page_of_the_samples_opens(both: list[Any], client_for: Any) -> None:
    for tenant in both:
        with tenant_context(tenant):
            urls = [call.get_absolute_url() for call in Call.objects.filter(live=True)]
            urls += [entry.get_absolute_url() for entry in DirectoryEntry.objects.filter(live=True)[:5]]
            urls += [story.address for story in visible_stories()]
        client = client_for(tenant)
        assert {client.get(url).status_code for url in (*urls, "/ventures/", "/directory/", "/stories/")} == {200}
