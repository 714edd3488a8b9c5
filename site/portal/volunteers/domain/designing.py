"""Sheets with which officers look at a design: invented people, the site's own brand and name."""

from django.utils import translation

from certificates.design import Design
from certificates.designs import Sample, sample_facts, sample_imprint
from certificates.designs.series import Series
from certificates.facts import Programme
from portal.core.models import Brand
from portal.volunteers.domain.certify import issuing_body, programme_of


def sample_programme(brand: Brand | None = None) -> Programme:
    """Of the brand, else of the site's first main one."""
    shown = brand or Brand.objects.filter(is_active=True).order_by("-is_main", "order", "pk").first()
    with translation.override("zh-hans"):  # the sheet is Chinese, whatever language the officer reads
        return programme_of({shown})


def sample_sheet(
    design: Design, series: Series, *, sample: str = Sample.USUAL, brand: Brand | None = None, host: str
) -> bytes:
    """A PDF that proves nothing: its number is 样张. Raises what `designs.dressed` raises."""
    from certificates.rendering import press  # WeasyPrint: half a second that only a look at a design pays

    programme, bodies = sample_programme(brand), (issuing_body(),)
    facts = sample_facts(design, *series, sample=sample, programme=programme, bodies=bodies)
    return press.print_certificate(facts, sample_imprint(host))
