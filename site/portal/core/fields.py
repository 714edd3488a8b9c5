"""Model fields for personal data: encrypted at rest, found again by digest."""

from typing import TYPE_CHECKING, Any

from django.db import models

from portal.core.digests import digest
from portal.core.encryption import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """A text that stands in the database only as ciphertext; it cannot be searched: keep a DigestField beside it."""

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any: ...

        def __set__(self, instance: Any, value: Any) -> None: ...

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value)) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull", "exact"}:
            raise TypeError(f"{self.name} is encrypted: {lookup_name} cannot be asked of it.")
        return super().get_lookup(lookup_name)


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
