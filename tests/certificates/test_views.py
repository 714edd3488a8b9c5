"""The public check pages: what anyone may learn of a certificate, on both hosts, and nothing else."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.domain import correct_certificate, issue_certificate
from certificates.models import Certificate
from certificates.numbering import Number
from certificates.queries import lead_on
from certificates.wording import long_date
from tenants.enums import TenantState
from tests.factories.certificates import make_facts, make_issued, make_requested, make_revoked, make_row

ClientFor = Callable[..., Client]


def found(response: Any) -> dict[str, str]:
    """The pairs that the verdict shows."""
    verdict = response.content.decode().split('<section class="verdict')[1].split("</section>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", verdict, re.S)
    return {unescape(label): unescape(value) for label, value in pairs}


def headline(response: Any) -> str:
    return re.search(r"<h2>(.*?)</h2>", response.content.decode().split('<section class="verdict')[1])[1]  # type: ignore[index]  # a missing heading fails the test


def check(client: Client, number: str) -> Any:
    return client.get(f"/certificates/check/{number}/")


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    return make_issued()


def expected(certificate: Certificate, status: str = "有效") -> dict[str, str]:
    return {
        "编号": certificate.number,
        "状态": status,
        "种类": "志愿服务记录证明",
        "姓名": "欧***",
        "服务时长": "3.5小时",
        "服务期间": "2026年3月1日—2026年3月31日",
        "出具单位": "开封道社区志愿服务站",
        "出具日期": long_date(timezone.localdate()),
    }


def test_a_valid_certificate_shows_eight_facts_on_both_hosts(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    for client in (client_for(tenant_a), platform_client):
        response = check(client, issued.number)
        assert (response.status_code, headline(response)) == (200, "真的，有效")
        assert found(response) == expected(issued)


def test_the_page_holds_nothing_else_of_the_facts(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    secrets = [
        "欧阳", "娜", "1201***", "12010100264471", "赵堃", "李喆", "022-", "周三电话问候", "独居老年人", "小白楼",
        "上门探访", "volunteer:1", issued.pdf_sha256, "2026.03.05", "2026年3月5日",
    ]  # fmt: skip
    for client in (client_for(tenant_a), client_for(tenant_a, "officer"), platform_client):
        page = check(client, issued.number).content.decode()
        assert [secret for secret in secrets if secret in page] == []


def test_a_number_is_found_however_it_is_typed(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    digits = issued.number.replace("-", "")
    for typed in (issued.number, digits, digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))):
        response = client.get("/certificates/check/", {"number": typed})
        assert (response.status_code, response.headers["Location"]) == (302, f"/certificates/check/{issued.number}/")
    assert check(client, digits).headers["Location"] == f"/certificates/check/{issued.number}/"


def test_the_qr_code_leads_to_the_result_in_either_case(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    printed = issued.imprint.qr_url.removeprefix("HTTP://HEPING.TIANJIN.LOCALHOST:8000")
    for client in (Client(SERVER_NAME=tenant_a.host.upper()), client_for(tenant_a), platform_client):
        for path in (printed, printed.lower()):
            response = client.get(path, follow=True)
            assert (response.status_code, found(response)) == (200, expected(issued))


def test_a_superseded_certificate_names_the_newer_one(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    new = correct_certificate(issued, make_facts(main_content="上门探访"), requested_by="officer")
    client = client_for(tenant_a)
    assert headline(check(client, issued.number)) == "真的，有效"
    assert new.number not in check(client, issued.number).content.decode()

    issue_certificate(new.pk)
    response = check(client, issued.number)
    today = long_date(timezone.localdate())
    assert (response.status_code, headline(response)) == (200, "真的，但已被新证书替换")
    assert found(response) == expected(issued, status=f"{today}起不再使用")
    assert f'<a href="/certificates/check/{new.number}/">{new.number}</a>' in response.content.decode()


def test_a_revoked_certificate_says_since_when_and_why_in_general(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    make_revoked(issued, reason="王某冒名领取")
    response = check(client_for(tenant_a), issued.number)
    assert (response.status_code, headline(response)) == (200, "已撤销，不要采信")
    status = f"{long_date(timezone.localdate())}起已撤销"
    assert found(response) == {**expected(issued, status=status), "撤销事由": "不是持有人本人的服务"}
    assert "冒名" not in response.content.decode()


def test_a_number_that_is_still_being_made_is_as_unknown_as_one_never_taken(
    tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    waiting = make_requested()
    never = str(Number("120101", 2026, 999_999))
    for client in (client_for(tenant_a), platform_client):
        pages = [check(client, number) for number in (waiting.number, never)]
        assert [(page.status_code, headline(page)) for page in pages] == [(404, "没有这张证书")] * 2
        texts = [
            page.content.decode().replace(number, "#")
            for page, number in zip(pages, (waiting.number, never), strict=True)
        ]
        assert texts[0] == texts[1]


def test_another_tenants_number_is_sent_home_without_being_looked_at(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    with tenant_context(tenant_b):
        make_issued(holder_name="韦青", holder_masked="韦*")
    response = check(client_for(tenant_b), issued.number)
    page = response.content.decode()
    assert (response.status_code, headline(response)) == (404, "不是本站出具的")
    assert f'href="http://{tenant_a.host}:8000/certificates/check/{issued.number}/"' in page
    assert "天津市和平区" in page
    assert [secret for secret in ("欧", "3.5", "开封道") if secret in page] == []
    # whether the number exists there is not told here
    unknown = str(Number("120101", 2026, 999_999))
    other = check(client_for(tenant_b), unknown).content.decode()
    assert other.replace(unknown, "#") == page.replace(issued.number, "#")


def test_two_tenants_with_the_same_sequence_are_told_apart_on_the_platform(
    issued: Certificate, tenant_b: Any, platform_client: Client
) -> None:
    with tenant_context(tenant_b):
        theirs = make_issued(holder_name="韦青", holder_masked="韦*")
    assert theirs.sequence == issued.sequence
    assert found(check(platform_client, issued.number))["姓名"] == "欧***"
    assert found(check(platform_client, theirs.number))["姓名"] == "韦*"


def test_the_platform_answers_for_a_site_that_is_paused(
    issued: Certificate, tenant_a: Any, platform_client: Client, client_for: ClientFor
) -> None:
    tenant_a.state = TenantState.PAUSED
    tenant_a.save()
    assert check(client_for(tenant_a), issued.number).status_code == 503
    assert found(check(platform_client, issued.number)) == expected(issued)


@pytest.mark.parametrize("host", ["tenant", "platform"])
def test_a_number_of_no_site_is_unknown(
    host: str, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    client = client_for(tenant_a) if host == "tenant" else platform_client
    for division in ("999999", "000000"):  # nobody's, and the platform's own row
        response = check(client, str(Number(division, 2026, 1)))
        assert (response.status_code, headline(response)) == (404, "没有这张证书")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请输入证书编号。"),
        ("abc", "编号应是17位以上的数字"),
        ("120101-2026-000123-6", "编号的校验位对不上"),
        ("1" * 101, "太长了"),
        ("<script>alert(1)</script>", "编号应是17位以上的数字"),
    ],
)
def test_what_is_no_number_is_answered_at_its_field(
    typed: str, message: str, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    for client in (client_for(tenant_a), platform_client):
        response = client.get("/certificates/check/", {"number": typed})
        page = response.content.decode()
        assert response.status_code == 400
        assert message in page
        assert 'aria-invalid="true"' in page
        assert "<script>alert" not in page


def test_a_wrong_digit_in_the_address_is_answered_like_one_in_the_form(tenant_a: Any, client_for: ClientFor) -> None:
    response = check(client_for(tenant_a), "120101-2026-000123-6")
    assert response.status_code == 400
    assert "编号的校验位对不上" in response.content.decode()


def test_results_are_neither_cached_nor_indexed_nor_changed(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a)
    response = check(client, issued.number)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert client.post(f"/certificates/check/{issued.number}/").status_code == 405


def test_a_check_costs_the_same_with_one_certificate_and_with_three(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, django_assert_num_queries: Any
) -> None:
    client = client_for(tenant_a)
    check(client, issued.number)
    with django_assert_num_queries(7):
        check(client, issued.number)
    for person in range(2):
        make_issued(holder_key=f"volunteer:{person + 2}")
    with django_assert_num_queries(7):
        check(client, issued.number)


def test_a_period_of_one_day_is_one_day(tenant_a: Any, client_for: ClientFor) -> None:
    day = date(2026, 3, 5)
    facts = make_facts()
    certificate = make_issued(period_start=day, period_end=day, rows=facts.rows[:1])
    assert found(check(client_for(tenant_a), certificate.number))["服务期间"] == "2026年3月5日"


def test_a_certificate_corrected_twice_leads_directly_to_the_newest(
    tenant_a: Any, client_for: ClientFor, issued: Certificate, django_assert_num_queries: Any
) -> None:
    chain = [issued]
    for hours in (1, 2, 3):
        facts = make_facts(rows=(make_row(minutes=60 * hours),))
        newer = correct_certificate(chain[-1], facts, requested_by="test")
        chain.append(issue_certificate(newer.pk))
    page = client_for(tenant_a).get(f"/certificates/check/{issued.number}/").text
    assert f'href="/certificates/check/{chain[-1].number}/"' in page
    assert all(between.number not in page for between in chain[1:-1])
    underway = correct_certificate(chain[-1], make_facts(), requested_by="test")
    assert underway.number not in client_for(tenant_a).get(f"/certificates/check/{issued.number}/").text
    rows = list(Certificate.objects.select_related("replaced_by"))
    with django_assert_num_queries(2):
        newest = {row.pk: row.newest for row in lead_on(rows) if row.newest}
    assert newest == {row.pk: chain[-1].number for row in chain[:-1]}
