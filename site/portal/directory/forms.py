"""Whoever writes an entry writes it for places of their own."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from portal.directory import rules


class EntryForm(WagtailAdminModelForm):
    """A community worker chooses among the places of the bodies they belong to; an officer among all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "division" in self.fields:
            self.fields["division"].queryset = rules.editable_places(self.for_user)
