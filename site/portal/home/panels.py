"""What the admin's first page shows."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.core.waiting import waiting_for
from portal.home.numbers import numbers


class WaitingPanel(Component):
    """等我办的: what waits for the person who signed in."""

    name = "waiting"
    template_name = "home/admin/waiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"items": waiting_for(parent_context["request"].user).admin}


class NumbersPanel(Component):
    """A few sums of the site, each with where it comes from."""

    name = "numbers"
    template_name = "home/admin/numbers.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"sums": numbers(), "title": _("本站的数")}
