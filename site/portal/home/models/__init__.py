"""Pages and media of a site."""

from portal.home.models.home_page import HomePage

__all__ = ["HomePage"]
