"""Pages of people signed in, for the walk: each writes what it needs and returns its address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone


def organisation_desk() -> str:
    """The list of members of the cast's team."""
    from portal.organisations.models import Organisation
    from tests.cast import TEAM
    from tests.factories.people import make_membership, make_user

    team = Organisation.objects.get(name=TEAM)
    make_membership(organisation=team, user=make_user(mobile="13812345678"))
    return f"/desk/organisations/{team.pk}/"


def school_desk() -> str:
    """The pupils of the cast's school: one with a certificate, one left out."""
    from tests.factories.schools import make_pupil, school, store_certificate

    store_certificate(make_pupil("李小梅"))
    make_pupil("张大伟", allowed=False)
    return f"/desk/schools/{school().pk}/"


def _volunteer(username: str = "volunteer", **person: Any) -> Any:
    from portal.volunteers.models import Volunteer
    from tests.factories.volunteers import make_volunteer

    return Volunteer.objects.filter(user__username=username).first() or make_volunteer(username, **person)


def volunteer_at(path: str, username: str = "volunteer", **person: Any) -> Callable[[], str]:
    """A page of this volunteer of the cast, who has a shift to come, one behind, and an hour to confirm."""

    def make() -> str:
        from tests.e2e.pages import project_with_shifts
        from tests.factories.projects import make_shift
        from tests.factories.volunteers import make_record, make_sign_up

        holder = _volunteer(username, **person)
        begins = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=40)
        shift = make_shift(project_with_shifts(), starts_at=begins, ends_at=begins + timedelta(hours=2), places=4)
        record = make_record(holder)
        sign_up = make_sign_up(shift, holder) if path == "/desk/" or "{sign_up}" in path else None
        return path.format(shift=shift.pk, record=record.pk, sign_up=sign_up and sign_up.pk)

    return make


def child_at(path: str) -> Callable[[], str]:
    """The same of a child, who is asked for a guardian."""
    return volunteer_at(path, "publicist", birth_date="2012-01-01")


def own_project() -> str:
    """A project for families and single people, as a volunteer who can sign up sees it."""
    from tests.factories.projects import make_project, make_shift

    _volunteer()
    project = make_project(participation=["individual", "family"])
    make_shift(project)
    return str(project.get_absolute_url())


def card() -> str:
    """The volunteer's card."""
    from portal.volunteers.domain.cards import make_card
    from portal.volunteers.models import Card

    holder = _volunteer()
    if not Card.objects.filter(volunteer=holder).exists():
        make_card(holder)
    return "/desk/card/"


def _roll() -> Any:
    """A shift that is over, of the community worker, with somebody on its roll."""
    from tests.cast import person
    from tests.factories.projects import make_project
    from tests.factories.volunteers import make_sign_up, past_shift

    shift = past_shift(make_project(in_charge=person("community_worker")))
    make_sign_up(shift)
    return shift


def community_desk() -> str:
    """The desk of somebody with a roll to take."""
    _roll()
    return "/desk/"


def roll() -> str:
    """The roll of a shift that is over."""
    return f"/desk/shifts/{_roll().pk}/roll/"


def records_to_confirm() -> str:
    """An officer's list, with an hour that waits."""
    from tests.factories.volunteers import make_record, make_volunteer

    make_record(make_volunteer())
    return "/desk/records/"
