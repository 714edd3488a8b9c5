"""A project in words of schema.org: an event with its shifts."""

from typing import Any

from django.utils import timezone

from portal.core.linked_data import describes, organisation, place
from portal.projects.detail import ProjectPage, ShiftRow

MOST_SHIFTS = 20


@describes(ProjectPage)
def event(page: ProjectPage) -> dict[str, Any]:
    """The next shift gives the dates, all coming ones the schedule."""
    project, coming = page.project, page.coming[:MOST_SHIFTS]
    first = coming[0].shift if coming else None
    return {
        "@type": "Event",
        "additionalType": "https://schema.org/VolunteerAction",
        "name": project.title,
        "description": project.summary,
        "url": project.get_absolute_url(),
        "identifier": project.number,
        "startDate": first.starts_at if first else None,
        "endDate": first.ends_at if first else None,
        "eventSchedule": [_schedule(row) for row in coming],
        "eventStatus": f"https://schema.org/{'EventCancelled' if page.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": first.places if first else None,
        "remainingAttendeeCapacity": first.left if first else None,
        "location": place(
            project.venue, address=project.address, locality=project.division.name,
            latitude=project.latitude, longitude=project.longitude,
        ),
        "organizer": organisation(project.organiser.name),
    }  # fmt: skip


def _schedule(row: ShiftRow) -> dict[str, Any]:
    start, end = timezone.localtime(row.shift.starts_at), timezone.localtime(row.shift.ends_at)
    return {
        "@type": "Schedule",
        "startDate": start.date(),
        "startTime": f"{start:%H:%M}",
        "endDate": end.date(),
        "endTime": f"{end:%H:%M}",
        "scheduleTimezone": "Asia/Shanghai",
    }
