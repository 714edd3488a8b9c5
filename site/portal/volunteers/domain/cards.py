"""Makes a volunteer's card, replaces it, takes it back, and puts together what it says."""

from django.db import connection, transaction
from django.utils import timezone, translation

from certificates.addresses import site_address
from certificates.card import CardFacts
from portal.core.queries import footer, identity, rules
from portal.volunteers import queries
from portal.volunteers.domain.certify import programme_of
from portal.volunteers.domain.levels import level_of
from portal.volunteers.models import Card, Volunteer
from tenants.models import Tenant


@transaction.atomic
def make_card(volunteer: Volunteer) -> Card:
    """The open card; a new one when there is none."""
    _lock(volunteer)
    return queries.open_card(volunteer) or Card.objects.create(volunteer=volunteer)


@transaction.atomic
def replace_card(volunteer: Volunteer) -> Card:
    """A card with a new token; from now on the QR code of the old one says that it is not valid."""
    take_back_card(volunteer)
    return Card.objects.create(volunteer=volunteer)


@transaction.atomic
def take_back_card(volunteer: Volunteer) -> bool:
    """End the open card; False when there was none."""
    _lock(volunteer)
    return bool(Card.objects.filter(volunteer=volunteer, ended_at=None).update(ended_at=timezone.now()))


def card_facts(card: Card, volunteer: Volunteer) -> CardFacts:
    """What the card says today, in Chinese: its name and brand, never a date of birth, an address or a mobile."""
    site = identity()
    level = level_of(queries.totals(volunteer).minutes, rules=rules())
    base = site_address(Tenant.objects.get(schema_name=connection.schema_name))
    with translation.override("zh-hans"):
        return CardFacts(
            holder_name=volunteer.user.name,
            volunteer_number=volunteer.number,
            since=timezone.localdate(volunteer.registered_at),
            programme=programme_of(queries.brands_served(volunteer)),
            site_name=site.site_name,
            issuer=footer().organiser or site.site_name,
            phone=site.phone,
            level=level.stars,
            level_words=level.words,
            level_rule=level.rule,
            minutes=level.minutes,
            as_of=timezone.localdate(),
            qr_url=f"{base}/K/{card.token}".upper(),
        )


def _lock(volunteer: Volunteer) -> None:
    Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
