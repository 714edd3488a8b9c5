"""Models that every feature builds upon."""

from portal.core.models.brand import Brand
from portal.core.models.counted import CountedRequest
from portal.core.models.division import Division
from portal.core.models.footer import LegalFooter
from portal.core.models.image import SiteImage, SiteRendition
from portal.core.models.located import Located, position_constraint
from portal.core.models.page import BasePage
from portal.core.models.settings import RuleSettings, SiteIdentity

__all__ = [
    "BasePage",
    "Brand",
    "CountedRequest",
    "Division",
    "LegalFooter",
    "Located",
    "RuleSettings",
    "SiteIdentity",
    "SiteImage",
    "SiteRendition",
    "position_constraint",
]
