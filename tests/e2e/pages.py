"""Every public page template once. A feature adds its pages here; the walk visits them all in every width and mode.

`make` runs in tenant A's database (or the platform's), writes what the page needs and returns its address; it runs
once in each mode, in a database of its own. `role` signs in as that person of the cast.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.e2e.certificate_pages import (
    body_certificates,
    body_order,
    checked_card,
    checked_certificate,
    contest,
    group_certificates,
    shared_certificate,
    signing_keys,
    stars,
)
from tests.e2e.desk_pages import (
    card,
    child_at,
    community_desk,
    organisation_desk,
    own_project,
    records_to_confirm,
    roll,
    school_desk,
    volunteer_at,
)
from tests.e2e.search_pages import near, saved_search


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page template; `status` is what it must answer."""

    name: str
    make: Callable[[], str]
    platform: bool = False
    status: int = 200
    role: str = ""


def at(path: str) -> Callable[[], str]:
    """A page that needs no data of its own."""
    return lambda: path


def project_with_shifts() -> Any:
    """A project with a shift that is open, one that is almost full and one that is full."""
    from tests.factories.projects import make_project, make_shift

    project = make_project(title="失能老年人家庭照护者培训：课堂助教")
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    for day, taken in enumerate([0, 9, 10]):
        begins = start + timedelta(days=day)
        make_shift(project, starts_at=begins, ends_at=begins + timedelta(hours=2), places=10, taken=taken)
    return project


def project_list() -> str:
    project_with_shifts()
    return "/projects/?who=individual"


def project() -> str:
    return str(project_with_shifts().get_absolute_url())


def found() -> str:
    """Results with every part: marks, facts, facets, places, how near, a condition that could not be read."""
    from portal.core.models import Division

    project_with_shifts()
    street = Division.objects.filter(level="street").order_by("code")[0]
    return f"/search/?q=培训&near={street.code}&sort=nearest&service=home_visit&service=carer_training&since=gestern"


def policy() -> str:
    """The plan that governs the tenant, whole."""
    from portal.home.domain import publish_governing_policy
    from tests.cast import person

    page = publish_governing_policy(division_code="120101", by=person("officer"))
    assert page is not None
    return str(page.relative_url(page.get_site()))


def article() -> str:
    from portal.home.models import ArticleIndexPage, ArticlePage

    body = [
        ("text", "<h2>怎么报名</h2><p>正文在此。</p>"),
        ("quote", {"text": "他输了棋，还要赖。", "source": "楼里的老人"}),
    ]
    page = ArticleIndexPage.objects.get().add_child(
        instance=ArticlePage(title="敬老月活动安排", slug="month", body=body)
    )
    return str(page.relative_url(page.get_site()))


def first_page(model: str) -> Callable[[], str]:
    """The first page of a type that every site has."""

    def make() -> str:
        from wagtail.models import Page

        page = Page.objects.live().filter(content_type__model=model).order_by("path").first()
        return str(page.relative_url(page.get_site()))

    return make


