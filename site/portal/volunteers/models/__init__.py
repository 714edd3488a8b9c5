"""Volunteers, their cards, sign-ups and service records, and the certificates they or others ask for."""

from portal.volunteers.models.card import Card
from portal.volunteers.models.correction import Correction
from portal.volunteers.models.correction_request import CorrectionRequest
from portal.volunteers.models.order import Order, OrderLine
from portal.volunteers.models.record import RecordChange, ServiceRecord
from portal.volunteers.models.request import CertificateRequest
from portal.volunteers.models.sign_up import SignUp
from portal.volunteers.models.volunteer import Volunteer

__all__ = [
    "Card",
    "CertificateRequest",
    "Correction",
    "CorrectionRequest",
    "Order",
    "OrderLine",
    "RecordChange",
    "ServiceRecord",
    "SignUp",
    "Volunteer",
]
