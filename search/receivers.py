"""Carries every change of a public thing into its listing, in the same transaction."""

from functools import wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import COMMENTS_RELATION_NAME

from search import listings
from search.registry import Declaration, concerned, declaration

#: Fields in which Wagtail notes that a draft was saved: nothing of them is seen.
_NOTED = frozenset(
    {
        "latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "live_revision",
        "locked", "locked_at", "locked_by", COMMENTS_RELATION_NAME,
    }
)  # fmt: skip


def connect(declaration: Declaration) -> None:
    """Listen to the models themselves and to everything that they depend on."""
    for model in (*declaration.models, *declaration.depends):
        name = f"search.{model._meta.label}"
        pre_save.connect(_to_be_saved, sender=model, dispatch_uid=f"{name}.to_be_saved")
        post_save.connect(_saved, sender=model, dispatch_uid=f"{name}.saved")
        pre_delete.connect(_to_be_deleted, sender=model, dispatch_uid=f"{name}.to_be_deleted")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"{name}.deleted")
        save_together(model)


def _to_be_saved(instance: Any, raw: bool, update_fields: Any, **_: Any) -> None:
    """Before the row of something that many things name is locked: they lock it after their listings."""
    if _is_idle(raw, update_fields) or not instance.pk:
        return
    concerns = {kind: keys(instance) for kind, keys in concerned(type(instance))}
    if any(isinstance(keys, QuerySet) for keys in concerns.values()):
        instance._search_same = _is_same(instance)
        if not instance._search_same:
            listings.reserve(concerns)


def _saved(instance: Any, created: bool, raw: bool, update_fields: Any, **_: Any) -> None:
    if _is_idle(raw, update_fields) or vars(instance).pop("_search_same", False):
        return
    if created and getattr(instance, "live", True) is False:
        return
    listings.changed(instance)


def _is_same(instance: Any) -> bool:
    """Whether the row stays as it is: what names it need not be read, and there may be thousands."""
    row = {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}
    return bool(type(instance)._base_manager.filter(pk=instance.pk).values(*row).first() == row)


def _is_idle(raw: bool, update_fields: Any) -> bool:
    # A restored site is written as a whole afterwards; the platform's own rows are no site's.
    return raw or connection.schema_name == "public" or bool(update_fields and update_fields <= _NOTED)


def _to_be_deleted(instance: Any, **_: Any) -> None:
    """What points here now will not after the deletion."""
    if connection.schema_name != "public":
        concerns = {kind: keys(instance) for kind, keys in concerned(type(instance))}
        if any(isinstance(keys, QuerySet) for keys in concerns.values()):
            listings.reserve(concerns)
        instance._search_concerned = {kind: _settled(keys) for kind, keys in concerns.items()}


def _deleted(instance: Any, **_: Any) -> None:
    """A thing of several tables is deleted one by one: it goes without being asked what it says."""
    for kind, keys in getattr(instance, "_search_concerned", {}).items():
        if type(instance) in declaration(kind).models:
            listings.remove(kind, keys)
        else:
            listings.write(kind, keys)


def _settled(keys: Any) -> list[Any]:
    return list(keys.values_list("pk", flat=True) if isinstance(keys, QuerySet) else keys)


def save_together(model: type[Any]) -> None:
    """Let `save` and its listing be one transaction: Django sends post_save when its own has ended.

    Parts that are saved after the thing itself (shifts of a project) are seen, too.
    """
    if "_saved_with_listing" in vars(model):
        return
    plain = model.save

    @wraps(plain)
    def save(self: Any, *args: Any, **kwargs: Any) -> Any:
        with listings.collecting():
            return plain(self, *args, **kwargs)

    model.save = save
    model._saved_with_listing = True
