"""Checks of a call's form that concern several of its rows."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class CallForm(WagtailAdminModelForm):
    """A draft may be unfinished; what goes to review or onto the site sums to 100 and says how to hand in."""

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        if self.is_deferred_validation or not valid:
            return valid
        for message in self._unfinished():
            self.add_error(None, message)
        return not self.errors

    def _unfinished(self) -> list[str]:
        found = []
        points, shares = self._sum("criteria", "points"), self._sum("payments", "share")
        if points != 100:
            found.append(_("评分标准现在共%(points)s分，要正好100分才能发布。") % {"points": points})
        if shares != 100:
            found.append(_("分期拨付现在共%(shares)s%%，要正好100%%才能发布。") % {"shares": shares})
        if not strip_tags(self.cleaned_data.get("hand_in") or "").strip():
            found.append(_("还没写“怎么递交”：交到哪里、交几份、当面还是邮寄。"))
        return found

    def _sum(self, formset: str, field: str) -> int:
        rows: list[dict[str, Any]] = [
            form.cleaned_data for form in self.formsets[formset].forms if form.cleaned_data.get("DELETE") is not True
        ]
        return sum(row.get(field) or 0 for row in rows)
