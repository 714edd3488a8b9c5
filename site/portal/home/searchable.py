"""What search may know of pages: policy documents and their parts, articles, ordinary pages."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from portal.core import queries
from portal.core.days import long_day
from portal.core.listed import lines, plain, site_code, stream_text, told
from portal.core.listed_pages import declare_pages
from portal.core.models import BasePage, Brand, LegalFooter, SiteIdentity
from portal.core.queries import for_everybody
from portal.home.enums import PolicyStatus
from portal.home.models import (
    ArticleIndexPage,
    ArticlePage,
    BrandIndexPage,
    BrandPage,
    ContactPage,
    HomePage,
    PolicyIndexPage,
    PolicyPage,
    StandardPage,
)
from portal.home.policy_sections import Section, sections
from search.documents import Document
from search.registry import Declaration, not_listed

_TYPES = ("standardpage", "brandpage", "contactpage")


def policy_documents(page: PolicyPage) -> Iterator[Document]:
    """The document, then each of its parts under the address of its heading."""
    issuer = page.publisher or "、".join(page.issuers.split())
    date = page.issued_on or page.formed_on
    number, status = page.document_number, str(page.get_status_display())
    common: dict[str, Any] = {
        "number": number,
        "organiser": issuer,
        "division_code": site_code(),
        "status": page.status,
        "published_on": date or _published(page),
        "visible_until": page.expire_at,
    }
    beside = told(number, long_day(date) if date else "", "" if page.status == "in_force" else status)
    yield Document(
        url=page.address,
        title=page.title,
        summary=page.summary,
        body="\n".join(told(*(_block_text(block) for block in page.body))),
        keywords=told(_("政策文件"), status, page.index_number, page.subject, page.issuers),
        shown={"beside": beside, "facts": told(issuer)},
        **common,
    )
    for section in sections(page):
        yield _part(page, section, beside, common)


def _part(page: PolicyPage, section: Section, beside: list[str], common: dict[str, Any]) -> Document:
    return Document(
        url=f"{page.address}#{section.anchor}",
        part=section.anchor,
        title=section.title,
        body=section.text,
        keywords=told(section.above),
        shown={"beside": beside, "of": page.title, "facts": told(section.above)},
        **common,
    )


def article_documents(page: ArticlePage) -> Iterator[Document]:
    """One notice, publicity or piece of news."""
    kind = str(page.get_kind_display())
    until = _("公示至%(day)s") % {"day": long_day(page.until)} if page.until else ""
    yield Document(
        url=page.address,
        title=page.title,
        summary=page.summary,
        body=stream_text(page.body),
        keywords=[kind],
        organiser=page.source,
        shown={"beside": [kind, long_day(page.date)], "facts": told(until, page.source)},
        division_code=site_code(),
        published_on=page.date,
        visible_until=page.expire_at,
    )


def plain_documents(found: Page) -> Iterator[Document]:
    """A brand's page, an ordinary page, or the one that says how to reach the site."""
    page = next(getattr(found, name) for name in _TYPES if hasattr(found, name))
    brand = page.brand if isinstance(page, BrandPage) else None
    yield Document(
        url=page.address,
        title=page.title,
        summary=page.summary,
        body=lines(*((brand.tagline, brand.description) if brand else ()), stream_text(page.body)),
        brand=brand.name if brand else "",
        division_code=site_code(),
        published_on=_published(page),
        visible_until=page.expire_at,
        **(_contact() if isinstance(page, ContactPage) else {}),
    )


def _contact() -> dict[str, Any]:
    """What the page adds of the settings of the site."""
    identity, footer = queries.identity(), queries.footer()
    return {
        "keywords": told(_("咨询电话"), identity.phone, footer.organiser, footer.address, footer.complaints),
        "shown": {"facts": told(identity.phone, identity.phone_hours)},
    }


def _block_text(block: Any) -> str:
    return plain(block.value.source) if block.block_type == "text" else str(block.value)


def _published(page: BasePage) -> Any:
    return timezone.localdate(page.first_published_at) if page.first_published_at else None


def _plain_pages() -> QuerySet[Page]:
    """Of three types in one query; a page that is half deleted has no row of its type any more."""
    whole = Q(standardpage__isnull=False) | Q(brandpage__isnull=False) | Q(contactpage__isnull=False)
    found = for_everybody(Page.objects.filter(whole))
    return found.select_related("standardpage", "brandpage__brand", "contactpage")


declare_pages(
    Declaration(
        kind="policy",
        label=gettext_lazy("政策"),
        model=PolicyPage,
        public=lambda: for_everybody(PolicyPage.objects.all()),
        documents=policy_documents,
        statuses=dict(PolicyStatus.choices),
    )
)
declare_pages(
    Declaration(
        kind="article",
        label=gettext_lazy("公告"),
        model=ArticlePage,
        public=lambda: for_everybody(ArticlePage.objects.all()),
        documents=article_documents,
    )
)
declare_pages(
    Declaration(
        kind="page",
        label=gettext_lazy("网页"),
        model=StandardPage,
        variants=(BrandPage, ContactPage),
        public=_plain_pages,
        documents=plain_documents,
        depends={
            Brand: lambda brand: BrandPage.objects.filter(brand=brand),
            LegalFooter: lambda footer: ContactPage.objects.all(),
            SiteIdentity: lambda identity: ContactPage.objects.all(),
        },
    )
)
not_listed(HomePage, ArticleIndexPage, BrandIndexPage, PolicyIndexPage)
