"""Pages about certificates, cards and stars, for the walk: each writes what it needs and returns its address."""

from datetime import timedelta
from typing import Any

from django.utils import timezone


def checked_certificate(*, holder: str = "valid", revoked: bool = False) -> str:
    """The result of a check, of a certificate that tenant A has issued."""
    from django_tenants.utils import tenant_context

    from tenants.models import Tenant
    from tests.factories.certificates import make_issued, make_revoked

    with tenant_context(Tenant.objects.get(division_code="120101")):
        certificate = make_issued(holder_key=holder)
        if revoked:
            make_revoked(certificate)
    return f"/certificates/check/{certificate.number}/"


def signing_keys() -> str:
    """A site's keys: one revoked, one in use."""
    from certificates.domain import revoke_key, rotate_key
    from certificates.models import SigningKey
    from tests.factories.certificates import make_key

    if not SigningKey.objects.exists():
        first = make_key()
        rotate_key(first, days=365, rotated_by="operator")
        revoke_key(first, reason="私钥可能外泄", revoked_by="operator")
    return "/certificates/keys/"


def shared_certificate() -> str:
    """What a link opens that a holder has sent."""
    from certificates.domain import share_certificate
    from tests.factories.certificates import make_issued

    return f"/certificates/shared/{share_certificate(make_issued(holder_key='shared'), days=30).token}/"


def checked_card() -> str:
    """Where the QR code of a volunteer's card leads."""
    from portal.volunteers.domain.cards import make_card
    from tests.factories.volunteers import make_volunteer

    return f"/K/{make_card(make_volunteer()).token}"


def stars() -> str:
    """The publicity with somebody in it."""
    from tests.factories.honours import make_application

    make_application()
    return "/stars/"


def contest() -> str:
    """The form in which a holder says what is wrong on a sheet."""
    from certificates.domain import issue_certificate
    from certificates.queries import certificates_of
    from portal.volunteers.domain.asking import Wish, ask
    from portal.volunteers.domain.certify import holder_key
    from portal.volunteers.domain.scopes import Scope
    from portal.volunteers.enums import RecordState
    from portal.volunteers.models import Volunteer
    from tests.factories.volunteers import make_record, make_volunteer, past_shift

    holder = Volunteer.objects.filter(user__username="volunteer").first() or make_volunteer("volunteer")
    certificate = certificates_of(holder_key(holder)).first()
    if certificate is None:
        today = timezone.localdate()
        make_record(holder, past_shift(), state=RecordState.CONFIRMED, date=today - timedelta(days=3))
        wish = Wish(scope=Scope(start=today - timedelta(days=30), end=today))
        certificate = issue_certificate(ask(holder, wish, by=holder.user).pk)
    return f"/desk/certificates/{certificate.number}/correction/"


def body_certificates() -> str:
    """The cast's team asks for a member who agreed, not for one who did not."""
    return f"/desk/bodies/{_team_with_members().pk}/certificates/"


def body_order() -> str:
    """What came of it, line by line."""
    from portal.volunteers.domain.ordering import place_order
    from portal.volunteers.domain.scopes import Scope
    from portal.volunteers.models import Order
    from tests.cast import person

    team, today = _team_with_members(), timezone.localdate()
    order = Order.objects.filter(organisation=team).first() or place_order(
        team,
        team.memberships.filter(role="member").values_list("user", flat=True),
        scope=Scope(start=today - timedelta(days=30), end=today),
        by=person("organisation_manager"),
    )
    return f"/desk/bodies/{team.pk}/orders/{order.pk}/"


def group_certificates() -> str:
    """The list of the cast's team, with one."""
    from certificates.domain import issue_certificate, request_certificate
    from portal.honours.queries import group_key
    from tests.factories.certificates import make_group

    team = _team_with_members()
    issue_certificate(request_certificate(make_group(), holder_key=group_key(team), requested_by="test").pk)
    return f"/desk/organisations/{team.pk}/certificates/"


def _team_with_members() -> Any:
    from portal.organisations.models import Membership, Organisation
    from tests.cast import TEAM
    from tests.factories.volunteers import make_volunteer

    team = Organisation.objects.get(name=TEAM)
    if not team.memberships.filter(role="member", asking_allowed_at__isnull=False).exists():
        for name, allowed_at in (("李小梅", timezone.now()), ("张大伟", None)):
            user = make_volunteer(name=name).user
            Membership.objects.create(organisation=team, user=user, asking_allowed_at=allowed_at)
    return team
