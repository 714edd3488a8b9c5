"""Which design prints now, and which there were."""

from django.db.models import F, QuerySet

from certificates.design import Design
from certificates.designs.defaults import default_design
from certificates.enums import DesignState, Motif
from certificates.models import DesignVersion


def current(kind: str, occasion: str = "", *, motif: Motif = Motif.NONE) -> Design:
    """The current site's published version for the occasion, else for the kind, else the package's own; one query.

    `motif` is the programme's (`facts.programme.motif`): it chooses whose words the package's own speaks.
    """
    published = DesignVersion.objects.filter(state=DesignState.PUBLISHED, kind=kind, occasion__in=["", occasion])
    found = published.order_by("-occasion").first()
    return found.design if found else default_design(kind, occasion, motif=motif)


def versions_of(kind: str, occasion: str = "") -> QuerySet[DesignVersion]:
    """The draft, then what was published, newest first."""
    return DesignVersion.objects.filter(kind=kind, occasion=occasion).order_by(F("published_at").desc(nulls_first=True))
