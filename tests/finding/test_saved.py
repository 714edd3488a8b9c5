"""Saved searches: asked for, confirmed by mail, told only what is new, stopped by one click."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context

from portal.finding import clock
from portal.finding.models import MailAsked, SavedSearch
from search.models import Listing
from tests.factories.search import make_listing
from tests.tasks import run_queued

ADDRESS = "/search/saved/?q=%E9%80%81%E9%A4%90"


def ask_for(client: Client, address: str = ADDRESS, sent_to: str = "li@example.org") -> Any:
    answer = client.post(address, {"mail": sent_to})
    run_queued()
    return answer


@pytest.fixture
def visitor(tenant_a: Any, client_for: Any) -> Client:
    # What making the sites has queued is not ours to run: it would miss the listings made by hand.
    DBTaskResult.objects.all().delete()
    client: Client = client_for(tenant_a)
    return client


@pytest.fixture
def saved(visitor: Client, tenant_a: Any) -> SavedSearch:
    """送餐, confirmed; one listing was there before."""
    make_listing(tenant_a, "送餐的旧项目", published_on=timezone.localdate())
    ask_for(visitor)
    found = SavedSearch.objects.get()
    visitor.post(f"/search/saved/{found.confirm_token}/confirm/")
    mail.outbox.clear()
    return found


def next_day(tenant: Any, days: int = 1, hour: int = 9) -> None:
    """What the clock does on a later morning; the row is made older instead of the clock younger."""
    SavedSearch.objects.update(seen_on=timezone.localdate() - timedelta(days=days))
    now = timezone.localtime().replace(hour=hour)
    with tenant_context(tenant):
        clock.tell_news(now)
        run_queued()


def test_the_page_says_what_is_sent_and_when(visitor: Client) -> None:
    page = visitor.get(ADDRESS).content.decode()
    for said in ("“送餐”", "每天早上8点后", "有新发布的才寄", "退订的链接", "3天内没有确认就删掉"):
        assert said in page


def test_nothing_is_sent_but_the_question_until_it_is_confirmed(visitor: Client, tenant_a: Any) -> None:
    answer = ask_for(visitor)
    assert answer.headers["Location"] == "/search/saved/asked/"
    found = SavedSearch.objects.get()
    assert [message.to for message in mail.outbox] == [["li@example.org"]]
    assert f"http://heping.tianjin.localhost:8000/search/saved/{found.confirm_token}/confirm/" in mail.outbox[0].body
    make_listing(tenant_a, "送餐的新项目", published_on=timezone.localdate())
    next_day(tenant_a)
    assert len(mail.outbox) == 1


def test_opening_the_link_confirms_nothing_pressing_the_button_does(visitor: Client) -> None:
    ask_for(visitor)
    found = SavedSearch.objects.get()
    address = f"/search/saved/{found.confirm_token}/confirm/"
    assert "确认订阅" in visitor.get(address).content.decode()
    assert SavedSearch.objects.get().confirmed_at is None
    assert "已经订阅" in visitor.post(address).content.decode()
    confirmed = SavedSearch.objects.get().confirmed_at
    assert confirmed is not None
    visitor.post(address)
    assert SavedSearch.objects.get().confirmed_at == confirmed


def test_what_is_new_is_told_once_with_a_way_to_stop(saved: SavedSearch, tenant_a: Any, tenant_b: Any) -> None:
    make_listing(tenant_a, "送餐的新项目", published_on=timezone.localdate() - timedelta(days=300), url="/projects/7/")
    make_listing(tenant_a, "合唱排练", published_on=timezone.localdate())
    make_listing(tenant_b, "南宁的送餐", published_on=timezone.localdate())
    next_day(tenant_a)
    (message,) = mail.outbox
    stop = f"http://heping.tianjin.localhost:8000/search/saved/{saved.stop_token}/stop/"
    assert message.subject == "【津牌养老】1条新结果：“送餐”"
    assert [line for line in message.body.splitlines() if "送餐的" in line or "合唱" in line or "南宁" in line] == [
        "送餐的新项目"
    ]
    assert "http://heping.tianjin.localhost:8000/projects/7/" in message.body
    assert stop in message.body
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    next_day(tenant_a)
    assert len(mail.outbox) == 1


def test_without_anything_new_there_is_no_mail_and_not_twice_a_day(saved: SavedSearch, tenant_a: Any) -> None:
    next_day(tenant_a)
    assert mail.outbox == []
    make_listing(tenant_a, "送餐的新项目", published_on=timezone.localdate())
    clock.tell_news(timezone.localtime().replace(hour=12))
    run_queued()
    assert mail.outbox == []


def test_nothing_goes_out_before_eight_in_the_morning(saved: SavedSearch, tenant_a: Any) -> None:
    make_listing(tenant_a, "送餐的新项目", published_on=timezone.localdate())
    next_day(tenant_a, hour=7)
    assert mail.outbox == []


def test_a_site_that_was_written_anew_does_not_send_everything_again(saved: SavedSearch, tenant_a: Any) -> None:
    Listing.objects.all().delete()
    make_listing(tenant_a, "送餐的旧项目", published_on=timezone.localdate() - timedelta(days=5))
    make_listing(tenant_a, "送餐的新项目", published_on=timezone.localdate())
    next_day(tenant_a)
    assert "送餐的旧项目" not in mail.outbox[0].body
    assert "送餐的新项目" in mail.outbox[0].body


def test_a_long_list_is_told_in_part(saved: SavedSearch, tenant_a: Any) -> None:
    for number in range(23):
        make_listing(tenant_a, f"送餐的新项目{number}", published_on=timezone.localdate())
    next_day(tenant_a)
    assert "【津牌养老】23条新结果" in mail.outbox[0].subject
    assert (mail.outbox[0].body.count("\n送餐的新项目"), "还有3条" in mail.outbox[0].body) == (20, True)


def test_a_mail_that_fails_is_sent_later(saved: SavedSearch, tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_listing(tenant_a, "送餐的新项目", published_on=timezone.localdate())

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError("down")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        next_day(tenant_a)
    assert SavedSearch.objects.get().last_sent_at is None
    with tenant_context(tenant_a):
        run_queued(also_later=True)
    assert len(mail.outbox) == 1


def test_one_button_stops_it_and_nothing_is_kept(saved: SavedSearch, visitor: Client) -> None:
    address = f"/search/saved/{saved.stop_token}/stop/"
    assert "退订，不再寄给我" in visitor.get(address).content.decode()
    assert SavedSearch.objects.count() == 1
    assert "已经退订" in visitor.post(address).content.decode()
    assert SavedSearch.objects.count() == 0
    assert "已经退订" in visitor.get(address).content.decode()


def test_the_button_of_a_mail_program_needs_no_cookie(saved: SavedSearch, client_for: Any, tenant_a: Any) -> None:
    program = client_for(tenant_a, enforce_csrf_checks=True)
    answer = program.post(f"/search/saved/{saved.stop_token}/stop/", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, SavedSearch.objects.count()) == (200, 0)


def test_a_link_of_one_site_does_nothing_on_another(saved: SavedSearch, client_for: Any, tenant_b: Any) -> None:
    other = client_for(tenant_b)
    assert other.get(f"/search/saved/{saved.confirm_token}/confirm/").status_code == 404
    other.post(f"/search/saved/{saved.stop_token}/stop/")
    connection.set_schema("t_120101")
    assert SavedSearch.objects.count() == 1


def test_the_same_question_of_the_same_address_is_one_row_and_mails_are_limited(visitor: Client) -> None:
    for _ in range(5):
        ask_for(visitor)
    assert (SavedSearch.objects.count(), len(mail.outbox)) == (1, 5)
    for number in range(5):
        ask_for(visitor, f"/search/saved/?q={number}", "LI@example.org ")
    assert "今天寄往这个邮箱的确认信太多了" in ask_for(visitor, "/search/saved/?q=x").content.decode()


def test_an_address_has_ten_searches_at_most(visitor: Client) -> None:
    for number in range(10):
        ask_for(visitor, f"/search/saved/?q={number}")
        SavedSearch.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert "最多订阅10个" in ask_for(visitor, "/search/saved/?q=x").content.decode()
    assert SavedSearch.objects.count() == 10
    assert ask_for(visitor, "/search/saved/?q=x", "wang@example.org").status_code == 302


@pytest.mark.parametrize("sent_to", ["", "li", "li@", "a@b\nBcc: c@d.org", "x" * 300 + "@example.org"])
def test_a_bad_address_is_named(visitor: Client, sent_to: str) -> None:
    answer = ask_for(visitor, sent_to=sent_to)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"mail"}
    assert SavedSearch.objects.count() == 0


def test_too_many_conditions_are_refused_in_words(visitor: Client) -> None:
    brands = "&".join(f"brand={'%E5%93%81' * 15}{number}" for number in range(20))
    assert "条件太多" in ask_for(visitor, f"/search/saved/?{brands}").content.decode()


def test_what_is_not_confirmed_in_three_days_is_forgotten(visitor: Client, tenant_a: Any) -> None:
    ask_for(visitor)
    ask_for(visitor, "/search/saved/?q=x")
    confirmed = SavedSearch.objects.first()
    assert confirmed is not None
    visitor.post(f"/search/saved/{confirmed.confirm_token}/confirm/")
    clock.forget(timezone.now() + timedelta(days=2))
    assert SavedSearch.objects.count() == 2
    clock.forget(timezone.now() + timedelta(days=4))
    assert list(SavedSearch.objects.values_list("pk", flat=True)) == [confirmed.pk]


def test_the_address_stands_encrypted_in_the_database(saved: SavedSearch, tenant_a: Any) -> None:
    with tenant_context(tenant_a), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM finding_savedsearch s")
        assert "li@example.org" not in cursor.fetchone()[0]


def test_on_the_platform_there_is_none(platform_client: Client) -> None:
    assert platform_client.get(ADDRESS).status_code == 404


@pytest.mark.usefixtures("still")
def test_one_place_asks_for_so_many_mails_an_hour_to_whatever_addresses(
    visitor: Client, tenant_b: Any, client_for: Any, settings: Any
) -> None:
    settings.SEARCH_MAILS_PER_ADDRESS = 3
    answers = [ask_for(visitor, sent_to=f"n{number}@example.org") for number in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert "一小时内已经要了3封确认信，请等60分钟再试" in answers[-1].content.decode()
    assert len(mail.outbox) == SavedSearch.objects.count() == 3
    assert visitor.post(ADDRESS, {"mail": "li@example.org"}, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert visitor.post(ADDRESS, {"mail": "n0@example.org"}, REMOTE_ADDR="127.0.0.1").status_code == 429
    assert client_for(tenant_b).post(ADDRESS, {"mail": "n0@example.org"}).status_code == 302


@pytest.mark.usefixtures("still")
def test_after_an_hour_mails_may_be_asked_for_again_and_the_count_is_forgotten_after_a_day(
    visitor: Client, settings: Any
) -> None:
    settings.SEARCH_MAILS_PER_ADDRESS = 2
    for number in range(2):
        ask_for(visitor, sent_to=f"n{number}@example.org")
    newest = MailAsked.objects.latest("pk")
    MailAsked.objects.filter(pk__lt=newest.pk).update(at=timezone.now() - timedelta(minutes=50, seconds=30))
    assert ask_for(visitor, sent_to="n2@example.org")["Retry-After"] == "600"
    MailAsked.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert ask_for(visitor, sent_to="n2@example.org").status_code == 302
    MailAsked.objects.update(at=timezone.now() - timedelta(days=2))
    ask_for(visitor, sent_to="n3@example.org")
    assert [("127" in row.key, len(row.key)) for row in MailAsked.objects.all()] == [(False, 64)]
