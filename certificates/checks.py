"""What the machine must have before certificates can be printed, and which keys need an operator."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.fonts import MANIFEST
from tenants.models import Tenant


@checks.register("certificates")
def fonts_are_ready(**_: Any) -> list[checks.CheckMessage]:
    """A warning and no error: a site without fonts serves everything but certificates."""
    folder = Path(settings.CERTIFICATE_FONTS_DIR)
    if (folder / MANIFEST).exists():
        return []
    hint = f"python -m certificates.fonts {folder}"
    return [checks.Warning("The fonts of the certificates are not prepared.", hint=hint, id="certificates.W001")]


@checks.register(checks.Tags.database)
def keys_last(databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """With `manage.py check --database default`: a warning for each key in use that ends soon or has ended."""
    if not databases or "default" not in databases:
        return []
    return [warning for site in Tenant.objects.exclude(schema_name="public") for warning in _of(site)]


def _of(site: Tenant) -> list[checks.CheckMessage]:
    from certificates.queries import ending_keys  # models are not there yet when checks are registered

    with tenant_context(site):
        return [
            checks.Warning(
                f"{site.division_code}: the {key.use} key {key} ends on {timezone.localdate(key.valid_until)}.",
                hint="Rotate it in the operators' admin, docs/seal.md.",
                id="certificates.W002",
            )
            for key in ending_keys(timezone.now())
        ]
