"""Models that every feature builds upon."""

from portal.core.models.brand import Brand
from portal.core.models.division import Division
from portal.core.models.image import SiteImage, SiteRendition
from portal.core.models.page import BasePage
from portal.core.models.settings import LegalFooter, RuleSettings, SiteIdentity

__all__ = ["BasePage", "Brand", "Division", "LegalFooter", "RuleSettings", "SiteIdentity", "SiteImage", "SiteRendition"]
