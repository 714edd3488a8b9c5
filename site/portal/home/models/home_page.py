"""The front page."""

from portal.core.models import BasePage


class HomePage(BasePage):
    """What a visitor sees first."""

    max_count = 1
