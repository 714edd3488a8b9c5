"""Model fields for personal data: encrypted at rest, found again by digest."""

from typing import Any

from django.db import models

from portal.core.digests import digest
from tenants.fields import EncryptedTextField

__all__ = ["DigestField", "EncryptedTextField"]


class DigestField(models.CharField):
    """The digest of the field `of`, computed at every save, null when that is empty: unique and findable."""

    def __init__(self, *, of: str = "", purpose: str = "", **options: Any) -> None:
        self.of = of
        self.purpose = purpose or of
        super().__init__(**{"max_length": 64, "null": True, "unique": True, "editable": False, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "unique": self.unique, "of": self.of, "purpose": self.purpose}

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        text = getattr(model_instance, self.of)
        value = digest(str(text), purpose=self.purpose) if text else None
        setattr(model_instance, self.attname, value)
        return value
