"""Volunteers, their sign-ups and their service records."""

from portal.volunteers.models.correction import Correction
from portal.volunteers.models.record import RecordChange, ServiceRecord
from portal.volunteers.models.sign_up import SignUp
from portal.volunteers.models.volunteer import Volunteer

__all__ = ["Correction", "RecordChange", "ServiceRecord", "SignUp", "Volunteer"]
