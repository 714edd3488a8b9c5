"""What search knows of the contact directory."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from portal.core.models import Division
from portal.directory.models import DirectoryEntry
from tests.factories.directory import make_entry
from tests.search.listed import listed, only


def test_an_entry_is_found_by_office_telephone_kind_and_place(tenant_a: Any) -> None:
    entry = make_entry(
        department="养老服务科", phone="022-55550201", hours="工作日", address="示例路3号", offers="可接待30人"
    )
    listing = only("entry")
    assert (listing.url, listing.title, listing.summary) == (entry.get_absolute_url(), entry.name, "可接待30人")
    assert listing.body == "养老服务科\n对接专员\n022-55550201\n工作日\n示例路3号"
    assert listing.shown["facts"] == ["养老服务科", "022-5555 0201", "工作日"]
    for term in ("'+02255550201'", "'+55550201'", "'机构'", "'和平区'"):
        assert term in listing.vector, term


def test_drafts_stay_away_and_unpublished_ones_go(tenant_a: Any) -> None:
    make_entry(live=False)
    assert listed("entry") == []
    make_entry().unpublish()
    assert listed("entry") == []


def test_a_place_renamed_above_it_is_renamed(tenant_a: Any) -> None:
    make_entry()
    district = Division.objects.get(code="120101")
    district.name = "改名后的区"
    district.save()
    assert "'名后'" in only("entry").vector


def test_a_position_is_listed(tenant_a: Any) -> None:
    make_entry(latitude=Decimal("39.117300"), longitude=Decimal("117.195600"))
    assert (only("entry").latitude, only("entry").longitude) == (39.1173, 117.1956)


@pytest.mark.parametrize(
    ("latitude", "longitude", "field"),
    [("39.1", None, "longitude"), (None, "117.2", "latitude"), ("117.2", "39.1", "latitude"), ("2", "117", "latitude")],
    ids=["half", "the other half", "the wrong way round", "outside"],
)
def test_a_position_is_whole_and_in_china(tenant_a: Any, latitude: Any, longitude: Any, field: str) -> None:
    entry = make_entry()
    entry.latitude, entry.longitude = (value and Decimal(value) for value in (latitude, longitude))
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert field in refused.value.message_dict
    with pytest.raises(DatabaseError), transaction.atomic():
        DirectoryEntry.objects.filter(pk=entry.pk).update(latitude=entry.latitude, longitude=entry.longitude)
