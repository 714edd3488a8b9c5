"""What the package keeps: certificates, numbers, designs, credentials, revocations, links, log, and the keys."""

from certificates.models.certificate import Certificate, NumberSequence
from certificates.models.credential import Credential, StatusList
from certificates.models.design import DesignVersion
from certificates.models.log import LogEntry, LogHead
from certificates.models.revocation import Revocation
from certificates.models.share import ShareLink
from certificates.models.signing_key import SigningKey

__all__ = [
    "Certificate",
    "Credential",
    "DesignVersion",
    "LogEntry",
    "LogHead",
    "NumberSequence",
    "Revocation",
    "ShareLink",
    "SigningKey",
    "StatusList",
]
