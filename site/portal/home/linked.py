"""Policy documents and articles in words of schema.org."""

from typing import Any

from portal.core.linked_data import describes, organisation
from portal.home.models import ArticlePage, PolicyPage


@describes(PolicyPage)
def legislation(page: PolicyPage) -> dict[str, Any]:
    """The data of the document, as they stand above its text. A draft is no legislation in force."""
    issuers = [organisation(name, "GovernmentOrganization") for name in page.issuers.split()]
    in_force = "NotInForce" if page.is_draft or page.is_repealed else "InForce"
    return {
        "@type": "Legislation",
        "name": page.title,
        "description": page.summary,
        "url": page.address,
        "legislationIdentifier": page.document_number,
        "legislationLegalForce": f"https://schema.org/{in_force}",
        "legislationDate": page.formed_on,
        "legislationDateOfApplicability": page.effective_on,
        "datePublished": page.issued_on,
        "legislationPassedBy": issuers,
        "publisher": organisation(page.publisher, "GovernmentOrganization"),
        "about": page.subject,
        "identifier": page.index_number,
    }


@describes(ArticlePage)
def news(page: ArticlePage) -> dict[str, Any]:
    """A notice, a publicity, a piece of news."""
    return {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "url": page.address,
        "articleSection": str(page.get_kind_display()),
        "datePublished": page.date,
        "dateModified": page.last_published_at,
        "expires": page.until,
        "author": organisation(page.source),
    }
