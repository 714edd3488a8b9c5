"""When its time is over a certificate's number and digest stay, and nothing about a person."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from certificates.audit import audit
from certificates.domain import forget_certificate, share_certificate
from certificates.download import pdf_bytes
from certificates.errors import TransitionRefused
from certificates.models import Certificate
from tests.certificates.files import drop
from tests.certificates.test_views import headline
from tests.factories.certificates import make_issued, make_requested, make_revoked

ClientFor = Callable[..., Client]


def forget(certificate: Certificate, execute: Any) -> Certificate:
    with execute(execute=True):
        assert forget_certificate(certificate)
    return Certificate.objects.get(pk=certificate.pk)


@pytest.fixture
def execute(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


def test_number_digest_and_log_stay_and_the_person_goes(
    tenant_a: Any, private_folder: Path, client_for: ClientFor, execute: Any
) -> None:
    certificate = make_issued()
    pdf, link = pdf_bytes(certificate), share_certificate(certificate, days=30)
    before = Certificate.objects.get(pk=certificate.pk)

    kept = forget(certificate, execute)

    assert (kept.number, kept.pdf_sha256, kept.state) == (before.number, before.pdf_sha256, before.state)
    assert (list(private_folder.rglob("*.pdf")), kept.facts_digest) == ([], "")
    row = json.dumps(Certificate.objects.filter(pk=kept.pk).values().get(), default=str, ensure_ascii=False)
    assert [
        word for word in ("欧阳娜娜", "1201**", "12010100264471", "赵堃", "电话问候", "volunteer:1") if word in row
    ] == []
    client = client_for(tenant_a)
    page = client.get(f"/certificates/check/{kept.number}/").text
    assert ("真的，保存期已满" in page, "欧" in page, "3.5小时" in page) == (True, False, False)
    assert headline(drop(client, pdf)) == "真的，保存期已满"
    assert headline(drop(client, pdf + b"\n% more")) == "文件被改过，不要采信"
    assert client.get(f"/certificates/shared/{link.token}/").status_code == 404
    assert audit().faults == ()
    assert forget_certificate(kept) is False


def test_a_revoked_one_is_still_said_to_be_revoked(
    tenant_a: Any, private_folder: Path, client_for: ClientFor, execute: Any
) -> None:
    kept = forget(make_revoked(), execute)
    page = client_for(tenant_a).get(f"/certificates/check/{kept.number}/").text
    assert ("已撤销" in page, "不是持有人本人的服务" in page, "欧" in page) == (True, True, False)
    assert "冒名" not in json.dumps([kept.revoked_reason, *kept.revocations.values_list("reason", flat=True)])


def test_what_is_still_being_made_is_not_forgotten(tenant_a: Any) -> None:
    with pytest.raises(TransitionRefused):
        forget_certificate(make_requested())
