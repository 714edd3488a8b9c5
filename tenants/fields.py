"""A model field for what must not be read off a disk or a backup."""

from typing import TYPE_CHECKING, Any

from django.db import models

from tenants.encryption import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """A text that stands in the database only as ciphertext; it cannot be searched: keep a digest beside it."""

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
