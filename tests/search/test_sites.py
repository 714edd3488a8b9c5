"""A site that is made, closed, opened, restored or deleted, and its listings."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context

from portal.home.models import BrandPage
from search.models import Listing
from search.tasks import write_everything
from tenants.domain import (
    archive_tenant,
    backup_tenant,
    create_tenant,
    delete_tenant,
    pause_tenant,
    reopen_tenant,
    restore_tenant,
)
from tests.factories.projects import make_project
from tests.search.listed import titles
from tests.waiting import ended, until_it_waits


@pytest.fixture
def site(tenant_a: Any) -> Any:
    make_project(title="海河边散步")
    DBTaskResult.objects.all().delete()
    connection.set_schema_to_public()
    return tenant_a


def queued() -> list[str]:
    tasks = DBTaskResult.objects.filter(task_path="search.tasks.write_everything")
    return [task.args_kwargs["kwargs"]["_schema"] for task in tasks]


class Broken(Exception):
    pass


def test_a_paused_site_is_found_nowhere_and_comes_back_when_it_opens(site: Any) -> None:
    pause_tenant(site, reason="")
    assert (titles("project", site), queued()) == ([], [])
    reopen_tenant(site)
    assert (titles("project", site), queued()) == ([], [site.schema_name])
    with tenant_context(site):
        write_everything.func()
    assert titles("project", site) == ["海河边散步"]


def test_an_archived_site_stays_away(site: Any) -> None:
    pause_tenant(site, reason="")
    archive_tenant(site)
    with tenant_context(site):
        write_everything.func()
    assert titles("project", site) == []


def test_a_pause_that_is_rolled_back_leaves_everything(site: Any) -> None:
    def change() -> None:
        with transaction.atomic():
            pause_tenant(site, reason="")
            raise Broken

    with pytest.raises(Broken):
        change()
    assert titles("project", site) == ["海河边散步"]


def test_another_sites_listings_stay(site: Any, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        make_project(title="邕江边散步")
    pause_tenant(site, reason="")
    assert titles("project", tenant_b) == ["邕江边散步"]


def test_a_deleted_site_leaves_nothing(site: Any) -> None:
    key = site.pk
    pause_tenant(site, reason="")
    delete_tenant(site, typed_name=site.name)
    assert not Listing.objects.filter(tenant_id=key).exists()


def test_a_new_site_is_written_in_the_background(db: None) -> None:
    site = create_tenant(division="120102", domain="hedong.tianjin.localhost")
    assert queued()[-1] == site.schema_name
    with tenant_context(site):
        write_everything.func()
        brands = sorted(BrandPage.objects.filter(live=True).values_list("title", flat=True))
    assert sorted(titles("page", site)) == sorted([*brands, "联系我们"])


def test_a_restored_site_is_written_in_the_background(committed_a: Any, tmp_path: Path) -> None:
    make_project(title="海河边散步")
    DBTaskResult.objects.all().delete()
    connection.set_schema_to_public()
    backup_tenant(committed_a, tmp_path / "site.zip")
    pause_tenant(committed_a, reason="")
    delete_tenant(committed_a, typed_name=committed_a.name)
    restored = restore_tenant(tmp_path / "site.zip")
    assert queued() == [restored.schema_name]
    with tenant_context(restored):
        write_everything.func()
    assert titles("project", restored) == ["海河边散步"]


def test_a_save_that_began_before_the_pause_leaves_nothing_behind(committed_a: Any) -> None:
    """The pause waits for the save and takes its listing away; what is saved later is not listed at all."""
    import threading

    paused = threading.Event()

    def pause() -> None:
        try:
            pause_tenant(committed_a, reason="")
            paused.set()
        finally:
            connection.close()

    with transaction.atomic():
        make_project(title="海河边散步")
        thread = threading.Thread(target=pause)
        thread.start()
        until_it_waits(thread)
        assert not paused.is_set()
    ended(thread)
    assert paused.is_set()
    make_project(title="暂停以后")
    assert titles("project", committed_a) == []
