"""Brings every encrypted field of the current schema under the newest key, and every digest under the present one."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, router
from django.db.models.functions import Cast

from portal.core.fields import DigestField, EncryptedTextField
from tenants.encryption import is_current, rotate

_PLAIN = models.TextField()


def rotate_schema() -> tuple[int, int]:
    """How many values were rotated, how many were current already.

    Each value is written by itself and only if nobody changed it meanwhile: the site may run, and
    what was interrupted is taken up where it stopped, for current values are passed over.
    """
    rotated = current = 0
    for model, field in _encrypted_fields():
        for key, token in _tokens(model, field):
            if is_current(token):
                current += 1
            else:
                rotated += _replace(model, field, key, token)
    return rotated, current


def renew_digests() -> tuple[int, int]:
    """How many digests were made anew under DIGEST_KEY, how many were of it already.

    They are unique and asked for by value, so nobody may write meanwhile: the sites stand still.
    """
    renewed = current = 0
    for model in _models():
        for field in model._meta.local_fields:
            if isinstance(field, DigestField):
                for row in model._base_manager.exclude(**{field.attname: None}).order_by("pk").iterator(500):
                    before = getattr(row, field.attname)
                    if field.pre_save(row, add=False) == before:
                        current += 1
                    else:
                        model._base_manager.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})
                        renewed += 1
    return renewed, current


def _models() -> Iterator[type[models.Model]]:
    """Those with a table in the current schema."""
    yield from (model for model in apps.get_models() if router.allow_migrate_model(connection.alias, model))


def _encrypted_fields() -> Iterator[tuple[type[models.Model], str]]:
    for model in _models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field.attname


def _tokens(model: type[models.Model], field: str) -> Iterator[tuple[object, str]]:
    rows = model._base_manager.annotate(_token=Cast(field, _PLAIN)).exclude(_token="").exclude(_token=None)
    return rows.order_by("pk").values_list("pk", "_token").iterator(chunk_size=500)


def _replace(model: type[models.Model], field: str, key: object, token: str) -> int:
    rows = model._base_manager.annotate(_token=Cast(field, _PLAIN)).filter(pk=key, _token=token)
    return int(rows.update(**{field: models.Value(rotate(token), output_field=_PLAIN)}))
