"""A story's form says, before anything is published, which consents and names are missing."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.stories import rules


class StoryForm(WagtailAdminPageForm):
    """A draft may wait for its papers; what goes to review or onto the site may not."""

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        if self.is_deferred_validation or not valid:
            return valid
        # The children are in the formsets until the form is saved: save to memory and ask the one rule.
        story = self.save(commit=False)
        start = self.cleaned_data.get("go_live_at")
        day = timezone.localtime(start).date() if start else timezone.localdate()
        for message in [*rules.lacking(story, on=max(day, timezone.localdate())), *self._unsigned()]:
            self.add_error(None, message)
        return not self.errors

    def _unsigned(self) -> list[str]:
        editor = self.cleaned_data.get("editor")
        reviewers = [self.cleaned_data.get(f"{step}_reviewer") for step in ("first", "second", "final")]
        if not editor:
            return [_("还没写编辑是谁。")]
        if not any(reviewers):
            return [_("还没写谁审的：初审、复审、终审至少写一位。")]
        if editor in reviewers:
            return [_("%(editor)s不能自己编、自己审。") % {"editor": editor}]
        return []
