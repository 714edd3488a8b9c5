"""Named reads of certificates."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from certificates.enums import KeyState, KeyUse, RevocationState, State
from certificates.models import Certificate, Credential, Revocation, ShareLink, SigningKey
from certificates.models.share import tag_of
from certificates.models.signing_key import warned_until


def certificates_of(holder_key: str) -> QuerySet[Certificate]:
    """Everything a holder ever asked for, newest first, with what replaced it, its open links, whether there is a
    credential (`offers`), and whether a revocation waits for its second person (`doubted`).
    """
    links = ShareLink.objects.filter(ended_at=None, ends_at__gt=timezone.now())
    waits = Exists(Revocation.objects.filter(certificate=OuterRef("pk"), state=RevocationState.PROPOSED))
    held = Certificate.objects.filter(holder_key=holder_key).select_related("replaced_by")
    return held.annotate(offers=_offers(), doubted=waits).prefetch_related(
        Prefetch("links", links, to_attr="open_links")
    )


def waiting_certificates() -> QuerySet[Certificate]:
    """Given up by the worker: somebody must look."""
    return Certificate.objects.filter(given_up=True).order_by("requested_at")


def chain_of(certificate: Certificate) -> list[Certificate]:
    """The certificate with all that it replaced and that replaced it, oldest first; a query for each link."""
    chain = [certificate]
    while chain[0].replaces_id is not None:
        chain.insert(0, Certificate.objects.get(pk=chain[0].replaces_id))
    while (newer := Certificate.objects.filter(replaces=chain[-1]).first()) is not None:
        chain.append(newer)
    return chain


def lead_on(certificates: Iterable[Certificate]) -> list[Certificate]:
    """Tell each superseded one which number stands at the end of its chain, whatever became of that; as `newest`.

    `replaced_by` should be loaded with them; then a query is spent only for each further link that is to be followed.
    """
    found = list(certificates)
    last = {row.pk: row.replaced_by for row in found if row.state == State.SUPERSEDED}
    while further := {row.pk for row in last.values() if row.state == State.SUPERSEDED}:
        # A correction that is still being made leads nowhere yet, but then what it corrects is not superseded.
        after = {row.replaces_id: row for row in Certificate.objects.filter(replaces__in=further)}
        last = {pk: after.get(row.pk, row) for pk, row in last.items()}
    for row in found:
        row.newest = last[row.pk].number if row.pk in last else ""
    return found


def open_link(token: str) -> ShareLink | None:
    """The link of an address while it lasts; one query, whichever half of the address is wrong."""
    key, _dot, tag = token.partition(".")
    links = ShareLink.objects.select_related("certificate__replaced_by", "certificate__sealed_by").defer(
        "certificate__sealed_by__secret"
    )
    link = links.filter(key=key[:18]).first()
    right = constant_time_compare(tag, tag_of(key))
    return link if link is not None and right and link.key == key and link.is_open else None


def offers_credential(certificate: Certificate) -> bool:
    """Whether it can be taken along as a credential now; one query."""
    return Certificate.objects.filter(_offers(), pk=certificate.pk).exists() and certificate.is_downloadable


def ending_keys(now: datetime) -> QuerySet[SigningKey]:
    """Keys in use of the current site that end within KEY_WARN_DAYS, or have ended; without their secrets."""
    ending = SigningKey.objects.filter(state=KeyState.ACTIVE, valid_until__lte=warned_until(now))
    return ending.order_by("valid_until").defer("secret")


def _offers() -> Q:
    """One was made, or there is a key that may make one."""
    keys = SigningKey.objects.filter(use=KeyUse.CREDENTIAL, state=KeyState.ACTIVE, valid_until__gt=timezone.now())
    return Q(Exists(Credential.objects.filter(certificate=OuterRef("pk")))) | Q(Exists(keys))
