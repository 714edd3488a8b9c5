"""Every public page template once. A feature adds its pages here; the walk visits them all in every width and mode.

`make` runs in tenant A's database (or the platform's), writes what the page needs and returns its address.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page template; `status` is what it must answer."""

    name: str
    make: Callable[[], str]
    platform: bool = False
    status: int = 200


def at(path: str) -> Callable[[], str]:
    """A page that needs no data of its own."""
    return lambda: path


PAGES = [
    PublicPage("styleguide", at("/styleguide/")),
    PublicPage("accessibility", at("/accessibility/")),
    PublicPage("privacy", at("/privacy/")),
    PublicPage("sitemap", at("/site-map/")),
    PublicPage("not found", at("/no-such-page/"), status=404),
    PublicPage("platform accessibility", at("/accessibility/"), platform=True),
    PublicPage("platform not found", at("/no-such-page/"), platform=True, status=404),
]
