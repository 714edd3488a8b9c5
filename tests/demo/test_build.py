"""A demo site is alive: every public page answers with content, and its people can sign in."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates import designs
from certificates.audit import audit
from certificates.models import Certificate, DesignVersion, Revocation
from certificates.sealing import active_key
from portal.accounts.models import User
from portal.core.models import Division
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.core.waiting import waiting_for
from portal.core.workdays import workdays_after
from portal.demo.build import fill_tenant
from portal.demo.people import PASSWORD, SIGN_INS
from portal.honours.models import Round, StarApplication
from portal.notices.models import Notice
from portal.projects.models import Shift
from portal.volunteers.models import Card, ServiceRecord, SignUp
from portal.volunteers.queries import rolls_due
from portal.volunteers.rules import reach_of
from search import drift
from search.models import Listing
from tenants.domain import create_tenant

SITES = {
    "120103": ("hexi.tianjin.localhost", ["寸草心", "手足情", "津民发〔2023〕30号"]),
    "450200": ("liuzhou.localhost", ["八桂银龄守护", "代际共居", "征求意见稿"]),
}
PAGES = ["/", "/projects/", "/ventures/", "/stories/", "/directory/", "/policies/", "/news/", "/brands/", "/contact/"]


@pytest.fixture(params=SITES)
def site(request: Any, db: None) -> Any:
    """A freshly filled site of each programme."""
    connection.set_schema_to_public()
    host, words = SITES[request.param]
    tenant = create_tenant(division=request.param, domain=host)
    with tenant_context(tenant):
        fill_tenant(tenant, today=timezone.localdate())
    tenant.host, tenant.words = host, words
    return tenant


def test_a_filled_site_is_alive(site: Any) -> None:
    """One test, because filling a site takes seconds."""
    pages_answer_in_the_policys_words(site)
    everyone_on_the_printed_list_can_sign_in(site)
    with tenant_context(site):
        counters_agree_with_the_sign_ups_they_count()
        something_is_past_something_is_coming_and_hours_lie_between()
        everything_public_is_listed_and_some_of_it_has_a_position(site)
        communities_lie_beside_each_other()
        certificates_will_be_sealed()
        records_wear_the_sites_own_design_and_another_waits()
        sheets_say_where_the_service_was_and_not_how_to_meet()
        honours_stand_at_every_stage(site)
        the_volunteer_has_a_card_that_is_valid(site)
        some_certificates_have_ended_and_the_log_of_them_is_whole()


def records_wear_the_sites_own_design_and_another_waits() -> None:
    assert designs.current("record").version == "record/1"
    records = Certificate.objects.filter(kind="record")
    assert set(records.values_list("design_version", flat=True)) == {"record/1"}
    assert DesignVersion.objects.filter(state="draft").values_list("occasion", flat=True).get() == "star"


def sheets_say_where_the_service_was_and_not_how_to_meet() -> None:
    places = {row.place for certificate in Certificate.objects.filter(kind="record") for row in certificate.facts.rows}
    assert [place for place in places if "示例路" not in place or "集合" in place] == []


def honours_stand_at_every_stage(site: Any) -> None:
    assert sorted(StarApplication.objects.values_list("state", flat=True)) == ["awarded", "proposed", "publicity"]
    for star in StarApplication.objects.select_related("volunteer"):
        applied = timezone.localdate(star.applied_at)
        assert star.publicity_until == workdays_after(applied, rules().publicity_workdays).date
        told = Notice.objects.get(user=star.volunteer.user_id, kind="star_applied")
        assert (timezone.localdate(told.created_at), whole_date(star.publicity_until) in told.body) == (applied, True)
    assert "<tbody>" in Client(SERVER_NAME=site.host).get("/stars/").content.decode()
    rounds = dict(Round.objects.values_list("occasion", "state"))
    assert rounds == {"student_week": "approved", "group": "approved", "campaign": "proposed"}
    chosen = dict(Round.objects.annotate(chosen=Count("entries")).values_list("occasion", "chosen"))
    assert (chosen["student_week"] >= 3, chosen["group"], chosen["campaign"] > 3) == (True, 1, True)


def certificates_will_be_sealed() -> None:
    assert active_key() is not None


def the_volunteer_has_a_card_that_is_valid(site: Any) -> None:
    token = Card.objects.get(volunteer__user__username="volunteer").token
    assert Client(SERVER_NAME=site.host).get(f"/K/{token}").status_code == 200


def pages_answer_in_the_policys_words(site: Any) -> None:
    client = Client(SERVER_NAME=site.host)
    bodies = {path: client.get(path) for path in PAGES}
    assert {path: response.status_code for path, response in bodies.items()} == dict.fromkeys(PAGES, 200)
    whole = "".join(response.content.decode() for response in bodies.values())
    assert [word for word in site.words if word not in whole] == []


def everyone_on_the_printed_list_can_sign_in(site: Any) -> None:
    for _, username in SIGN_INS:
        response = Client(SERVER_NAME=site.host).post(
            "/accounts/sign-in/", {"username": username, "password": PASSWORD}
        )
        assert response.status_code == 302, username


def counters_agree_with_the_sign_ups_they_count() -> None:
    for shift in Shift.objects.all():
        rows = SignUp.objects.filter(shift=shift)
        assert (shift.taken, shift.waiting) == (
            sum(row.party_size for row in rows if not row.is_waiting),
            sum(row.party_size for row in rows if row.is_waiting),
        )


def something_is_past_something_is_coming_and_hours_lie_between() -> None:
    now = timezone.now()
    assert Shift.objects.filter(ends_at__lt=now).exists()
    assert Shift.objects.filter(starts_at__gt=now).exists()
    assert ServiceRecord.objects.filter(state="submitted").exists()
    last = Shift.objects.filter(ends_at__lt=now).order_by("ends_at").last()
    assert list(rolls_due(reach_of(User.objects.get(username="officer")), own=False)) == [last]
    assert ServiceRecord.objects.filter(state="confirmed", volunteer__user__username="volunteer").exists()


def everything_public_is_listed_and_some_of_it_has_a_position(site: Any) -> None:
    found = drift.compare_all()
    assert [each.kind for each in found if each] == []
    listed = {each.kind for each in found if each.listed}
    assert listed == {"project", "organisation", "call", "story", "entry", "policy", "article", "page"}
    projects = Listing.objects.filter(tenant_id=site.pk, kind="project")
    assert projects.filter(latitude__isnull=False).exists()
    assert projects.filter(latitude__isnull=True).exists()


def communities_lie_beside_each_other() -> None:
    first, second, *_ = Division.objects.filter(level="community", neighbours__isnull=False).distinct()
    assert second in first.neighbours.all()
    assert first in second.neighbours.all()


def some_certificates_have_ended_and_the_log_of_them_is_whole() -> None:
    states = sorted(Certificate.objects.values_list("state", flat=True))
    # Besides one of the volunteer's and one correction, those of the school's pupils wait for the worker.
    assert states.count("requested") > 2
    assert [state for state in states if state != "requested"] == ["issued", "issued", "revoked"]
    waiting = Revocation.objects.get(state="proposed")
    assert [item.url for item in waiting_for(User.objects.get(username="officer")).admin].count(
        f"/cms/certificates/{waiting.certificate_id}/"
    ) == 1
    assert audit().faults == ()
