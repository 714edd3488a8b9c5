"""What the package keeps: certificates and the sequences of their numbers."""

from certificates.models.certificate import Certificate, NumberSequence

__all__ = ["Certificate", "NumberSequence"]
