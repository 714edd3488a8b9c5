"""Officers see why a result stands where it does; everybody else gets the ordinary page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.search import make_listing

ClientFor = Callable[..., Client]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("", False),
        ("volunteer", False),
        ("publicist", False),
        ("reviewer", False),
        ("community_worker", False),
        ("organisation_manager", False),
        ("school_manager", False),
        ("officer", True),
    ],
)
def test_only_officers_see_reasons(who: str, sees: bool, tenant_a: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "送餐", status="recruiting", published_on=timezone.localdate())
    html = client_for(tenant_a, who).get("/search/?q=送餐&explain").content.decode()
    assert [words in html for words in ("为什么排在这里", "词“送餐”", "还能报名或申报", "发布得新")] == [sees] * 4
    assert "为什么排在这里" not in client_for(tenant_a, who).get("/search/?q=送餐").content.decode()


def test_an_officer_of_another_site_is_a_stranger(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    make_listing(tenant_a, "送餐")
    stranger = client_for(tenant_b, "officer")
    html = stranger.get("/search/?q=送餐&explain", SERVER_NAME=tenant_a.host).content.decode()
    assert "为什么排在这里" not in html
