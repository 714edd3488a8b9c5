"""Pages as listings: what closes a page, and what gives other addresses to all pages below one."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from search import listings
from search.receivers import save_together
from search.registry import Declaration, declare

_declared: list[Declaration] = []


def declare_pages(declaration: Declaration) -> None:
    """Declare a kind whose models are types of pages; a restriction on a page above is a change of it."""

    def behind(restriction: PageViewRestriction) -> QuerySet[Page]:
        return _below(restriction.page, declaration)

    declare(replace(declaration, depends={**declaration.depends, PageViewRestriction: behind}))
    _declared.append(declaration)


def tree_changed(page: Page) -> None:
    """Write all listed pages at and below `page`: their addresses, or who may see them, are others now."""
    for declaration in _declared:
        listings.write(declaration.kind, _below(page, declaration))


def follow_plain_pages() -> None:
    """Wagtail moves, expires and reorders pages as plain `Page`s, which are of no declared type."""
    post_save.connect(_saved, sender=Page, dispatch_uid="core.listed_pages.saved")
    # `BasePage.move` has told already, within the move; whoever moves a plain page comes here.
    post_page_move.connect(_moved, dispatch_uid="core.listed_pages.moved")
    save_together(Page)


def _saved(instance: Page, raw: bool, **_: Any) -> None:
    if not raw:
        for declaration in _declared:
            if instance.specific_class in declaration.models:
                listings.write(declaration.kind, [instance.pk])


def _moved(instance: Page, **_: Any) -> None:
    tree_changed(instance)


def _below(page: Page, declaration: Declaration) -> QuerySet[Page]:
    return Page.objects.filter(path__startswith=page.path).type(*declaration.models)
