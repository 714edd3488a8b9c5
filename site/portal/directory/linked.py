"""An entry of the directory in words of schema.org: an office with its telephone."""

from typing import Any

from portal.core.linked_data import describes, place
from portal.directory.enums import EntryKind
from portal.directory.models import DirectoryEntry

_TYPES = {
    EntryKind.CIVIL_AFFAIRS: "GovernmentOffice",
    EntryKind.DEPARTMENT: "GovernmentOffice",
    EntryKind.STREET: "GovernmentOffice",
    EntryKind.COMMUNITY: "GovernmentOffice",
    EntryKind.CARE_HOME: "LocalBusiness",
    EntryKind.COMPLEX: "LocalBusiness",
    EntryKind.SCHOOL: "EducationalOrganization",
    EntryKind.MEDICAL: "MedicalOrganization",
}


@describes(DirectoryEntry)
def office(entry: DirectoryEntry) -> dict[str, Any]:
    """What is on the page, and nothing of the person who answers but the wording they agreed to."""
    kind = _TYPES.get(EntryKind(entry.kind), "Organization")
    where = place(
        "", address=entry.address, locality=entry.division.name, latitude=entry.latitude, longitude=entry.longitude
    )
    point = {
        "@type": "ContactPoint",
        "telephone": entry.phone,
        "name": entry.contact,
        "hoursAvailable": entry.hours,
        "availableLanguage": "zh-CN",
    }
    return {
        "@type": kind,
        "name": entry.name,
        "description": entry.offers,
        "url": entry.get_absolute_url(),
        "telephone": entry.phone,
        "department": {"@type": "Organization", "name": entry.department},
        "address": where["address"],
        "geo": where["geo"],
        "contactPoint": point,
    }
