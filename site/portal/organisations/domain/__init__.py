"""Verbs on organisations and their members."""

from portal.organisations.domain.membership import (
    AlreadyMember,
    LastManager,
    NotAllowed,
    add_member,
    change_role,
    remove_member,
)

__all__ = ["AlreadyMember", "LastManager", "NotAllowed", "add_member", "change_role", "remove_member"]
