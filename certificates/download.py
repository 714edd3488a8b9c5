"""Sends the stored bytes, and the credential beside them; who may have them is the caller's decision."""

import hashlib
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from certificates.domain.credentials import credential_of
from certificates.domain.logging import write_log
from certificates.enums import Action, Form, Way
from certificates.errors import CredentialUnavailable
from certificates.models import Certificate


class StoredPdfDamaged(Exception):
    """The stored bytes are not the ones that were issued."""


def pdf_bytes(certificate: Certificate) -> bytes:
    """What was issued, checked against its SHA-256: a damaged disk never hands out an altered certificate."""
    with storages["certificates"].open(certificate.pdf_name) as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != certificate.pdf_sha256:
        raise StoredPdfDamaged(certificate.number)
    return data


def pdf_response(
    certificate: Certificate, *, actor: Any, account: object = None, way: Way = Way.DESK, inline: bool = False
) -> HttpResponse:
    """The PDF under a speaking name; 404 while there is none or when it was revoked. Each one is logged."""
    if not certificate.is_downloadable:
        raise Http404(_("证书还没有做好，或者已被撤销。"))
    name = f"{certificate.get_kind_display()}-{certificate.number}.pdf"
    response = HttpResponse(pdf_bytes(certificate), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name)
    response.headers["Cache-Control"] = "private, no-store"
    write_log(
        Action.DOWNLOADED,
        number=certificate.number,
        actor=actor,
        account=account,
        sha256=certificate.pdf_sha256,
        way=str(way),
    )
    return response


@transaction.atomic
def credential_response(
    certificate: Certificate, *, actor: Any, account: object = None, way: Way = Way.DESK
) -> HttpResponse:
    """The same facts as a signed credential, made when first asked for; 404 where there is none. Each one is logged."""
    try:
        credential = credential_of(certificate, actor=actor, account=account)
    except CredentialUnavailable as refusal:
        raise Http404(refusal.message) from refusal
    if not certificate.is_downloadable:
        raise Http404(_("证书还没有做好，或者已被撤销。"))
    response = HttpResponse(credential.document.encode(), content_type="application/vc")
    name = f"{certificate.get_kind_display()}-{certificate.number}.json"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    write_log(
        Action.DOWNLOADED,
        number=certificate.number,
        actor=actor,
        account=account,
        sha256=credential.sha256,
        way=str(way),
        form=str(Form.CREDENTIAL),
    )
    return response
