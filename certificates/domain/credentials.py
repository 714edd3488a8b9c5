"""Signs a certificate's credential, once, when somebody first takes it along."""

import hashlib
import secrets
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.credentials.addresses import base_of, did_of, method_of
from certificates.credentials.document import Issuer, Place, document_of
from certificates.credentials.signing import canonical, multikey, with_proof
from certificates.domain.logging import write_log
from certificates.enums import Action, KeyState, KeyUse
from certificates.errors import CredentialUnavailable
from certificates.models import Certificate, Credential, SigningKey, StatusList
from certificates.models.credential import STATUS_LIST_SIZE
from tenants.models import Tenant


@transaction.atomic
def credential_of(certificate: Certificate, *, actor: Any, account: object = None) -> Credential:
    """The one that was made, else a new one, by the key in use; raises `CredentialUnavailable` where there is none.

    Its entry in the status list is drawn at random: who watches the list learns nothing of numbers.
    """
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    made = Credential.objects.filter(certificate=locked).first()
    if made is not None:
        return made
    if not locked.is_downloadable:
        raise CredentialUnavailable(_("证书还没有做好，或者已被撤销。"), field="state")
    key = _usable_key()
    status_list = _open_list()
    credential = Credential(
        certificate=locked, key=key, status_list=status_list, position=_free(status_list), made_at=timezone.now()
    )
    written = written_document(credential)
    credential.document, credential.sha256 = written.decode(), hashlib.sha256(written).hexdigest()
    credential.save()
    status_list.taken += 1
    status_list.save(update_fields=["taken"])
    write_log(
        Action.CREDENTIAL_MADE,
        number=locked.number,
        actor=actor,
        account=account,
        sha256=credential.sha256,
        signed_by=key.fingerprint,
    )
    return credential


def written_document(credential: Credential) -> bytes:
    """The credential as it is handed out, RFC 8785; the same bytes each time while the key has its private half."""
    certificate, key = credential.certificate, credential.key
    tenant = Tenant.objects.get(schema_name=connection.schema_name)
    base = base_of(certificate.imprint)
    did = did_of(base, tenant.division_code)
    document = document_of(
        certificate.facts,
        certificate.imprint,
        issuer=Issuer(did, base, tenant.name, tenant.division_code),
        issued_at=certificate.issued_at,
        place=Place(credential.status_list.number, credential.position),
    )
    method = method_of(did, multikey(key.certificate))
    return canonical(with_proof(document, secret=key.secret, method=method, created=credential.made_at))


def _usable_key() -> SigningKey:
    """Held as it is until the transaction ends."""
    keys = SigningKey.objects.select_for_update(no_key=True)
    key: SigningKey | None = keys.filter(use=KeyUse.CREDENTIAL, state=KeyState.ACTIVE).first()
    if key is None:
        raise CredentialUnavailable(_("本站还没有启用电子凭证。"), field="key")
    if key.has_ended:
        raise CredentialUnavailable(_("本站签电子凭证的密钥已过期，等本站换新密钥后再来下载。"), field="key")
    return key


def _open_list() -> StatusList:
    """Locked: whoever holds it takes the next place."""
    newest = StatusList.objects.select_for_update().order_by("-number").first()
    if newest is not None and not newest.is_full:
        return newest
    number = newest.number + 1 if newest else 1
    StatusList.objects.get_or_create(number=number)
    return StatusList.objects.select_for_update().get(number=number)


def _free(status_list: StatusList) -> int:
    """Half of a list stays empty, so two draws are enough on average."""
    while True:
        position = secrets.randbelow(STATUS_LIST_SIZE)
        if not status_list.credentials.filter(position=position).exists():
            return position
