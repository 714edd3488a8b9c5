"""Model fields whose text is encrypted at rest."""

from typing import Any

from django.db import models

from portal.core.encryption import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """A text that stands in the database only as ciphertext; it cannot be searched: keep a digest beside it."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value)) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull", "exact"}:
            raise TypeError(f"{self.name} is encrypted: {lookup_name} cannot be asked of it.")
        return super().get_lookup(lookup_name)
