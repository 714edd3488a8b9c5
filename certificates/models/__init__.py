"""What the package keeps: certificates, their numbers, revocations, links and log, and the keys that seal them."""

from certificates.models.certificate import Certificate, NumberSequence
from certificates.models.log import LogEntry, LogHead
from certificates.models.revocation import Revocation
from certificates.models.share import ShareLink
from certificates.models.signing_key import SigningKey

__all__ = ["Certificate", "LogEntry", "LogHead", "NumberSequence", "Revocation", "ShareLink", "SigningKey"]
