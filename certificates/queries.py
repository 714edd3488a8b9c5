"""Named reads of certificates."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from certificates.models import Certificate, ShareLink
from certificates.models.share import tag_of


def certificates_of(holder_key: str) -> QuerySet[Certificate]:
    """Everything a holder ever asked for, newest first, with what replaced it and its open links."""
    links = ShareLink.objects.filter(ended_at=None, ends_at__gt=timezone.now())
    held = Certificate.objects.filter(holder_key=holder_key).select_related("replaced_by")
    return held.prefetch_related(Prefetch("links", links, to_attr="open_links"))


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


def open_link(token: str) -> ShareLink | None:
    """The link of an address while it lasts; one query, whichever half of the address is wrong."""
    key, _dot, tag = token.partition(".")
    links = ShareLink.objects.select_related("certificate__replaced_by")
    link = links.filter(key=key[:18]).first()
    right = constant_time_compare(tag, tag_of(key))
    return link if link is not None and right and link.key == key and link.is_open else None
