"""A shared link opens the certificate until its day, and tells nothing when it is wrong, over or taken back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from certificates.domain import correct_certificate, end_share, issue_certificate, share_certificate
from certificates.download import pdf_bytes
from certificates.enums import Action, Actor
from certificates.errors import TransitionRefused
from certificates.models import Certificate, LogEntry, ShareLink
from tests.factories.certificates import make_credential_key, make_facts, make_issued, make_requested, make_revoked
from tests.queries import queries_of
from tests.volunteers.domain.test_sign_up_races import at_once

ClientFor = Callable[..., Client]


def address(link: ShareLink, tail: str = "") -> str:
    return f"/certificates/shared/{link.token}/{tail}"


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    return make_issued()


def test_a_link_shows_what_the_check_shows_and_gives_the_stored_bytes(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    link, client = share_certificate(issued, days=30), client_for(tenant_a)
    page = client.get(address(link))
    assert (page.status_code, "真的，有效" in page.text, "欧***" in page.text) == (200, True, True)
    assert [secret for secret in ("欧阳", "1201***", "周三电话问候") if secret in page.text] == []
    response = client.get(address(link, "pdf/"))
    assert response.content == pdf_bytes(issued)
    for answer in (page, response):
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
    assert [(entry.action, entry.actor, entry.detail.get("way")) for entry in LogEntry.objects.order_by("sequence")][
        1:
    ] == [(Action.SHARED, Actor.HOLDER, None), (Action.DOWNLOADED, Actor.ANYBODY, "link")]


def test_a_link_gives_the_credential_where_the_site_signs_such(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    link, client = share_certificate(issued, days=30), client_for(tenant_a)
    url = address(link, "credential/")
    assert (url in client.get(address(link)).text, client.get(url).status_code) == (False, 404)
    make_credential_key()
    assert url in client.get(address(link)).text
    response = client.get(url)
    assert response.text == Certificate.objects.get().credential.document
    assert (response.headers["Referrer-Policy"], "no-store" in response.headers["Cache-Control"]) == (
        "no-referrer",
        True,
    )
    make_revoked(issued)
    assert closed(client, url) == (404, True)
    assert closed(client_for(tenant_b), url) == (404, True)


def closed(client: Client, url: str) -> tuple[int, bool]:
    response = client.get(url)
    return response.status_code, "链接打不开" in response.text


def test_a_link_ends_by_itself_or_when_it_is_taken_back(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    link, client = share_certificate(issued, days=30), client_for(tenant_a)
    past = timezone.now() - timedelta(seconds=1)
    ShareLink.objects.filter(pk=link.pk).update(ends_at=past, made_at=past - timedelta(days=30))
    assert [closed(client, address(link, tail)) for tail in ("", "pdf/")] == [(404, True)] * 2
    newer = share_certificate(issued, days=1)
    assert newer.token != link.token
    assert client.get(address(newer)).status_code == 200
    assert end_share(issued) is True
    assert [closed(client, address(newer, tail)) for tail in ("", "pdf/")] == [(404, True)] * 2
    assert end_share(issued) is False
    assert LogEntry.objects.filter(action=Action.UNSHARED).count() == 1


def test_a_wrong_link_is_answered_as_one_that_is_over_at_the_same_cost(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    link, client = share_certificate(issued, days=30), client_for(tenant_a)
    tag = link.token.partition(".")[2]
    wrong = [f"{link.key}.{tag[:-1]}", f"{link.key}.x", link.key, f"{'0' * 18}.{tag}", f"{link.key}0.{tag}", "x"]
    made_up = [f"/certificates/shared/{token}/" for token in wrong]
    assert client.get(address(link)).status_code == 200
    assert [closed(client, url) for url in made_up] == [(404, True)] * 6
    end_share(issued)
    urls = [address(link), *made_up]
    assert [closed(client, url) for url in urls] == [(404, True)] * 7
    assert [queries_of(partial(client.get, url)) for url in urls] == [8] * 7
    pages = {client.get(url).text.replace(url, "#") for url in urls}
    assert len(pages) == 1
    assert closed(client_for(tenant_b), address(link)) == (404, True)


def test_a_link_of_a_superseded_certificate_says_so_and_one_of_a_revoked_is_over(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    link, client = share_certificate(issued, days=30), client_for(tenant_a)
    new = issue_certificate(correct_certificate(issued, make_facts(main_content="上门探访"), requested_by="1").pk)
    page = client.get(address(link)).text
    assert ("真的，但已被新证书替换" in page, new.number in page) == (True, True)
    newer = share_certificate(new, days=30)
    make_revoked(new)
    assert closed(client, address(newer)) == (404, True)


def test_what_does_not_count_is_not_shared(tenant_a: Any) -> None:
    for certificate in (make_requested(), make_revoked(make_issued(holder_key="volunteer:2"))):
        with pytest.raises(TransitionRefused):
            share_certificate(certificate, days=30)


def test_shared_twice_or_by_ten_threads_it_is_one_link(committed_a: Any) -> None:
    issued = make_issued()
    tokens = at_once(committed_a, [lambda: share_certificate(issued, days=30).token] * 10)
    assert len(set(tokens)) == 1
    assert ShareLink.objects.count() == 1
    with pytest.raises(IntegrityError, match="share_one_open"), transaction.atomic():
        ShareLink.objects.create(certificate=issued, ends_at=timezone.now() + timedelta(days=1))
