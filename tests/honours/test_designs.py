"""Honours wear the site's own published design, for their occasion or their kind; another site's never."""

from typing import Any

from django_tenants.utils import tenant_context

from certificates.download import pdf_bytes
from certificates.models import Certificate
from certificates.offline import read_print
from portal.honours.domain import award_star
from tests.factories.designs import make_published
from tests.factories.honours import few_hours_a_star, make_proposed, second_officer
from tests.tasks import run_queued


def test_a_star_is_awarded_in_the_sites_own_words(tenant_a: Any, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        make_published("honour", "star", heading="邕城之星")
    make_published(heading="荣誉证书")
    make_published(
        "honour", "star", heading="银龄之星", text="{name}：{period}，{content}，{hours}小时，评为{level}星。"
    )
    few_hours_a_star()
    award_star(make_proposed(), by=second_officer())
    run_queued()
    issued = Certificate.objects.get()
    words = read_print(pdf_bytes(issued))
    assert issued.design_version == "honour.star/1"
    assert ("银龄之星" in words, "荣誉证书" in words, "邕城之星" in words) == (True, False, False)
    assert issued.facts.honour is not None
    assert issued.facts.honour.text.startswith(f"{issued.facts.holder_name}：")
