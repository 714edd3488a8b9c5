"""Volunteers, their cards, their sign-ups and their service records."""

from portal.volunteers.models.card import Card
from portal.volunteers.models.correction import Correction
from portal.volunteers.models.record import RecordChange, ServiceRecord
from portal.volunteers.models.sign_up import SignUp
from portal.volunteers.models.volunteer import Volunteer

__all__ = ["Card", "Correction", "RecordChange", "ServiceRecord", "SignUp", "Volunteer"]
