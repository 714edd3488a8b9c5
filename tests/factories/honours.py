"""Hours that allow a star, applications at any stage, rounds of awards; in the current tenant."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.core.models import RuleSettings
from portal.honours.domain import apply_for_star, draft_round, propose_star
from portal.honours.models import Round, StarApplication
from portal.projects.models import Project
from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord, Volunteer
from tests.cast import person
from tests.factories.people import make_user
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift


def few_hours_a_star() -> None:
    """One to five stars at 2, 4, 6, 8 and 10 hours: a record of two hours is one star."""
    RuleSettings.objects.update(star_hours=[2, 4, 6, 8, 10])


def no_second_person() -> None:
    RuleSettings.objects.update(award_second_person=False)


def second_officer() -> User:
    """Another officer, the same one each time."""
    found = User.objects.filter(username="officer2").first()
    return found or make_user("officer", username="officer2", name="第二主管")


def serve(
    volunteer: Volunteer, *, days: int = 1, project: Project | None = None, ago: int = 1, **over: Any
) -> list[ServiceRecord]:
    """A confirmed record of two hours on each of so many days, the last one `ago` days ago."""
    made = []
    for back in range(days):
        begun = timezone.now().replace(second=0, microsecond=0) - timedelta(days=ago + back)
        shift = past_shift(project, starts_at=begun, ends_at=begun + timedelta(hours=2))
        made.append(make_record(volunteer, shift, **{"state": RecordState.CONFIRMED, **over}))
    return made


def serve_paid(volunteer: Volunteer, *, days: int = 1, ago: int = 1) -> None:
    """Confirmed before anybody said that the project pays."""
    project = make_project(title="有报酬的活动")
    serve(volunteer, days=days, ago=ago, project=project)
    Project.objects.filter(pk=project.pk).update(is_paid=True)


def make_application(volunteer: Volunteer | None = None, *, days: int = 1, level: int = 1) -> StarApplication:
    """Under publicity, of somebody with two hours for each of `days`."""
    few_hours_a_star()
    if volunteer is None:
        volunteer = make_volunteer(name="李小梅")
        serve(volunteer, days=days)
    return apply_for_star(volunteer, level=level, publicity_consent=True)


def make_due(**over: Any) -> StarApplication:
    """Its publicity ended yesterday."""
    made = make_application(**over)
    return ended(made)


def ended(application: StarApplication) -> StarApplication:
    StarApplication.objects.filter(pk=application.pk).update(publicity_until=yesterday())
    application.refresh_from_db()
    return application


def make_proposed(**over: Any) -> StarApplication:
    """By the officer of the cast."""
    return propose_star(make_due(**over), by=person("officer"))


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def make_round(*, by: Any = None, **over: Any) -> Round:
    """A campaign of the last thirty days at two hours, its list made by the officer."""
    values: dict[str, Any] = {
        "occasion": "campaign",
        "title": "2026年敬老月",
        "start": timezone.localdate() - timedelta(days=30),
        "end": timezone.localdate(),
        "least_minutes": 120,
        "least_days": 1,
        **over,
    }
    return draft_round(by=by or person("officer"), **values)
