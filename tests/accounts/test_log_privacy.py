"""What people do on the site leaves no personal data in the logs."""

import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, transaction
from django.test import Client

from portal.core.log_privacy import redact
from tests.factories.people import make_user

NAME, MOBILE, ID_NUMBER, MAIL, PASSWORD = (
    "欧阳示例",
    "13812345678",
    "120101195801010012",
    "ou@example.org",
    "Plum-7-blossom",
)
SECRETS = (NAME, MOBILE, ID_NUMBER, MAIL, PASSWORD, "欧阳", "138 1234 5678")


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Everything that is logged while the test runs, as production would write it."""
    handler = logging.StreamHandler(stream := StringIO())
    # A copy: logging takes its dictionaries apart.
    formatter = {**configured.LOGGING["formatters"]["json"]}
    handler.setFormatter(logging.config.DictConfigurator({"version": 1}).configure_formatter(formatter))
    handler.setLevel(logging.DEBUG)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def _assert_clean(text: str) -> None:
    assert text
    assert [secret for secret in SECRETS if secret in text] == []


def test_signing_in_and_failing_leave_no_trace_of_the_person(
    tenant_a: Any, client_for: Callable[..., Client], lines: StringIO
) -> None:
    make_user(username="ou", name=NAME, mobile=MOBILE, email=MAIL, password=PASSWORD)
    client = client_for(tenant_a)
    for typed, password in ((MOBILE, "wrong"), ("138 1234 5678", "wrong"), (MOBILE, PASSWORD)):
        client.post("/accounts/sign-in/", {"username": typed, "password": password})
    client.post("/accounts/password/reset/", {"email": MAIL})
    for _attempt in range(6):
        client_for(tenant_a).post("/accounts/sign-in/", {"username": NAME, "password": PASSWORD})

    _assert_clean(lines.getvalue())
    assert "request_finished" in lines.getvalue()


def test_what_is_searched_for_and_reset_links_are_not_written(
    tenant_a: Any, client_for: Callable[..., Client], lines: StringIO
) -> None:
    client_for(tenant_a).get(f"/projects/?q={NAME}&tel={MOBILE}")
    client_for(tenant_a).get("/accounts/password/reset/Mw/abc-secret-token/")
    client_for(tenant_a).get("/certificates/shared/0123456789abcdef01.abc-secret-token/pdf/")
    client_for(tenant_a).get("/K/abc-secret-token")

    _assert_clean(lines.getvalue())
    assert "abc-secret-token" not in lines.getvalue()


def test_a_database_error_quotes_no_row(tenant_a: Any, lines: StringIO) -> None:
    make_user(username="ou", name=NAME)
    try:
        with transaction.atomic():
            make_user(username="ou", name=NAME)
    except IntegrityError:
        logging.getLogger("portal").exception("not saved")
    logging.getLogger("portal").error("DETAIL: Failing row contains (7, %s, %s).", NAME, MOBILE)

    _assert_clean(lines.getvalue())
    assert "(username)=(<value>)" in lines.getvalue()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"call {MOBILE} now", "call <mobile> now"),
        (f"+86{MOBILE}", "<mobile>"),
        (f"id {ID_NUMBER}, 12010119580101001X", "id <id-number>, <id-number>"),
        (f"to {MAIL}", "to <mail>"),
        ("project 2026000123 of 120101 took 1712345678901 ns", "project 2026000123 of 120101 took 1712345678901 ns"),
        ("request 1c64907c-276f-4c2b-bf54-13812345678a", "request 1c64907c-276f-4c2b-bf54-13812345678a"),
    ],
)
def test_numbers_of_people_go_and_numbers_of_things_stay(text: str, kept: str) -> None:
    assert redact(None, "", {"event": text, "n": 3, "more": {"list": [text, None]}}) == {
        "event": kept,
        "n": 3,
        "more": {"list": [kept, None]},
    }


def test_every_line_is_json(tenant_a: Any, lines: StringIO) -> None:
    logging.getLogger("portal").warning("plain %s", object())

    assert json.loads(lines.getvalue())["level"] == "warning"
