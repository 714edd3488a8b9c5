"""The log of certificates in words: each detail of each event, and who it was."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from certificates.domain import write_log
from certificates.domain.logging import DETAILS
from certificates.enums import Action, Actor, CheckedOn, Form, Ground, Kind, RevocationState, Way
from certificates.models import LogEntry
from portal.accounts.models import User
from portal.organisations.enums import OrganisationKind
from portal.volunteers.log_words import WORDS, told
from tests.cast import person
from tests.factories.certificates import make_requested
from tests.factories.people import make_user

ClientFor = Callable[..., Client]
LIST = "/cms/snippets/certificates/logentry/"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#: What each detail may say.
VALUES: dict[str, list[Any]] = {
    "body": OrganisationKind.values,
    "kind": Kind.values,
    "ground": Ground.values,
    "outcome": RevocationState.values,
    "way": Way.values,
    "form": Form.values,
    "host": CheckedOn.values,
    "alone": [True, False],
    "key_ended": [True],
    "before_the_log": [True],
    "replaces": ["120101202600017"],
    "newer": ["120101202600018"],
    "asked": [12],
    "found": [0],
    "days": [30],
    "sealed_by": [DIGEST],
    "signed_by": [DIGEST],
    "sha256": [DIGEST],
}
CASES = [
    (action, name, value)
    for action in Action
    for name in sorted(DETAILS[action])
    for value in VALUES.get(name, ["没有例子"])
]


def test_every_detail_of_every_event_has_words() -> None:
    assert set(DETAILS) == set(Action)
    assert set().union(*DETAILS.values()) == set(WORDS) == set(VALUES)


@pytest.mark.parametrize(("action", "name", "value"), CASES)
def test_a_detail_is_told_without_its_key_and_its_stored_value(action: Any, name: str, value: Any) -> None:
    entry = LogEntry(action=action, detail={name: value})
    for language, words in (("zh-hans", r"[a-z_]{3,}"), ("en", "[\u4e00-\u9fff]")):
        with translation.override(language):
            shown = told(entry)
        assert shown, name
        assert re.findall(words, shown.replace(DIGEST[:12], "")) == []


def test_officers_read_who_and_what_by_name(tenant_a: Any, client_for: ClientFor) -> None:
    certificate = make_requested()
    nameless = make_user("officer", username="nameless")
    User.objects.filter(pk=nameless.pk).update(name="")
    gone = make_user("officer", username="gone")
    for account in (person("officer"), nameless, gone):
        given = {"ground": "misissued", "alone": False}
        write_log(Action.REVOKED, number=certificate.number, actor=Actor.STAFF, account=account.pk, **given)
    write_log(Action.CHECKED_IN_BULK, actor=Actor.ANYBODY, asked=3, found=1, host="site")
    gone.delete()
    client = client_for(tenant_a, "officer")
    page = f"/cms/certificates/{certificate.pk}/"
    for url in (LIST, page):
        text = client.get(url).text
        names = [f"工作人员 {name}" in text for name in ("示例officer", "nameless", "（账号已不在）")]
        assert names == [True] * 3
        assert "撤销事由：出具时有误；第二人：已确认" in text
    text = client.get(LIST).text
    assert ("misissued" in text, "alone" in text) == (False, False)
    assert ("核验编号：3；查到：1；在哪里：本站" in text, f'<a href="{page}">' in text.replace("\n", "")) == (
        True,
        True,
    )
