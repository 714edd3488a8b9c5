"""What search may know of the contact directory: names, offices and their telephones."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from portal.core.listed import PLACE, lines, place_names, told
from portal.core.models import Division
from portal.directory.models import DirectoryEntry
from portal.directory.queries import published_entries
from search.documents import Document
from search.registry import Declaration, declare


def listed_entries() -> QuerySet[DirectoryEntry]:
    """With the place and those above it, in one query."""
    return published_entries().select_related(PLACE).order_by()


def documents(entry: DirectoryEntry) -> Iterator[Document]:
    """One entry; its contact is written as the person agreed to be published."""
    yield Document(
        url=entry.get_absolute_url(),
        title=entry.name,
        summary=entry.offers,
        body=lines(entry.department, entry.contact, entry.phone, entry.hours, entry.address),
        keywords=[str(entry.get_kind_display()), *told(entry.department, entry.phone), *place_names(entry.division)],
        place="·".join(told(entry.division.name, entry.address)),
        shown={
            "beside": [str(entry.get_kind_display()), entry.division.name],
            "facts": told(entry.department, entry.spaced_phone, entry.hours),
        },
        division_code=entry.division.code,
        published_on=entry.last_checked,
        latitude=entry.position[0] if entry.position else None,
        longitude=entry.position[1] if entry.position else None,
        visible_until=entry.expire_at,
    )


declare(
    Declaration(
        kind="entry",
        label=gettext_lazy("名录"),
        model=DirectoryEntry,
        public=listed_entries,
        documents=documents,
        depends={
            Division: lambda place: DirectoryEntry.objects.filter(division__code__startswith=place.prefix),
        },
    )
)
