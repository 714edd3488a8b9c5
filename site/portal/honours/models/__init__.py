"""What the app keeps: applications for stars with their objections, rounds of awards with who is in them."""

from portal.honours.models.round import Entry, Round
from portal.honours.models.star import Objection, StarApplication

__all__ = ["Entry", "Objection", "Round", "StarApplication"]
