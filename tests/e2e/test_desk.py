"""The desk in a real browser: nothing for axe, nothing refused, nothing wider than the screen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.volunteers.domain.cards import make_card
from portal.volunteers.enums import RecordState
from tests.cast import person
from tests.e2e.axe import violations
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_record, make_sign_up, make_volunteer, past_shift


def furnish() -> list[tuple[str, str]]:
    """Something of everything; (who, address)."""
    volunteer = make_volunteer("volunteer", birth_date="2012-01-01")
    project = make_project(participation=["individual", "family"], in_charge=person("community_worker"))
    coming = make_shift(project)
    mine = make_sign_up(coming, volunteer)
    other = make_shift(project, starts_at=timezone.now() + timedelta(days=9))
    past = past_shift(project)
    make_sign_up(past)
    record = make_record(volunteer, past_shift(), state=RecordState.CONFIRMED)
    make_card(volunteer)
    make_record(make_volunteer())
    return [
        ("volunteer", "/desk/"),
        ("volunteer", "/desk/account/"),
        ("volunteer", "/desk/profile/"),
        ("volunteer", "/desk/card/"),
        ("volunteer", "/desk/certificates/"),
        ("volunteer", f"/desk/records/{record.pk}/"),
        ("volunteer", f"/desk/shifts/{other.pk}/sign-up/"),
        ("volunteer", f"/desk/sign-ups/{mine.pk}/withdraw/"),
        ("volunteer", project.get_absolute_url()),
        ("community_worker", "/desk/"),
        ("community_worker", f"/desk/shifts/{past.pk}/roll/"),
        ("officer", "/desk/records/"),
    ]


@pytest.mark.parametrize(("width", "mode"), [(1280, ""), (360, ""), (360, "elder-xl")])
def test_the_desk_is_clean(
    width: int, mode: str, committed_a: Any, open_page: Callable[..., Any], client_for: Callable[..., Any]
) -> None:
    faults = {}
    for who, path in furnish():
        page = open_page(committed_a, path, width=width, mode=mode, client=client_for(committed_a, who))
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found = [*page.faults, *violations(page), *(["too wide"] if too_wide else [])]
        if found:
            faults[f"{who} {path}"] = found
        page.close()
    assert faults == {}
