"""Pages of a site."""

from portal.home.models.article import ArticleIndexPage, ArticlePage
from portal.home.models.brand import BrandIndexPage, BrandPage
from portal.home.models.home_page import HomePage
from portal.home.models.plain import ContactPage, StandardPage
from portal.home.models.policy import PolicyAttachment, PolicyIndexPage, PolicyPage

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "BrandIndexPage",
    "BrandPage",
    "ContactPage",
    "HomePage",
    "PolicyAttachment",
    "PolicyIndexPage",
    "PolicyPage",
    "StandardPage",
]
