"""What the package keeps: certificates, the sequences of their numbers, their revocations and their log."""

from certificates.models.certificate import Certificate, NumberSequence
from certificates.models.log import LogEntry, LogHead
from certificates.models.revocation import Revocation

__all__ = ["Certificate", "LogEntry", "LogHead", "NumberSequence", "Revocation"]
