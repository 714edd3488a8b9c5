"""Honours wear the site's own published design, for their occasion or their kind; another site's never."""

from typing import Any

from django_tenants.utils import tenant_context

from certificates.download import pdf_bytes
from certificates.models import Certificate
from certificates.offline import read_print
from portal.honours.domain import approve_round, award_star, propose_round
from portal.volunteers.domain.asking import renew
from portal.volunteers.domain.correct import correct_person
from tests.cast import person
from tests.factories.designs import make_published
from tests.factories.honours import few_hours_a_star, make_proposed, make_round, second_officer, serve
from tests.factories.volunteers import make_volunteer
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


def test_a_corrected_name_is_put_into_the_frozen_words_and_into_nothing_else(tenant_a: Any) -> None:
    make_published("honour", "campaign", text="{name}在{project}中服务{hours}小时，{period}，{content}。")
    volunteer = make_volunteer(name="李梅")
    serve(volunteer)
    approve_round(propose_round(make_round(title="李梅之家敬老月"), by=person("officer")), by=second_officer())
    run_queued()
    make_published("honour", "campaign", text="另一种写法：{name}，{project}，{hours}小时，{period}，{content}。")
    correct_person(volunteer, by=person("officer"), why="与证件不符", name="李玫")
    renewed = renew(Certificate.objects.get(), by=volunteer.user)
    assert renewed.facts.honour is not None
    assert renewed.facts.honour.text.startswith("李玫在李梅之家敬老月中服务2小时")
