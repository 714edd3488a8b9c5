"""Who may write in the contact directory."""

from typing import Any

from django.db.models import Q, QuerySet

from portal.accounts.roles import Role, has_role
from portal.core.models import Division
from portal.directory.models import DirectoryEntry


def may_write(user: Any) -> bool:
    """Officers and community workers keep the directory."""
    return has_role(user, Role.OFFICER, Role.COMMUNITY_WORKER)


def may_edit(user: Any, entry: DirectoryEntry) -> bool:
    """Officers every entry; a community worker those of the places in which their bodies work."""
    if has_role(user, Role.OFFICER):
        return True
    if not has_role(user, Role.COMMUNITY_WORKER):
        return False
    return any(entry.division.code.startswith(prefix) for prefix in _prefixes(user))


def may_publish(user: Any) -> bool:
    """What others read as the government's word is published by an officer."""
    return has_role(user, Role.OFFICER)


def editable_entries(user: Any) -> QuerySet[DirectoryEntry]:
    """The entries, drafts among them, for which `may_edit` holds."""
    return _within(user, DirectoryEntry.objects.select_related("division"), "division__code")


def editable_places(user: Any) -> QuerySet[Division]:
    """The places for which this person may write an entry."""
    return _within(user, Division.objects.all(), "code")


def _within(user: Any, found: QuerySet[Any], field: str) -> QuerySet[Any]:
    if has_role(user, Role.OFFICER):
        return found
    if not has_role(user, Role.COMMUNITY_WORKER):
        return found.none()
    asked = Q(pk__in=[])
    for prefix in _prefixes(user):
        asked |= Q(**{f"{field}__startswith": prefix})
    return found.filter(asked)


def _prefixes(user: Any) -> list[str]:
    """The places of the bodies to which the person belongs; one query per user object."""
    if not hasattr(user, "_directory_prefixes"):
        from portal.organisations.queries import organisations_of

        user._directory_prefixes = [body.division.prefix for body in organisations_of(user)]
    return user._directory_prefixes
