"""Where a site's credentials say their keys and status lists are; the addresses stay, docs/credentials.md."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse

from certificates.imprint import Imprint


def base_of(imprint: Imprint) -> str:
    """`https://heping.example.org`, frozen with the certificate's number: a credential goes on naming that host."""
    return f"{imprint.qr_url.partition('://')[0].lower()}://{imprint.check_host}"


def base_at(host: str) -> str:
    """The same of a host that is asked."""
    return f"{urlsplit(settings.PLATFORM_URL).scheme}://{host}"


def did_of(base: str, division: str) -> str:
    """The site as issuer, by did:web: its document lies at `did_url`."""
    folder = reverse("credentials:did", args=[division]).removesuffix("/did.json").strip("/")
    return f"did:web:{quote(urlsplit(base).netloc, safe='')}:{folder.replace('/', ':')}"


def method_of(did: str, multikey: str) -> str:
    """One key of an issuer."""
    return f"{did}#{multikey}"


def status_list_url(base: str, division: str, number: int) -> str:
    """Where a list is read."""
    return base + reverse("credentials:status", args=[division, number])


def replaced_list_url(base: str, division: str, number: int) -> str:
    """Where it is read which of the ended ones of a list were replaced by a correction."""
    return base + reverse("credentials:replaced", args=[division, number])


def check_url(base: str, number: str) -> str:
    """The public check of a certificate, which is also the name of its credential."""
    return base + reverse("certificates:result", args=[number])
