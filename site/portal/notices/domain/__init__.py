"""Verbs on notices."""

from portal.notices.domain.delivery import resend
from portal.notices.domain.reading import mark_all_read, mark_read
from portal.notices.domain.wording import Said, say
from portal.notices.domain.writing import notify

__all__ = ["Said", "mark_all_read", "mark_read", "notify", "resend", "say"]
