"""Named reads of certificates."""

from django.db.models import QuerySet

from certificates.models import Certificate


def certificates_of(holder_key: str) -> QuerySet[Certificate]:
    """Everything a holder ever asked for, newest first, with what replaced it."""
    return Certificate.objects.filter(holder_key=holder_key).select_related("replaced_by")


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
