"""A call for proposals in words of schema.org: an event that begins and ends with the taking of proposals."""

from typing import Any

from portal.core.linked_data import describes, organisation
from portal.ventures.models import Call


@describes(Call)
def event(call: Call) -> dict[str, Any]:
    """The deadline is the end."""
    return {
        "@type": "Event",
        "name": call.title,
        "description": call.summary,
        "url": call.get_absolute_url(),
        "identifier": call.number,
        "startDate": call.opens_at,
        "endDate": call.closes_at,
        "eventStatus": f"https://schema.org/{'EventCancelled' if call.cancelled_on else 'EventScheduled'}",
        "isAccessibleForFree": True,
        "organizer": organisation(call.organiser, "GovernmentOrganization", telephone=call.contact_phone),
    }
