"""What a school's file is called where it is downloaded."""

from django.utils import timezone

from portal.core.downloads import attachment
from portal.core.queries import rules
from portal.schools.domain.terms import period_name
from portal.schools.models import Bundle


def named(bundle: Bundle) -> str:
    """A Content-Disposition by school, class, term and day, as whoever downloads the file looks for it later."""
    today, asked = timezone.localdate(), timezone.localdate(bundle.asked_at)
    term = period_name(bundle.start, bundle.end, today=today, limits=rules())
    parts = [bundle.organisation.name, bundle.class_name, term, f"{asked:%Y%m%d}"]
    plain = f"certificates-{bundle.start:%Y%m%d}-{bundle.end:%Y%m%d}-{asked:%Y%m%d}.zip"
    return attachment("-".join(part for part in parts if part) + ".zip", plain=plain)
