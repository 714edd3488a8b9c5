"""A person reads their own notices and nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.notices.models import Notice
from tests.cast import person
from tests.factories.people import make_notice

#: Path to public, domain, path back, session, user; count, page; then the frame: one read of its own, unread.
QUERIES = 9


def test_visitors_are_asked_to_sign_in(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    assert client_for(tenant_a).get("/notices/").url == "/accounts/sign-in/?next=/notices/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    tenant_a: Any, client_for: Callable[..., Client], django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        make_notice(user=person("volunteer"))
    client = client_for(tenant_a, "volunteer")
    client.get("/notices/")

    with django_assert_num_queries(QUERIES):
        response = client.get("/notices/")

    assert len(response.context["page_obj"]) == count


def test_somebody_elses_notices_are_never_seen_nor_marked(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    foreign = make_notice(user=person("officer"), subject="给主管的通知")
    mine = make_notice(user=person("volunteer"), subject="给我的通知")
    client = client_for(tenant_a, "volunteer")

    page = client.get("/notices/")
    assert [*page.context["page_obj"]] == [mine]
    assert client.post(f"/notices/{foreign.pk}/read/").status_code == 404
    client.post("/notices/read/")
    assert [*Notice.objects.filter(read_at__isnull=True)] == [foreign]


def test_reading_one_leads_where_it_points(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    notice = make_notice(user=person("volunteer"), url="/projects/1/")
    client = client_for(tenant_a, "volunteer")

    assert client.get(f"/notices/{notice.pk}/read/").url == "/notices/"
    notice.refresh_from_db()
    assert notice.read_at is None
    assert client.post(f"/notices/{notice.pk}/read/").url == "/projects/1/"
    notice.refresh_from_db()
    first = notice.read_at
    client.post(f"/notices/{notice.pk}/read/")
    notice.refresh_from_db()
    assert (notice.is_read, notice.read_at) == (True, first)


def test_pages_and_unread(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    for number in range(21):
        make_notice(user=person("volunteer"), subject=f"第{number}条")
    client = client_for(tenant_a, "volunteer")
    oldest = Notice.objects.last()

    assert [*client.get("/notices/?page=2").context["page_obj"]] == [oldest]
    client.post(f"/notices/{oldest.pk}/read/")
    assert client.get("/notices/?unread=1").context["page_obj"].paginator.count == 20
    assert client.get("/notices/?page=nonsense").status_code == 200


def test_script_in_a_notice_is_text(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    make_notice(user=person("volunteer"), subject="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")

    page = client_for(tenant_a, "volunteer").get("/notices/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:x"])
def test_no_notice_leads_to_a_foreign_site(tenant_a: Any, url: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(user=person("volunteer"), url=url)


def test_whoever_reads_english_reads_english_and_what_was_kept_in_one_language_stays_as_it_is(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    english = {"en": {"subject": "Shift moved", "body": "It is on Saturday."}}
    make_notice(user=person("volunteer"), subject="班次改期", body="改到周六。", translations=english)
    make_notice(user=person("volunteer"), subject="从前的", body="只有一种。")
    client = client_for(tenant_a, "volunteer")

    chinese = client.get("/notices/").content.decode()
    client.post("/language/", {"language": "en"})
    page = client.get("/notices/").content.decode()

    assert ("班次改期" in chinese, "改到周六。" in chinese, "Shift moved" in chinese) == (True, True, False)
    assert ("Shift moved" in page, "It is on Saturday." in page, "班次改期" in page) == (True, True, False)
    assert ("从前的" in page, "只有一种。" in page) == (True, True)
