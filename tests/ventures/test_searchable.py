"""What search knows of a call: its stage, its deadline, and when both change."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.ventures.models import Call
from search import listings
from tests.factories.projects import make_brand
from tests.factories.ventures import make_call
from tests.search.listed import listed, only


def test_an_open_call_says_until_when(tenant_a: Any) -> None:
    call = make_call(brand=make_brand(), contact_phone="022-55550140", contact_name="端木咨")
    listing = only("call")
    assert (listing.url, listing.title, listing.number) == (call.get_absolute_url(), call.title, call.number)
    assert (listing.status, listing.starts_at, listing.stale_at) == ("open", call.closes_at, call.closes_at)
    assert (listing.organiser, listing.brand) == ("示例区民政局", "寸草心")
    assert listing.shown["beside"] == ["正在征集", "示例区民政局"]
    assert listing.shown["facts"][0].endswith("停止接收")
    assert listing.places == ["12", "1201", "120101"]
    assert "'+02255550140'" in listing.vector
    assert "端木咨" not in listing.body


def test_its_stage_follows_the_clock(tenant_a: Any, monkeypatch: Any) -> None:
    now = timezone.now()
    call = make_call(opens_at=now + timedelta(hours=1), closes_at=now + timedelta(days=2))
    assert (only("call").status, only("call").stale_at) == ("announced", call.opens_at)
    for moment, status in ((call.opens_at, "open"), (call.closes_at, "closed")):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment + timedelta(seconds=1))
        listings.write_stale(timezone.now())
        assert only("call").status == status
    assert (only("call").starts_at, only("call").stale_at) == (None, None)


def test_a_draft_is_not_listed_and_a_cancelled_call_says_so(tenant_a: Any) -> None:
    make_call(live=False)
    assert listed("call") == []
    call = make_call()
    call.cancelled_on, call.cancelled_reason = timezone.localdate(), "经费调整"
    call.save()
    assert (only("call").status, only("call").stale_at) == ("cancelled", None)
    Call.objects.get(pk=call.pk).unpublish()
    assert listed("call") == []
