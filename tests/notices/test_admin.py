"""Officers see what reached nobody, why, and send it again; nobody reads other people's notices."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal.notices.domain import notify, say
from portal.notices.models import Notice
from tests.cast import ROLES, person
from tests.factories.people import make_notice
from tests.queries import queries_of
from tests.tasks import run_queued


def _failed(**over: Any) -> Notice:
    fields = {"channel": "mail", "state": "failed", "attempts": 5, "last_error": "SMTPServerDisconnected", **over}
    return make_notice(**{"user": person("volunteer"), "subject": "班次改期", "body": "只给本人看的正文", **fields})


def test_the_list_names_the_reason_and_hides_address_and_text(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    notice = _failed()
    make_notice(user=person("volunteer"), subject="已经送到的通知")

    page = client_for(tenant_a, "officer").get("/cms/notices/").content.decode()

    for shown in ("班次改期", "SMTPServerDisconnected", "v****@example.org", f"/cms/notices/{notice.pk}/resend/"):
        assert shown in page
    for hidden in ("volunteer@example.org", "只给本人看的正文", "已经送到的通知"):
        assert hidden not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("words", ["改期", "shift moved"])
def test_a_notice_is_found_by_either_language_and_shown_in_the_readers(
    tenant_a: Any, client_for: Callable[..., Client], language: str, words: str
) -> None:
    _failed(translations={"en": {"subject": "Shift moved", "body": "Only the person reads this."}})
    _failed(subject="别的")
    client = client_for(tenant_a, "officer")
    client.post("/language/", {"language": language})

    page = client.get("/cms/notices/results/", {"q": words}).content.decode()

    shown = {"zh-hans": "班次改期", "en": "Shift moved"}
    assert [text in page for text in shown.values()] == [code == language for code in shown]
    assert "别的" not in page


def test_the_list_costs_the_same_however_long(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a, "officer")
    _failed()
    few = queries_of(lambda: client.get("/cms/notices/"))
    for _number in range(3):
        _failed()

    assert queries_of(lambda: client.get("/cms/notices/")) == few


def test_resending_asks_first_and_then_sends(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    notice = _failed()
    client = client_for(tenant_a, "officer")

    assert "班次改期" in client.get(f"/cms/notices/{notice.pk}/resend/").content.decode()
    assert client.post(f"/cms/notices/{notice.pk}/resend/").url == "/cms/notices/"
    run_queued()

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(mail.outbox)) == ("sent", 1, 1)


def test_a_sent_notice_is_not_sent_again(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    notice = notify(person("volunteer"), say(lambda: ("一次", "一次")), kind="example")
    run_queued()

    client_for(tenant_a, "officer").post(f"/cms/notices/{notice.pk}/resend/")
    run_queued()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("who", [role for role in ROLES if role != "officer"])
def test_others_neither_see_nor_resend(tenant_a: Any, client_for: Callable[..., Client], who: str) -> None:
    notice = _failed()
    client = client_for(tenant_a, who)

    assert "班次改期" not in client.get("/cms/notices/", follow=True).content.decode()
    client.post(f"/cms/notices/{notice.pk}/resend/")
    notice.refresh_from_db()
    assert notice.state == "failed"


@pytest.mark.parametrize("address", ["new/", "edit/{}/", "delete/{}/"])
def test_nobody_writes_changes_or_deletes_a_notice_by_hand(
    tenant_a: Any, client_for: Callable[..., Client], address: str
) -> None:
    notice = _failed()

    response = client_for(tenant_a, "officer").post(f"/cms/notices/{address.format(notice.pk)}", {"subject": "x"})

    assert response.status_code in {302, 403, 404}
    assert Notice.objects.get().subject == "班次改期"
