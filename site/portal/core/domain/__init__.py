"""Verbs on what every site has."""

from portal.core.domain.divisions import add_community, check_import, import_communities

__all__ = ["add_community", "check_import", "import_communities"]
