"""A notice is as true as its transaction, and goes out once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from portal.core.days import long_day
from portal.notices.domain import notify, say
from portal.notices.domain.delivery import NotFailed, resend
from portal.notices.models import Notice
from tests.cast import person
from tests.factories.people import make_user
from tests.tasks import run_queued


class _Smtp:
    """Stands in for the mail server: fails `failures` times, then sends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
        self.failures = failures
        from django.core.mail.backends.locmem import EmailBackend

        send = EmailBackend.send_messages

        def sometimes(backend: Any, messages: Any) -> Any:
            if self.failures:
                self.failures -= 1
                raise ConnectionRefusedError(111, f"refused {messages[0].to}")
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", sometimes)


def _tell(user: Any) -> Notice:
    return notify(user, say(lambda: ("班次改期", "改到周六。")), kind="example", url="/projects/1/")


def _said() -> tuple[str, str]:
    due = long_day(date(2026, 11, 9))
    return gettext("请答复更正申请：%(number)s") % {"number": 7}, gettext("答复期限是%(due)s。") % {"due": due}


def _deliveries() -> list[Any]:
    """Run what is queued; how the deliveries among it ended."""
    return [row.status for row in run_queued() if row.task_path == "portal.notices.tasks.deliver"]


def test_a_notice_is_mailed_by_the_worker_with_the_whole_address(tenant_a: Any) -> None:
    notice = _tell(person("volunteer"))
    assert mail.outbox == []

    run_queued()

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == ("sent", 1, "")
    [message] = mail.outbox
    assert message.to == ["volunteer@example.org"]
    assert message.subject == "【津牌养老】班次改期"
    assert "http://heping.tianjin.localhost:8000/projects/1/" in message.body


def test_a_rolled_back_change_tells_nobody(tenant_a: Any) -> None:
    with transaction.atomic():
        _tell(person("volunteer"))
        transaction.set_rollback(True)

    assert _deliveries() == []
    assert (Notice.objects.count(), mail.outbox) == (0, [])


def test_two_failures_and_a_success_are_one_mail(tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = _tell(person("volunteer"))
    _Smtp(monkeypatch, failures=2)

    run_queued(also_later=True)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == ("sent", 3, "")
    assert len(mail.outbox) == 1


def test_a_second_delivery_of_the_same_notice_sends_nothing(tenant_a: Any) -> None:
    from portal.notices.tasks import deliver

    notice = _tell(person("volunteer"))
    deliver.enqueue(notice.pk)

    run_queued()

    assert len(mail.outbox) == 1


def test_a_dead_mail_server_ends_as_a_visible_failure_that_an_officer_resends(
    tenant_a: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = _tell(person("volunteer"))
    smtp = _Smtp(monkeypatch, failures=5)

    rows = run_queued(also_later=True)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("failed", 5)
    assert notice.last_error == "ConnectionRefusedError 111"
    assert not any("example.org" in row.traceback for row in rows)

    assert smtp.failures == 0
    resend(notice, by=person("officer"))
    run_queued()
    notice.refresh_from_db()
    assert (notice.state, len(mail.outbox)) == ("sent", 1)
    with pytest.raises(NotFailed):
        resend(notice, by=person("officer"))


def test_without_a_mail_address_a_short_message_goes_to_the_mobile(tenant_a: Any, settings: Any, tmp_path: Any) -> None:
    settings.SMS_FOLDER = tmp_path
    notice = _tell(make_user(mobile="13812345678"))

    run_queued()

    notice.refresh_from_db()
    assert (notice.channel, notice.state) == ("sms", "sent")
    [path] = tmp_path.iterdir()
    assert path.read_text().startswith("13812345678\n")
    assert "【津牌养老】班次改期 http://heping.tianjin.localhost:8000/projects/1/" in path.read_text()
    assert mail.outbox == []


@pytest.mark.parametrize("over", [{}, {"email": "gone@example.org", "is_active": False}])
def test_whoever_cannot_be_reached_finds_it_on_the_site_alone(tenant_a: Any, over: dict[str, Any]) -> None:
    notice = _tell(make_user(**over))

    assert _deliveries() == []
    assert (notice.channel, notice.state) == ("site", "none")


def test_a_mail_speaks_the_language_that_its_reader_chose_and_not_that_of_whoever_caused_it(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    client_for(tenant_a, "volunteer").post("/language/", {"language": "en"})
    for acting in ("zh-hans", "en"):
        with translation.override(acting):
            notify(person("volunteer"), say(_said), kind="example")
            notify(person("officer"), say(_said), kind="example")
        run_queued()

    texts = [(message.subject, message.body.splitlines()[:3]) for message in mail.outbox]
    english = ["示例volunteer:", "", "It is to be answered by 9 Nov 2026."]
    told = [
        ("【津牌养老】Please answer a request for correction: 7", english),
        ("【津牌养老】请答复更正申请：7", ["示例officer：", "", "答复期限是2026年11月9日。"]),
    ]
    assert texts == told * 2


def test_a_short_message_is_chinese_as_the_gateways_templates_are(
    tenant_a: Any, client_for: Callable[..., Client], settings: Any, tmp_path: Any
) -> None:
    settings.SMS_FOLDER = tmp_path
    user = make_user(username="reader", mobile="13812345678")
    client_for(tenant_a, "reader").post("/language/", {"language": "en"})
    with translation.override("en"):
        notify(user, say(_said), kind="example")

    run_queued()

    [path] = tmp_path.iterdir()
    assert "【津牌养老】请答复更正申请：7" in path.read_text()


def test_a_subject_is_cut_to_what_a_line_takes(tenant_a: Any) -> None:
    notice = notify(person("volunteer"), say(lambda: ("长" * 121, "")), kind="example")

    assert (notice.subject, len(notice.subject)) == ("长" * 119 + "…", 120)
