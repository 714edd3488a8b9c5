"""Permission policies of the Wagtail admin that say no more than the tables of roles."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Looking is all that anybody may do, superusers included: for logs and what only verbs change."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))
