"""What search may know of the bodies that offer projects: what their public pages say."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils.translation import gettext_lazy

from portal.core.listed import PLACE, place_names, told
from portal.core.models import Division
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.projects.queries import public_organisations
from search import listings
from search.documents import Document
from search.registry import Declaration, declare


def listed_organisations() -> QuerySet[Organisation]:
    """With the place and those above it, in one query."""
    return public_organisations().select_related(PLACE)


def documents(body: Organisation) -> Iterator[Document]:
    """One body; an address only of one that is registered there, a person's name never."""
    address = body.address if body.uscc else ""
    yield Document(
        url=reverse("organisers:page", args=[body.pk]),
        title=body.name,
        keywords=[str(body.get_kind_display()), *told(body.phone), *place_names(body.division)],
        number=body.uscc or "",
        place="·".join(told(body.division.name, address)),
        shown={"beside": [str(body.get_kind_display()), body.division.name], "facts": told(body.phone)},
        division_code=body.division.code,
    )


def _note_former(instance: Any, raw: bool, **_: Any) -> None:
    """A project that goes to another body may have been the first one's only one."""
    if instance.pk and not raw:
        former = Project.objects.filter(pk=instance.pk).exclude(organiser=instance.organiser_id)
        listings.write("organisation", list(former.values_list("organiser_id", flat=True)))


declare(
    Declaration(
        kind="organisation",
        label=gettext_lazy("组织"),
        model=Organisation,
        public=listed_organisations,
        documents=documents,
        depends={
            Project: lambda project: [project.organiser_id],
            Division: lambda place: Organisation.objects.filter(division__code__startswith=place.prefix),
        },
    )
)
pre_save.connect(_note_former, sender=Project, dispatch_uid="projects.note_former_organiser")
