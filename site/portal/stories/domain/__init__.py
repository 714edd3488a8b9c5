"""Verbs on stories."""

from portal.stories.domain.endings import hold_back_scheduled, unpublish_ended

__all__ = ["hold_back_scheduled", "unpublish_ended"]
