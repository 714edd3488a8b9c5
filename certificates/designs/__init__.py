"""Designs of sheets: the tenant's published version, or what comes with the package; and how facts put one on."""

from certificates.designs.defaults import default_design
from certificates.designs.dressing import dressed
from certificates.designs.reading import current
from certificates.designs.slots import slots_of, values_of

__all__ = ["current", "default_design", "dressed", "slots_of", "values_of"]
