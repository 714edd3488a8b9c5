"""Directory entries for tests, in the current tenant."""

from itertools import count
from typing import Any

from django.utils import timezone

from portal.core.models import Division
from portal.directory.enums import EntryKind
from portal.directory.models import DirectoryEntry

_numbers = count(1)


def make_entry(**over: Any) -> DirectoryEntry:
    """A published care home in the tenant's first street, checked today."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "kind": EntryKind.CARE_HOME,
        "name": f"示例第{number}养老院",
        "contact": "对接专员",
        "phone": f"022-5555{number % 10000:04d}",
        "last_checked": timezone.localdate(),
        "live": True,
        **over,
    }
    if "division" not in values:
        values["division"] = Division.objects.filter(level="street").first() or Division.objects.get()
    return DirectoryEntry.objects.create(**values)
