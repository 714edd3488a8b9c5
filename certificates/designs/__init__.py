"""Designs of sheets: the tenant's published version, or what comes with the package; and how facts put one on."""

from certificates.designs.defaults import default_design
from certificates.designs.dressing import dressed, renamed
from certificates.designs.reading import current, versions_of
from certificates.designs.samples import Sample, sample_facts, sample_imprint
from certificates.designs.slots import slots_of, values_of

__all__ = [
    "Sample",
    "current",
    "default_design",
    "dressed",
    "renamed",
    "sample_facts",
    "sample_imprint",
    "slots_of",
    "values_of",
    "versions_of",
]