def calls() -> str:
    """The list with a call that is open and one that has closed."""
    from tests.factories.ventures import make_call

    now = timezone.now()
    make_call(number=f"示例{now.timestamp()}号", summary="征集照护者培训。", awards=12)
    make_call(number=f"示例{now.timestamp()}号乙", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    return "/ventures/"


def call() -> str:
    from tests.factories.ventures import make_call

    now = timezone.now()
    day = timezone.localdate() + timedelta(days=30)
    made = make_call(
        number=f"示例{now.timestamp()}号",
        contact_phone="022-55550120",
        bids_opened_at=now + timedelta(days=22),
        publicity_from=day,
        publicity_to=day + timedelta(days=5),
        awards=12,
    )
    return str(made.get_absolute_url())


def directory() -> str:
    """The list with entries of two streets, one of them not checked in time."""
    from portal.core.models import Division
    from tests.factories.directory import make_entry

    for street in Division.objects.filter(level="street")[:2]:
        make_entry(division=street, address="示例路2号", offers="可接待30人", hours="工作日 9:00—17:00")
    make_entry(last_checked=timezone.localdate() - timedelta(days=400))
    return "/directory/"


def directory_entry() -> str:
    from tests.factories.directory import make_entry

    return str(make_entry(address="示例路2号", offers="可接待30人").get_absolute_url())


def stories() -> str:
    from tests.factories.stories import make_picture, make_story

    make_story(slug=f"s{timezone.now():%H%M%S%f}", picture=make_picture(), picture_nobody=True)
    return "/stories/"


def story() -> str:
    from tests.factories.projects import make_project
    from tests.factories.stories import make_picture, make_story

    made = make_story(
        slug=f"s{timezone.now():%H%M%S%f}", project=make_project(), picture=make_picture(), picture_nobody=True,
        body=[("paragraph", "<h2>续约那天</h2><p>下象棋。</p>"), ("quote", {"text": "留下练。", "source": "老人"})],
    )  # fmt: skip
    return str(made.address)


PAGES = [
    PublicPage("styleguide", at("/styleguide/")),
    PublicPage("accessibility", at("/accessibility/")),
    PublicPage("privacy", at("/privacy/")),
    PublicPage("sitemap", at("/site-map/")),
    PublicPage("sign in", at("/accounts/sign-in/")),
    PublicPage("forgotten password", at("/accounts/password/reset/")),
    PublicPage("link sent", at("/accounts/password/reset/sent/")),
    PublicPage("link used up", at("/accounts/password/reset/MQ/set-password/")),
    PublicPage("change password", at("/accounts/password/"), role="volunteer"),
    PublicPage("second factor", at("/accounts/second-factor/set-up/"), role="publicist"),
    PublicPage("own organisations", at("/desk/organisations/"), role="school_manager"),
    PublicPage("pupils' certificates", school_desk, role="school_manager"),
    PublicPage("organisation", organisation_desk, role="organisation_manager"),
    PublicPage("no projects", at("/projects/?q=没有这样的项目")),
    PublicPage("projects", project_list),
    PublicPage("project", project),
    PublicPage("home", at("/")),
    PublicPage("policies", at("/policies/")),
    PublicPage("policy", policy),
    PublicPage("articles", first_page("articleindexpage")),
    PublicPage("article", article),
    PublicPage("brands", first_page("brandindexpage")),
    PublicPage("brand", first_page("brandpage")),
    PublicPage("contact", first_page("contactpage")),
    PublicPage("story", story),
    PublicPage("call", call),
    PublicPage("join", at("/join/")),
    PublicPage("platform", at("/"), platform=True),
    PublicPage("search", found),
    PublicPage("everything", at("/search/")),
    PublicPage("nothing found", at("/search/?q=量子力学&service=emergency")),
    PublicPage("near me", at("/search/near/")),
    PublicPage("near me, a street", near),
    PublicPage("platform search", at("/search/?q=培训"), platform=True),
    PublicPage("platform search of a region", at("/search/?place=45"), platform=True),
    PublicPage("platform near me", at("/search/near/"), platform=True),
    PublicPage("no calls", at("/ventures/?q=没有这样的公告")),
    PublicPage("calls", calls),
    PublicPage("no directory", at("/directory/?q=没有这样的单位")),
    PublicPage("directory", directory),
    PublicPage("directory entry", directory_entry),
    PublicPage("no stories", at("/stories/?q=没有这样的案例")),
    PublicPage("stories", stories),
    PublicPage("notices", at("/notices/"), role="volunteer"),
    PublicPage("desk", volunteer_at("/desk/"), role="volunteer"),
    PublicPage("profile", volunteer_at("/desk/profile/"), role="volunteer"),
    PublicPage("account", volunteer_at("/desk/account/"), role="volunteer"),
    PublicPage("certificates", volunteer_at("/desk/certificates/"), role="volunteer"),
    PublicPage("contested certificate", contest, role="volunteer"),
    PublicPage("certificates for members", body_certificates, role="organisation_manager"),
    PublicPage("what came of them", body_order, role="organisation_manager"),
    PublicPage("organisation's certificates", group_certificates, role="organisation_manager"),
    PublicPage("stars under publicity", stars),
    PublicPage("star", volunteer_at("/desk/star/"), role="volunteer"),
    PublicPage("sign up", volunteer_at("/desk/shifts/{shift}/sign-up/"), role="volunteer"),
    PublicPage("record", volunteer_at("/desk/records/{record}/"), role="volunteer"),
    PublicPage("profile of a child", child_at("/desk/profile/"), role="publicist"),
    PublicPage("sign up of a child", child_at("/desk/shifts/{shift}/sign-up/"), role="publicist"),
    PublicPage("sign up withdrawn", volunteer_at("/desk/sign-ups/{sign_up}/withdraw/"), role="volunteer"),
    PublicPage("project, signed in", own_project, role="volunteer"),
    PublicPage("card", card, role="volunteer"),
    PublicPage("desk of who takes a roll", community_desk, role="community_worker"),
    PublicPage("roll", roll, role="community_worker"),
    PublicPage("records to confirm", records_to_confirm, role="officer"),
    PublicPage("certificate check", at("/certificates/check/")),
    PublicPage("certificate misread", at("/certificates/check/?number=120101-2026-000001-1"), status=400),
    PublicPage("certificate valid", checked_certificate),
    PublicPage("certificate revoked", lambda: checked_certificate(holder="revoked", revoked=True)),
    PublicPage("certificate elsewhere", at("/certificates/check/450100-2026-000001-2/"), status=404),
    PublicPage("shared certificate", shared_certificate),
    PublicPage("volunteer card valid", checked_card),
    PublicPage("volunteer card not valid", at("/K/AAAA"), status=404),
    PublicPage("certificates in a batch", at("/certificates/check/batch/")),
    PublicPage("signing keys", signing_keys),
    PublicPage("signing keys of all sites", at("/certificates/keys/"), platform=True),
    PublicPage("platform certificate check", at("/certificates/check/"), platform=True),
    PublicPage("platform certificate valid", lambda: checked_certificate(holder="platform"), platform=True),
    PublicPage("keep a search", at("/search/saved/?q=送餐&kind=project&place=120101")),
    PublicPage("kept search asked for", at("/search/saved/asked/")),
    PublicPage("kept search to confirm", saved_search("confirm")),
    PublicPage("kept search confirmed", saved_search("confirm", confirmed=True)),
    PublicPage("kept search to stop", saved_search("stop")),
    PublicPage("kept search stopped", at("/search/saved/x/stop/")),
    PublicPage("API", at("/api/v1/docs")),
    PublicPage("platform API", at("/api/v1/docs"), platform=True),
    PublicPage("not found", at("/no-such-page/"), status=404),
    PublicPage("platform accessibility", at("/accessibility/"), platform=True),
    PublicPage("platform not found", at("/no-such-page/"), platform=True, status=404),
]
