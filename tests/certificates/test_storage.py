"""Stored bytes stay what they were, and in the folder of their tenant."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import Http404
from django_tenants.utils import tenant_context

from certificates.download import StoredPdfDamaged, pdf_response
from certificates.enums import Actor
from tests.factories.certificates import make_issued, make_requested, make_revoked


def test_each_tenant_has_its_own_folder(tenant_a: Any, tenant_b: Any, private_folder: Path) -> None:
    storage = storages["certificates"]
    storage.save("ab/one.pdf", ContentFile(b"of a"))
    with tenant_context(tenant_b):
        assert not storage.exists("ab/one.pdf")
        with pytest.raises(SuspiciousFileOperation):
            storage.open(f"../{tenant_a.schema_name}/ab/one.pdf")
    assert (private_folder / tenant_a.schema_name / "ab" / "one.pdf").read_bytes() == b"of a"


def test_the_same_bytes_saved_twice_are_one_file(tenant_a: Any, private_folder: Path) -> None:
    storage = storages["certificates"]
    names = [storage.save("ab/one.pdf", ContentFile(b"same")) for _ in range(2)]
    assert names == ["ab/one.pdf", "ab/one.pdf"]
    assert [path.name for path in private_folder.rglob("*.pdf")] == ["one.pdf"]


def test_certificates_have_no_public_address(tenant_a: Any) -> None:
    with pytest.raises(ValueError, match="not accessible"):
        storages["certificates"].url("ab/one.pdf")


def test_a_download_sends_the_stored_bytes_under_a_speaking_name(tenant_a: Any) -> None:
    certificate = make_issued()
    response = pdf_response(certificate, actor=Actor.HOLDER)
    assert response.content[:5] == b"%PDF-"
    assert len(response.content) == certificate.pdf_size
    assert certificate.number in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "private, no-store"


def test_altered_bytes_are_never_handed_out(tenant_a: Any, private_folder: Path) -> None:
    certificate = make_issued()
    path = private_folder / tenant_a.schema_name / certificate.pdf_name
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoredPdfDamaged):
        pdf_response(certificate, actor=Actor.HOLDER)


def test_what_is_not_made_or_revoked_cannot_be_downloaded(tenant_a: Any) -> None:
    revoked = make_revoked()
    for certificate in (make_requested(holder_key="other"), revoked):
        with pytest.raises(Http404):
            pdf_response(certificate, actor=Actor.HOLDER)
