"""Plants the page tree that every tenant has, and gives it the tenant's names."""

from typing import Any

from wagtail.models import Page, PageLogEntry, Site, Task, Workflow

from portal.core.models import Brand
from portal.core.signals import tree_planted
from portal.core.tasks import refresh_index
from portal.home.blocks.home import FIRST_SECTIONS
from portal.home.models import (
    ArticleIndexPage,
    BrandIndexPage,
    BrandPage,
    ContactPage,
    HomePage,
    PolicyIndexPage,
)
from tenants.models import Tenant

_INDEXES: tuple[tuple[type[Page], str, str], ...] = (
    (PolicyIndexPage, "政策文件", "policies"),
    (ArticleIndexPage, "公示与公告", "news"),
    (BrandIndexPage, "品牌", "brands"),
    (ContactPage, "联系我们", "contact"),
)


def plant_tree(**_: Any) -> None:
    """Front page and index pages, in the schema that all tenants are made from."""
    root = Page.get_first_root_node()
    for welcome in root.get_children():
        welcome.delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="首页", slug="home", body=FIRST_SECTIONS))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    for model, title, slug in _INDEXES:
        home.add_child(instance=model(title=title, slug=slug))
    brands = BrandIndexPage.objects.get()
    for brand in Brand.objects.all():
        brands.add_child(instance=BrandPage(title=brand.name, slug=brand.slug, brand=brand))
    tree_planted.send(sender=HomePage, home=home)
    # The history of a new site begins with what its own people do.
    PageLogEntry.objects.all().delete()
    Page.objects.filter(depth=1).update(title="全站", draft_title="全站")
    pages = Workflow.objects.filter(workflow_pages__isnull=False)
    Task.objects.filter(workflow_tasks__workflow__in=pages).update(name="审核人员同意")
    pages.update(name="发布审核")


def name_tree(*, tenant: Tenant, **_: Any) -> None:
    """The tenant's host, title and brands on the pages that came with the template; 30 ms."""
    Site.objects.update(hostname=tenant.get_primary_domain().domain, site_name=tenant.short_name)
    pages = list(BrandPage.objects.select_related("brand").order_by("brand__order"))
    spare = [page for page in pages if not page.brand.is_active]
    kept = [page for page in pages if page.brand.is_active]
    for page in kept:
        brand = page.brand
        page.title = page.draft_title = brand.name
        page.slug, page.summary = brand.slug, brand.tagline
        page.url_path = f"{page.url_path.rsplit('/', 2)[0]}/{brand.slug}/"
        page.live = True
    for page in spare:
        page.live = False
    Page.objects.bulk_update(pages, ["title", "draft_title", "slug", "url_path", "live"])
    BrandPage.objects.bulk_update(kept, ["summary"])
    refresh_index.enqueue()
