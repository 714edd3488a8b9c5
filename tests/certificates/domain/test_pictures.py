"""Emblems and backgrounds that were only tried go after a day; what a version names stays, whatever becomes of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from certificates.designs import kept
from certificates.designs.backgrounds import take_background
from certificates.designs.emblems import read_emblem, take_emblem
from certificates.domain import drop_draft, remove_unused_pictures, retire_design, save_draft
from tests.factories.designs import SVG, make_design, make_png, make_published


def test_what_no_version_names_goes_after_a_day(tenant_a: Any) -> None:
    assert remove_unused_pictures(now=timezone.now()) == 0
    printed, drafted, tried = (take_emblem(data) for data in (SVG, make_png(), make_png("L")))
    behind, other = take_background(SVG), take_background(make_png(side=700))
    version = make_published(emblem=printed, background=behind)
    draft = save_draft("record", "", make_design(emblem=drafted), edited_by="1")
    later = timezone.now() + timedelta(days=2)

    assert remove_unused_pictures(now=timezone.now()) == 0
    assert remove_unused_pictures(now=later) == 2
    assert {sha for sha, _name in kept.stored(kept.EMBLEMS)} == {printed.sha256, drafted.sha256} - {tried.sha256}
    assert {sha for sha, _name in kept.stored(kept.BACKGROUNDS)} == {behind.sha256} - {other.sha256}

    retire_design(version, retired_by="1")
    drop_draft(draft)
    assert remove_unused_pictures(now=later) == 1
    assert (read_emblem(printed), len(list(kept.stored(kept.BACKGROUNDS)))) == (SVG, 1)
