"""Fills a tenant with rows of every model there is and writes a mark into whatever text they hold."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page

import tests.factories
from tenants.domain import catalogue

MARK = "ZQXLEAKZQX"
"""Stands in every text of the marked tenant, and in nothing that is asked."""
PART = "ZQXLEAK"
"""What searches ask for: it finds the mark without being it."""
WORD = "走"
"""Any text, before the mark is written over it."""
NAME = "zqname"
"""Begins what addresses are made of: slugs, numbers, file names."""
FIRST = 900_001
"""The marked tenant's rows count from here, so that each number means one of them; six digits, as in volunteers'."""

# Texts that the software itself reads, or that stand in addresses.
_MACHINE = {
    *("path", "url_path", "language_code", "hostname", "password", "object_id", "model_path", "to_object_id"),
    *("content_path_hash", "filter_spec", "schema_name", "hash", "key", "session_key", "app", "domain"),
}
_ADDRESSES = {"slug", "number", "code", "username", "file", "codename"}


def tenant_models() -> list[type[models.Model]]:
    """Every model with a table in tenants' schemas, links of many-to-many fields included."""
    wanted = set(settings.TENANT_APPS)
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if apps.get_app_config(model._meta.app_label).name in wanted and model._meta.managed and not model._meta.proxy
    ]


def count_from(schema_name: str, first: int) -> dict[str, int]:
    """Let every sequence of the schema go on from `first`; returns where each was."""
    before = catalogue.sequences(schema_name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = %s", [schema_name])
        for (name,) in cursor.fetchall():
            cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{schema_name}"."{name}"', first - 1])
    return before


def put_back(schema_name: str, before: dict[str, int]) -> None:
    """Sequences outlive a rolled-back transaction; one that `before` lacks had not been asked yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = %s", [schema_name])
        for (name,) in cursor.fetchall():
            asked = name in before
            cursor.execute(
                "SELECT setval(%s::regclass, %s, %s)", [f'"{schema_name}"."{name}"', before.get(name, 1), asked]
            )


def fill(first: int = FIRST) -> list[type[models.Model]]:
    """Rows by every factory and, where none counts from `first`, by what the fields ask for; returns models left."""
    for factory in _factories():
        _attempt(factory)
    for _turn in range(3):
        for model in tenant_models():
            if not _has_own(model, first):
                _attempt(partial(_make, model))
    return [model for model in tenant_models() if not _has_own(model, first)]


def mark() -> None:
    """Write the mark into all texts, and telling names into what makes addresses; a file of each kind too."""
    for model in tenant_models():
        if model is ContentType:
            continue
        for field in model._meta.local_fields:
            _attempt(partial(_mark, model, field))
    for folder in ("images", "original_images", "documents"):
        default_storage.save(f"{folder}/{NAME}.png", ContentFile(MARK.encode()))


def _factories() -> Iterator[Callable[[], Any]]:
    for module in pkgutil.iter_modules(tests.factories.__path__):
        loaded = importlib.import_module(f"tests.factories.{module.name}")
        yield from (made for name, made in sorted(vars(loaded).items()) if name.startswith("make_"))


def _attempt(action: Callable[[], Any]) -> None:
    """What a constraint forbids is left undone."""
    try:
        with transaction.atomic():
            action()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except Exception:  # noqa: S110  (a generic row need not satisfy each model's rules)
        pass


def _has_own(model: type[models.Model], first: int) -> bool:
    key = model._meta.pk
    if isinstance(key, models.AutoField | models.BigAutoField):
        return bool(model._base_manager.filter(pk__gte=first).exists())
    return bool(model._base_manager.exists())


def _make(model: type[models.Model]) -> Any:
    values = {field.name: _value(field) for field in model._meta.fields if _needs(field)}
    row = model(**values)
    models.Model.save(row)
    return row


def _needs(field: Any) -> bool:
    return not (field.auto_created or field.primary_key or field.has_default() or field.null)


def _value(field: Any) -> Any:
    if field.is_relation:
        if field.related_model is ContentType:
            own = hasattr(field.model, "specific")
            return ContentType.objects.get_for_model(field.model if own else Page)
        return field.related_model._base_manager.order_by("-pk").first() or _make(field.related_model)
    return sample(field)


def sample(field: Any) -> Any:
    """A value of the field's kind."""
    if field.choices:
        return field.flatchoices[0][0]
    made = _BY_KIND.get(field.get_internal_type())
    if made is not None:
        return made()
    text = NAME if field.name in _ADDRESSES else "1" if field.name == "object_id" else WORD
    return text[: field.max_length or 99]


_BY_KIND: dict[str, Callable[[], Any]] = {
    "BooleanField": lambda: False,
    "IntegerField": lambda: 1,
    "BigIntegerField": lambda: 1,
    "PositiveIntegerField": lambda: 1,
    "PositiveSmallIntegerField": lambda: 1,
    "SmallIntegerField": lambda: 1,
    "FloatField": lambda: 1.0,
    "DecimalField": lambda: Decimal(1),
    "DateField": lambda: timezone.localdate(),
    "DateTimeField": timezone.now,
    "TimeField": lambda: timezone.now().time(),
    "DurationField": lambda: timedelta(hours=1),
    "JSONField": dict,
    "ArrayField": list,
    "BinaryField": lambda: b"x",
    "GenericIPAddressField": lambda: "127.0.0.1",
    "EmailField": lambda: f"{NAME}@example.org",
    "URLField": lambda: f"https://example.org/{NAME}",
    "FileField": lambda: f"documents/{NAME}.png",
}


def _mark(model: type[models.Model], field: Any) -> None:
    if not isinstance(field, models.CharField | models.TextField) or isinstance(field, StreamField):
        return
    if field.choices or field.name in _MACHINE or field.primary_key or field.is_relation:
        return
    text = NAME if field.name in _ADDRESSES else MARK
    if (field.max_length or 99) < len(text) + 8:
        return
    value: Any = text
    if field.unique or field.name in _ADDRESSES:
        value = Concat(models.Value(f"{text}-"), Cast("pk", models.CharField()))
    rows = model._base_manager.filter(pk__gte=FIRST) if _counts(model) else model._base_manager.all()
    rows.update(**{field.name: value})


def _counts(model: type[models.Model]) -> bool:
    return model._meta.pk.get_internal_type() in {"AutoField", "BigAutoField"}
