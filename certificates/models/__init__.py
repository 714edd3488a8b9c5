"""What the package keeps: certificates, their numbers, designs, revocations, links and log, and their keys."""

from certificates.models.certificate import Certificate, NumberSequence
from certificates.models.design import DesignVersion
from certificates.models.log import LogEntry, LogHead
from certificates.models.revocation import Revocation
from certificates.models.share import ShareLink
from certificates.models.signing_key import SigningKey

__all__ = [
    "Certificate",
    "DesignVersion",
    "LogEntry",
    "LogHead",
    "NumberSequence",
    "Revocation",
    "ShareLink",
    "SigningKey",
]
