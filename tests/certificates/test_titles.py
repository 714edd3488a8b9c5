"""Lists call a certificate by its days as pages write them, in the reader's language."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from certificates.enums import Kind, PartKind
from certificates.facts import CertificateFacts, Part
from certificates.models import Certificate
from certificates.titles import title_of
from tests.factories.certificates import make_facts, make_honour, make_row

ONE_DAY = {"period_start": date(2026, 3, 5), "period_end": date(2026, 3, 5)}
PART = Part(kind=PartKind.PROJECT, name="Tea", number="120101-2026-0042")


def _titles(facts: CertificateFacts, **more: Any) -> list[str]:
    certificate = Certificate(kind=Kind(str(facts.kind)), facts_json=facts.to_json())
    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told.append(title_of(certificate, **more))
    return told


@pytest.mark.parametrize(
    ("facts", "more", "titles"),
    [
        (
            make_facts(),
            {},
            ["2026年3月1日—2026年3月31日 志愿服务记录证明", "1 Mar 2026—31 Mar 2026, Record of Volunteer Service"],
        ),
        (
            make_facts(**ONE_DAY, rows=(make_row(),)),
            {},
            ["2026年3月5日 志愿服务记录证明", "5 Mar 2026, Record of Volunteer Service"],
        ),
        (
            make_facts(part=PART),
            {},
            [
                "“Tea” 2026年3月1日—2026年3月31日 志愿服务记录证明",
                "“Tea”, 1 Mar 2026—31 Mar 2026, Record of Volunteer Service",
            ],
        ),
        (
            make_honour(**ONE_DAY),
            {"of": "Autumn"},
            [
                "“Autumn” 2026年3月5日 志愿服务证书（星级：三星）",
                "“Autumn”, 5 Mar 2026, Certificate of Volunteer Service (Star: 3 stars)",
            ],
        ),
    ],
)
def test_a_title_names_its_days(facts: CertificateFacts, more: dict[str, Any], titles: list[str]) -> None:
    assert _titles(facts, **more) == titles
