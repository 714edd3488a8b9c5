"""What the machine must have before certificates can be printed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from certificates.fonts import MANIFEST


@checks.register("certificates")
def fonts_are_ready(**_: Any) -> list[checks.CheckMessage]:
    """A warning and no error: a site without fonts serves everything but certificates."""
    folder = Path(settings.CERTIFICATE_FONTS_DIR)
    if (folder / MANIFEST).exists():
        return []
    hint = f"python -m certificates.fonts {folder}"
    return [checks.Warning("The fonts of the certificates are not prepared.", hint=hint, id="certificates.W001")]
