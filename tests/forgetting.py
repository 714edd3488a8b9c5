"""Certificates that were forgotten before rows that name them learned of it, and the migrations that mend it."""

from datetime import datetime
from importlib import import_module
from unittest.mock import patch

from django.apps import apps
from django.dispatch import Signal

from portal.volunteers.domain.keeping import forget_what_is_over


def forget_then_mend(now: datetime) -> int:
    """How many were forgotten."""
    with patch("certificates.domain.forgetting.certificate_forgotten", Signal()):
        count = forget_what_is_over(now)
    for app, name in (("volunteers", "0011_forgotten_before"), ("honours", "0005_forgotten_before")):
        import_module(f"portal.{app}.migrations.{name}").let_go(apps, None)
    return count
