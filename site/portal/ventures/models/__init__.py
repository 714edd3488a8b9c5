"""Calls for proposals of public-benefit ventures, and what belongs to each."""

from portal.ventures.models.call import Call
from portal.ventures.models.parts import CallDocument, Criterion, Payment

__all__ = ["Call", "CallDocument", "Criterion", "Payment"]
