"""What every page of a site has."""

from wagtail.models import Page


class BasePage(Page):
    """Base of all page types."""

    class Meta:
        abstract = True
