"""Pages about one site that other apps add to the operators' admin; the site's own page links to each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Visit:
    """An operator who may change the site; `context` is for templates of the admin, `log` keeps what is done."""

    request: HttpRequest
    tenant: Tenant
    context: dict[str, Any]
    log: Callable[[str], None]


View = Callable[[Visit], HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """`name` stands in its address, `label` on the link."""

    name: str
    label: str | Promise
    view: View


PAGES: dict[str, Page] = {}


def page(name: str, label: str | Promise) -> Callable[[View], View]:
    """Register a view, which is called in the public schema and enters the site's by itself."""

    def register(view: View) -> View:
        PAGES[name] = Page(name, label, view)
        return view

    return register
