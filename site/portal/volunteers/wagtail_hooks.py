"""Volunteers and their hours in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from certificates.models import Certificate, LogEntry
from portal.core.policies import ReadOnlyPolicy
from portal.organisations.models import Organisation
from portal.volunteers.bulk_actions import ConfirmRecords
from portal.volunteers.models import CertificateRequest, CorrectionRequest, Order, ServiceRecord, SignUp, Volunteer
from portal.volunteers.views import certificate_staff, correction_staff, order_staff, request_staff, staff
from portal.volunteers.viewsets import VolunteeringGroup

certificate_urls = [
    path("certificates/<int:pk>/", certificate_staff.certificate, name="certificate"),
    path("correction-requests/<int:pk>/", correction_staff.correction_page, name="correction"),
    path("certificate-requests/<int:pk>/", request_staff.request_page, name="request"),
    path("certificate-orders/<int:pk>/", order_staff.order_page, name="order"),
]
staff_urls = [path("volunteers/<int:pk>/correct/", staff.correct, name="correct")]


@hooks.register("register_admin_urls")
def staff_addresses() -> list[URLResolver]:
    return [
        path("", include((staff_urls, "volunteers_staff"))),
        path("", include((certificate_urls, "certificates_staff"))),
    ]


@hooks.register("register_snippet_listing_buttons")
def orders_of_an_organisation(instance: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Beside the organisation in its list."""
    if isinstance(instance, Organisation) and user.has_perm("volunteers.view_order"):
        url = f"{reverse('wagtailsnippets_volunteers_order:list')}?organisation={instance.pk}"
        yield Button(_("替成员批量申请的证明"), url=url, icon_name="doc-full", priority=6)


for model in (Volunteer, SignUp, ServiceRecord, CertificateRequest, Order, CorrectionRequest, Certificate, LogEntry):
    register_permission_policy(model, ReadOnlyPolicy(model))
register_snippet(VolunteeringGroup)
hooks.register("register_bulk_action", ConfirmRecords)
