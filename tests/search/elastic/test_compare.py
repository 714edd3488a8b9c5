"""Whatever the index lacks, has too much or has too old is found each night and mended by the feed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from search import rows
from search.elastic import compare, feed
from search.elastic.client import alias
from search.models import Change

Put = Callable[..., None]


@pytest.fixture
def differing(index: Any, tenant_a: Any, put: Put) -> Any:
    """Four listings: the index has one as it is, one too old, one too many, and lacks one and a part of one."""
    for source in ("right", "old", "gone"):
        put(tenant_a, source)
    feed.turn()
    put(tenant_a, "old", title="新的")
    put(tenant_a, "new")
    put(tenant_a, "right", part="2")
    rows.remove(tenant_a.pk, "project", [("gone", "")])
    Change.objects.all().delete()
    return tenant_a


def test_every_difference_is_named_and_nothing_else(differing: Any) -> None:
    def name(source: str, part: str = "") -> str:
        return f"{differing.pk}/project/{source}/{part}"

    found = compare.compare()
    assert (found.missing, found.outdated, found.extra) == (
        [name("new"), name("right", "2")],
        [name("old")],
        [name("gone")],
    )


def test_the_night_mends_them_all(differing: Any, index: Any) -> None:
    compare.compare_and_mend.func()
    assert feed.turn() == 4
    index.indices.refresh(index=alias())
    assert len(compare.compare()) == 0
    assert index.count(index=alias())["count"] == 4


def test_more_than_one_reading_fits_together(
    index: Any, tenant_a: Any, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "CHUNK", 2)
    for number in range(5):
        put(tenant_a, str(number))
    feed.turn()
    assert len(compare.compare()) == 0


def test_the_clock_queues_it_only_where_there_is_a_cluster(index: Any, settings: Any) -> None:
    compare.compare_nightly(None)  # type: ignore[arg-type]  # the hour does not matter
    assert DBTaskResult.objects.filter(task_path__endswith="compare_and_mend").count() == 1
    settings.ELASTICSEARCH_URL = []
    compare.compare_nightly(None)  # type: ignore[arg-type]  # the hour does not matter
    assert DBTaskResult.objects.filter(task_path__endswith="compare_and_mend").count() == 1


def test_the_command_tells_and_repairs(differing: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("compare_elasticsearch")
    assert capsys.readouterr().out.splitlines()[1] == f"outdated: 1  {differing.pk}/project/old/"
    assert not Change.objects.exists()
    call_command("compare_elasticsearch", "--repair")
    assert Change.objects.count() == 4
