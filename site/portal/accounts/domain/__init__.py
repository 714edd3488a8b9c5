"""Verbs on people."""

from portal.accounts.domain.disclosure import disclose
from portal.accounts.domain.people import make_user, set_roles

__all__ = ["disclose", "make_user", "set_roles"]
