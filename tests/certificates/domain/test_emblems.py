"""Emblems that were only tried go after a day; what a version names stays, whatever becomes of the version."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from certificates.designs.emblems import read_emblem, stored_emblems, take_emblem
from certificates.domain import drop_draft, remove_unused_emblems, retire_design, save_draft
from tests.factories.designs import SVG, make_design, make_png, make_published


def test_what_no_version_names_goes_after_a_day(tenant_a: Any) -> None:
    assert remove_unused_emblems(now=timezone.now()) == 0
    printed, drafted, tried = (take_emblem(data) for data in (SVG, make_png(), make_png("L")))
    version = make_published(emblem=printed)
    draft = save_draft("record", "", make_design(emblem=drafted), edited_by="1")
    later = timezone.now() + timedelta(days=2)

    assert remove_unused_emblems(now=timezone.now()) == 0
    assert remove_unused_emblems(now=later) == 1
    assert {sha for sha, _name in stored_emblems()} == {printed.sha256, drafted.sha256} - {tried.sha256}

    retire_design(version, retired_by="1")
    drop_draft(draft)
    assert remove_unused_emblems(now=later) == 1
    assert read_emblem(printed) == SVG
