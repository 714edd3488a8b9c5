"""Renumbers content types inside Wagtail's revisions, which keep whole objects as JSON without foreign keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision


def renumber_revisions(new_ids: Mapping[int, int]) -> int:
    """Put the new ids into every revision of the current tenant; returns how many were changed."""
    changed = []
    for revision in Revision.objects.select_related(None).iterator(chunk_size=500):
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        if model is not None and _renumber(revision.content, model, new_ids):
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"], batch_size=500)
    return len(changed)


def _renumber(content: dict[str, Any], model: type[models.Model], new_ids: Mapping[int, int]) -> bool:
    changed = False
    for name in _references(model):
        old = content.get(name)
        new = new_ids.get(old, old) if old else old
        if new != old:
            content[name] = new
            changed = True
    for name, child in _children(model):
        for row in content.get(name) or []:
            changed |= _renumber(row, child, new_ids)
    return changed


def _references(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.get_fields() if _to_content_type(field))


def _to_content_type(field: Any) -> bool:
    return bool(field.concrete and field.many_to_one and field.related_model is ContentType)


def _children(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    for relation in get_all_child_relations(model):
        yield relation.get_accessor_name(), relation.related_model
