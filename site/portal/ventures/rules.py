"""Who may write and publish calls for proposals."""

from typing import Any

from portal.accounts.roles import Role, has_role


def may_manage(user: Any) -> bool:
    """Officers alone: a call spends the government's money."""
    return has_role(user, Role.OFFICER)
