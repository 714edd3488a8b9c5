"""What happens to projects and shifts; receivers run in the same transaction, before it commits."""

from django.dispatch import Signal

#: `project`, `by` (or None): it stands on the site, newly or changed.
project_published = Signal()

#: `project`, `reason`, `by`: nobody comes any more; tell those signed up.
project_cancelled = Signal()

#: `shift`, `reason`, `by`: this shift alone is off; tell those signed up for it.
shift_cancelled = Signal()

#: `shift`, `places` (as before), both rows locked: whoever waits may move up.
shift_places_changed = Signal()

#: `shift`, `starts_at`, `ends_at` (as before): tell those signed up.
shift_moved = Signal()
