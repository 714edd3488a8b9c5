"""Volunteers and their hours in Wagtail's admin."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from certificates.models import Certificate, LogEntry
from portal.core.policies import ReadOnlyPolicy
from portal.volunteers.bulk_actions import ConfirmRecords
from portal.volunteers.models import CertificateRequest, CorrectionRequest, ServiceRecord, SignUp, Volunteer
from portal.volunteers.views import certificate_staff, correction_staff, request_staff, staff
from portal.volunteers.viewsets import VolunteeringGroup

certificate_urls = [
    path("certificates/<int:pk>/", certificate_staff.certificate, name="certificate"),
    path("correction-requests/<int:pk>/", correction_staff.correction_page, name="correction"),
    path("certificate-requests/<int:pk>/", request_staff.request_page, name="request"),
]
staff_urls = [path("volunteers/<int:pk>/correct/", staff.correct, name="correct")]


@hooks.register("register_admin_urls")
def staff_addresses() -> list[URLResolver]:
    return [
        path("", include((staff_urls, "volunteers_staff"))),
        path("", include((certificate_urls, "certificates_staff"))),
    ]


for model in (Volunteer, SignUp, ServiceRecord, CertificateRequest, CorrectionRequest, Certificate, LogEntry):
    register_permission_policy(model, ReadOnlyPolicy(model))
register_snippet(VolunteeringGroup)
hooks.register("register_bulk_action", ConfirmRecords)
