"""What the form of a project in the Wagtail admin sends, and what it answers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from portal.core.models import Division
from portal.projects.models import Shift
from tests.cast import person
from tests.factories.projects import make_organiser

BASE = "/cms/snippets/projects/project/"


def clock(ahead: timedelta) -> str:
    return f"{timezone.localtime(timezone.now() + ahead):%Y-%m-%d %H:%M}"


def shift_data(ahead: timedelta = timedelta(days=3), **over: Any) -> dict[str, Any]:
    return {"starts_at": clock(ahead), "ends_at": clock(ahead + timedelta(hours=2)), "places": "4", "note": "", **over}


def stored_shift(shift: Shift, **over: Any) -> dict[str, Any]:
    start, end = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    written = {"starts_at": f"{start:%Y-%m-%d %H:%M:%S.%f}", "ends_at": f"{end:%Y-%m-%d %H:%M:%S.%f}"}
    return {"id": shift.pk, **written, "places": str(shift.places), "note": "", **over}


def form_data(shifts: list[dict[str, Any]], *, initial: Any = 0, **over: Any) -> dict[str, Any]:
    division = Division.objects.filter(level="street").first()
    assert division is not None
    several = {
        name: over.pop(name, [value])
        for name, value in [
            ("service_kinds", "home_visit"),
            ("recipients", "living_alone"),
            ("participation", "individual"),
        ]
    }
    return several | nested_form_data({
        "title": "陪独居老人坐坐", "summary": "各坐二十来分钟。", "body": rich_text("<p>坐下聊天。</p>"), "brand": "",
        "division": division.pk, "venue": "甲社区服务站", "address": "示例路12号",
        "organiser": make_organiser(division=division).pk, "in_charge": person("officer").pk,
        "contact_name": "甲社区助老员", "contact_phone": "022-55550112", "min_age": "18", "max_age": "70",
        "skills": "", "who_note": "", "insurance": "", "go_live_at": "",
        "shifts": inline_formset(shifts, initial=initial), **over,
    })  # fmt: skip


def messages(response: Any) -> str:
    """All errors of form and formset as one text."""
    form = response.context["form"]
    shifts = form.formsets["shifts"]
    return f"{form.errors.as_text()} {[f.errors.as_text() for f in shifts.forms]} {shifts.non_form_errors().as_text()}"
