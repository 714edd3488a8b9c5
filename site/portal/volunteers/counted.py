"""Which hours count, wherever they are summed: confirmed ones, of projects without pay (令67号 art. 4)."""

from django.db.models import Q

from portal.volunteers.enums import RecordState


def counted(*, records: str, project: str) -> Q:
    """As a filter; `records` leads to the records, as in `records__`, `project` to their project; empty where it is."""
    return Q(**{f"{records}state": RecordState.CONFIRMED, f"{project}is_paid": False})


#: On service records themselves. `domain.scopes.why_not` says the same of one that was read with its project.
COUNTED = counted(records="", project="project__")
