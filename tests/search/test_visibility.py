"""Secrets are put everywhere; none of them may stand in any column of any listing, the vectors included."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import Page, PageViewRestriction

from portal.home.models import ArticleIndexPage, ArticlePage, HomePage, PolicyIndexPage, PolicyPage, StandardPage
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.stories.models import StoryPerson
from portal.volunteers.enums import RecordState
from search import drift
from search.analysis import sound_terms, terms
from search.models import Listing
from tenants.domain import pause_tenant
from tests.cast import person
from tests.factories.directory import make_entry
from tests.factories.people import make_notice, make_organisation, make_user
from tests.factories.projects import make_project, make_shift
from tests.factories.stories import make_consent, make_story
from tests.factories.ventures import make_call
from tests.factories.volunteers import make_record, make_sign_up, make_volunteer
from tests.search.listed import everything

#: Written where anybody may read: it is found, so the looking works.
OPEN = "zqopen"
MOBILE = "13987650001"


def text_of(word: str) -> list[tuple[str, str]]:
    return [("text", f"<p>正文{word}</p>")]


def child(parent: Any, model: Any, word: str, **over: Any) -> Any:
    values = {"title": f"标题{word}", "slug": word, "summary": f"摘要{word}", "body": text_of(word), **over}
    return parent.add_child(instance=model(**values))


def plant_projects() -> Iterator[str]:
    leader = make_user("officer", name="欧阳密探", mobile=MOBILE, email="zqmail@example.org", username="zqusername")
    body = make_organisation(name=f"示例队{OPEN}", contact_name="司马密人", address="zqteamaddress")
    project = make_project(organiser=body, in_charge=leader, title=f"公开的项目{OPEN}")
    shift = make_shift(project)
    project.title = project.summary = project.body = "zqrevision"
    project.save_revision(user=leader)
    make_project(live=False, state="draft", title="zqdraft", summary="zqdraft", body="zqdraft", venue="zqdraft")
    scheduled = make_project(live=False, state="draft", title="zqscheduled")
    scheduled.go_live_at = timezone.now() + dt.timedelta(days=1)
    scheduled.save_revision(user=leader).publish(user=leader)
    gone = make_project(title="zqunpublished")
    gone.unpublish()
    make_organisation(name="zqunknownbody")
    make_organisation(name="zqinactive", is_active=False)
    volunteer = make_volunteer(
        name="诸葛密友", mobile="13987650002", id_number="120101199001011234", address="zqhome",
        guardian_name="上官密母", guardian_mobile="13987650003", birth_date="1961-07-09",
    )  # fmt: skip
    make_sign_up(shift, volunteer, note="zqsignupnote")
    make_record(volunteer, state=RecordState.CONFIRMED, content="zqrecordcontent")
    make_notice(user=leader, subject="zqnotice", body="zqnotice")
    yield from ("欧阳密探", MOBILE, "zqmail", "zqusername", "司马密人", "zqteamaddress", "zqrevision", "zqdraft")
    yield from ("zqscheduled", "zqunpublished", "zqunknownbody", "zqinactive", "诸葛密友", "13987650002")
    yield from ("120101199001011234", "zqhome", "上官密母", "13987650003", "1961-07-09", "zqsignupnote")
    yield from ("zqrecordcontent", "zqnotice")


def plant_calls_and_entries() -> Iterator[str]:
    make_call(title=f"公开的公告{OPEN}")
    make_call(live=False, title="zqcalldraft", sought="zqcalldraft", number="zqcalldraft")
    changed = make_call()
    changed.title = "zqcallrevision"
    changed.save_revision()
    make_entry(name=f"公开的养老院{OPEN}")
    make_entry(live=False, name="zqentrydraft", contact="zqentrydraft", offers="zqentrydraft")
    expired = make_entry(name="zqentryexpired", expire_at=timezone.now() - dt.timedelta(minutes=1))
    expired.save_revision()
    yield from ("zqcalldraft", "zqcallrevision", "zqentrydraft", "zqentryexpired")


def plant_stories() -> Iterator[str]:
    today = timezone.localdate()
    consent = make_consent(person="zqconsentperson", guardian="zqguardian", note="zqconsentnote")
    make_story(title=f"公开的案例{OPEN}", people=[StoryPerson(name="张奶奶", kind="elder", consent=consent)])
    make_story(live=False, title="zqstorydraft", body=[("paragraph", "zqstorydraft")])
    ended = make_consent(valid_until=today)
    make_story(title="zqstoryended", people=[StoryPerson(name="zqelder", kind="elder", consent=ended)])
    ended.valid_until = today - dt.timedelta(days=1)
    ended.save()
    yield from ("zqconsentperson", "zqguardian", "zqconsentnote", "zqstorydraft", "zqstoryended", "zqelder")


def plant_pages() -> Iterator[str]:
    home, news, policies = HomePage.objects.get(), ArticleIndexPage.objects.get(), PolicyIndexPage.objects.get()
    child(news, ArticlePage, OPEN)
    child(news, ArticlePage, "zqarticledraft", live=False)
    revised = child(news, ArticlePage, "another")
    revised.title, revised.body = "zqarticlerevision", text_of("zqarticlerevision")
    revised.save_revision()
    locked = child(home, StandardPage, "zqlocked")
    PageViewRestriction.objects.create(page=locked, restriction_type="password", password="zqpassword")
    child(child(locked, StandardPage, "zqbelow"), StandardPage, "zqfarbelow")
    later = child(home, StandardPage, "zqloginonly")
    PageViewRestriction.objects.create(page=later, restriction_type="login")
    child(policies, PolicyPage, "zqpolicydraft", live=False, document_number="zqpolicynumber")
    closed = child(policies, PolicyPage, "zqpolicyclosed", body=[("text", "<h2>zqheading</h2><p>zqsection</p>")])
    PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    old = child(home, StandardPage, "zqexpired")
    old.expire_at = timezone.now() + dt.timedelta(seconds=1)
    old.save_revision().publish()
    Page.objects.filter(pk=old.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    taken_back = child(home, StandardPage, "zqtakenback")
    taken_back.unpublish()
    child(home, StandardPage, "zqdeleted").delete()
    yield from ("zqarticledraft", "zqarticlerevision", "zqlocked", "zqpassword", "zqbelow", "zqfarbelow")
    yield from ("zqloginonly", "zqpolicydraft", "zqpolicynumber", "zqpolicyclosed", "zqheading", "zqsection")
    yield from ("zqexpired", "zqtakenback", "zqdeleted")


PLANTERS = [plant_projects, plant_calls_and_entries, plant_stories, plant_pages]


@pytest.mark.parametrize("plant", PLANTERS, ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("anew", [False, True], ids=["as it was saved", "written anew"])
def test_no_secret_is_in_any_listing(tenant_a: Any, tenant_b: Any, plant: Any, anew: bool) -> None:
    with tenant_context(tenant_b):
        secrets = list(plant())
        call_command("publish_scheduled", verbosity=0)
        if anew:
            Listing.objects.all().delete()
            drift.write_all()
    found = everything()
    assert OPEN in found
    for secret in secrets:
        assert secret not in found, secret


@pytest.mark.parametrize("plant", PLANTERS, ids=lambda plant: plant.__name__)
def test_no_vector_holds_the_terms_of_a_secret(tenant_a: Any, plant: Any) -> None:
    secrets = list(plant())
    call_command("publish_scheduled", verbosity=0)
    for secret in secrets:
        # Not the initials of a name: others have the same.
        specific = [term for term in (*terms(secret), *sound_terms(secret)) if len(term) > 4 or term[0] > "\u2e80"]
        with connection.cursor() as cursor:
            for term in (term for term in specific if len(term) > 1):
                cursor.execute(
                    "SELECT count(*) FROM public.search_listing WHERE %s = ANY(tsvector_to_array(vector))", [term]
                )
                assert cursor.fetchone() == (0,), (secret, term)


def test_another_sites_things_stand_under_its_own_name_alone(tenant_a: Any, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        list(plant_projects())
    assert not Listing.objects.filter(tenant_id=tenant_a.pk, title__contains=OPEN).exists()
    assert Listing.objects.filter(tenant_id=tenant_b.pk, title__contains=OPEN).exists()


def test_of_a_closed_site_nothing_is_left_and_nothing_new_enters(tenant_a: Any) -> None:
    list(plant_projects())
    assert OPEN in everything()
    pause_tenant(tenant_a, reason="")
    assert everything() == ""
    make_project(title="zqwhilepaused")
    Project.objects.latest("pk").save()
    drift.write_all()
    assert everything() == ""


def test_a_restriction_taken_away_opens_all_below_again(tenant_a: Any) -> None:
    locked = child(HomePage.objects.get(), StandardPage, "zqlocked")
    below = child(locked, StandardPage, "zqbelow")
    restriction = PageViewRestriction.objects.create(page=locked, restriction_type="login")
    assert "zqbelow" not in everything()
    restriction.delete()
    assert set(Listing.objects.filter(source__in=[str(locked.pk), str(below.pk)]).values_list("url", flat=True)) == {
        "/zqlocked/",
        "/zqlocked/zqbelow/",
    }


def test_a_registered_bodys_address_is_public_and_its_contact_persons_name_is_not(tenant_a: Any) -> None:
    Organisation.objects.create(
        name="登记的社会组织", kind="social_organisation", uscc="91350100M000100Y43", address="公开路1号",
        contact_name="司马密人", division=person_division(),
    )  # fmt: skip
    found = everything()
    assert "公开路1号" in found
    assert "司马密人" not in found


def person_division() -> Any:
    return person("organisation_manager").memberships.get().organisation.division
