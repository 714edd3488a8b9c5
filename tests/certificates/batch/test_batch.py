"""Many certificates at once: pasted, in a spreadsheet or as a ZIP, each row answered as it would be alone."""

import csv
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from certificates.download import pdf_bytes
from certificates.enums import Action
from certificates.models import Certificate, LogEntry
from certificates.numbering import Number
from certificates.wording import long_date
from tests.certificates.batch.handing import (
    NEVER,
    NOBODYS,
    PLAIN_PDF,
    ClientFor,
    hand_in,
    results,
    table_of,
    workbook,
    zipped,
)
from tests.factories.certificates import make_facts, make_issued, make_requested


def test_pasted_numbers_are_answered_row_by_row(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    wide = issued.number.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    waiting = make_requested(main_content="上门探访")
    wrong = issued.number[:-1] + str((int(issued.number[-1]) + 1) % 10)
    text = f"{issued.number}\n\n{wide}，{NEVER}；{waiting.number}\n{wrong}\n张三\n{NOBODYS}"
    rows = table_of(hand_in(client_for(tenant_a), numbers=text))
    assert [(given, result) for given, result, _note in rows] == [
        (issued.number, "真的，有效"),
        (wide, "真的，有效"),
        (NEVER, "没有这张证书"),
        (waiting.number, "没有这张证书"),
        (wrong, "没有核验"),
        ("张三", "没有核验"),
        (NOBODYS, "没有这张证书"),
    ]
    assert rows[1][2] == "与第1行相同。"
    assert "校验位对不上" in rows[4][2]
    assert "编号应是17位以上的数字" in rows[5][2]
    assert rows[2][2].replace(NEVER, "#") == rows[3][2].replace(waiting.number, "#")


def test_a_row_shows_what_the_single_check_shows_and_no_more(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    page = hand_in(client_for(tenant_a), numbers=issued.number).text
    facts = re.search(r'data-head="存档里的">(.*?)</td>', page, re.S)
    assert facts is not None
    day = long_date(issued.issued_on)
    assert facts[1].split("；") == [
        "有效", "志愿服务记录证明", "欧***", "3.5小时", "2026年3月1日—2026年3月31日", "开封道社区志愿服务站", day,
    ]  # fmt: skip
    secrets = ["欧阳", "1201***", "12010100264471", "赵堃", "周三电话问候", "volunteer:1", issued.pdf_sha256]
    assert [secret for secret in secrets if secret in page] == []


def test_numbers_of_other_sites_are_sent_home_here_and_answered_on_the_platform(
    issued: Certificate, tenant_b: Any, client_for: ClientFor, platform_client: Client
) -> None:
    with tenant_context(tenant_b):
        theirs = make_issued(holder_name="韦青", holder_masked="韦*")
    text = f"{issued.number}\n{theirs.number}"
    rows = table_of(hand_in(client_for(tenant_b), numbers=text))
    assert [result for _given, result, _note in rows] == ["不是本站出具的", "真的，有效"]
    assert "天津市和平区" in rows[0][2]
    assert results(hand_in(platform_client, numbers=text)) == ["真的，有效", "真的，有效"]


def test_a_zip_of_files_is_answered_file_by_file(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    data = pdf_bytes(issued)
    archive = zipped(
        [
            ("证书/一.pdf", data),
            ("证书/再一次.PDF", data),
            ("改过.pdf", data + b"\n"),
            ("别处的.pdf", PLAIN_PDF),
            ("空的.pdf", b""),
            ("index.xlsx", b"PK"),
            ("里面的.zip", zipped([("a.pdf", data)])),
            ("=1+1.pdf", b"nothing"),
            ("__MACOSX/._一.pdf", b"x"),
            (".DS_Store", b"x"),
            ("Thumbs.db", b"x"),
        ]
    )
    rows = table_of(hand_in(client_for(tenant_a), archive))
    assert [(given, result) for given, result, _note in rows] == [
        ("一.pdf", "真的，有效"),
        ("再一次.PDF", "真的，有效"),
        ("改过.pdf", "文件被改过，不要采信"),
        ("别处的.pdf", "不是这里出具的证书"),
        ("空的.pdf", "这个文件核验不了"),
        ("index.xlsx", "没有核验"),
        ("里面的.zip", "没有核验"),
        ("=1+1.pdf", "这个文件核验不了"),
    ]
    assert [rows[at][2] for at in (1, 5, 6)] == [
        "与第1行相同。",
        "不是PDF，也不是电子凭证，没有核验。",
        "压缩包里的压缩包不打开，请解开后再交。",
    ]


def test_the_table_is_taken_along_as_csv_without_formulas(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a)
    page = hand_in(client, zipped([("=cmd.pdf", PLAIN_PDF), ("一.pdf", pdf_bytes(issued))])).text
    signed = re.search(r'name="signed" value="([^"]+)"', page)
    assert signed is not None
    response = client.post("/certificates/check/batch/csv/", {"signed": unescape(signed[1])})
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == [
        "行", "交来的", "编号", "结果", "状态", "种类", "姓名或名称", "服务时长", "服务期间",
        "出具单位", "出具日期", "说明",
    ]  # fmt: skip
    assert rows[1][:4] == ["1", "'=cmd.pdf", "", "不是这里出具的证书"]
    assert rows[2][:7] == ["2", "一.pdf", issued.number, "真的，有效", "有效", "志愿服务记录证明", "欧***"]
    for forged in ("", "x", signed[1][:-1], signed[1] + "0"):
        refused = client.post("/certificates/check/batch/csv/", {"signed": forged})
        assert refused.status_code == 400
        assert "请再核验一次" in refused.text


SHEETS: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "xlsx with a heading": lambda number: (
        "表.xlsx",
        workbook([["身份证号", "姓名", "证书编号"], ["120101195001011234", "张三", number], [None, None, None]]),
    ),
    "xlsx without one": lambda number: ("表.xlsx", workbook([["张三", number]])),
    "xlsx whose name says zip": lambda number: ("表.zip", workbook([["编号"], [number]])),
    "csv of Excel in Chinese": lambda number: ("表.csv", f"姓名,编号\r\n张三,{number}\r\n".encode("gb18030")),
    "csv with byte order mark": lambda number: ("表.csv", f"姓名;编号\n张三;{number}\n".encode("utf-8-sig")),
    "csv in UTF-16": lambda number: ("表.csv", f"姓名\t编号\n张三\t{number}\n".encode("utf-16")),
    "text": lambda number: ("表.txt", f"{number}\n".encode()),
    "text in GB 18030 without digits between": lambda number: ("表.txt", number.replace("-", "").encode("gb18030")),
    "pasted": lambda number: ("", b""),
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
def test_a_list_is_read_in_whatever_form_it_comes(
    case: str, issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    name, data = SHEETS[case](issued.number)
    response = hand_in(client_for(tenant_a), data, name, numbers="" if data else issued.number)
    assert [row[:2] for row in table_of(response)] == [
        (issued.number if "digits" not in case else issued.number.replace("-", ""), "真的，有效")
    ]


def test_a_number_that_a_spreadsheet_rounded_is_told_from_a_misprint(tenant_a: Any, client_for: ClientFor) -> None:
    data = workbook([["编号"], [12010120260001200], [None, "张三"], ["1.20101E+16"]])
    rows = table_of(hand_in(client_for(tenant_a), data, "表.xlsx"))
    assert [note[:12] for _given, _result, note in rows] == [
        "表格把编号当成了数字，末",
        "这一行没有证书编号。",
        "表格把编号当成了数字，末",
    ]


def test_too_much_pasted_is_refused(tenant_a: Any, client_for: ClientFor) -> None:
    response = hand_in(client_for(tenant_a), numbers="1" * 3_000_000)
    assert (response.status_code, "发来的内容太大了" in response.text) == (413, True)


def test_a_full_batch_fits_into_its_own_csv(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    numbers = [issued.number, *(str(Number("120101", 2026, 1000 + number)) for number in range(499))]
    signed = re.search(r'name="signed" value="([^"]+)"', hand_in(client, numbers="\n".join(numbers)).text)
    assert signed is not None
    response = client.post("/certificates/check/batch/csv/", {"signed": unescape(signed[1])})
    assert len(list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))) == 501
    assert client.get("/certificates/check/batch/csv/").headers["Location"] == "/certificates/check/batch/"


def test_nothing_handed_in_is_asked_for(tenant_a: Any, client_for: ClientFor) -> None:
    response = hand_in(client_for(tenant_a))
    assert response.status_code == 400
    assert "请粘贴编号，或选一个文件。" in response.text


def test_each_row_counts_towards_the_limit_and_a_refusal_takes_nothing(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, settings: Any
) -> None:
    settings.CERTIFICATE_CHECKS_PER_HOUR = 5
    client = client_for(tenant_a)
    assert hand_in(client, numbers=f"{NEVER}\n" * 4).status_code == 200
    refused = hand_in(client, numbers=f"{NEVER}\n" * 2)
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    assert client.get(f"/certificates/check/{issued.number}/").status_code == 200


def test_a_site_is_asked_once_however_many_rows_there_are(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor, platform_client: Client
) -> None:
    second = make_issued(holder_key="volunteer:2", main_content="上门探访")
    with tenant_context(tenant_b):
        theirs = make_issued(holder_name="韦青", holder_masked="韦*")
    one, many = issued.number, f"{issued.number}\n{second.number}\n{NEVER}"
    texts = (one, many, f"{many}\n{theirs.number}", f"{many}\n{theirs.number}\n{NOBODYS}")
    # In all, and of certificates; the rest is the frame and the entry in the log of each site that was asked.
    here = [cost(client_for(tenant_a), text) for text in texts]
    assert here == [(15, 1), (15, 1), (16, 1), (16, 1)]  # the third asks for the other site's address
    everywhere = [cost(platform_client, text) for text in texts]
    assert everywhere == [(15, 1), (15, 1), (23, 2), (23, 2)]


def cost(client: Client, text: str) -> tuple[int, int]:
    """Queries in all, and those that read certificates, once caches are warm."""
    hand_in(client, numbers=text)
    with CaptureQueriesContext(connection) as captured:
        hand_in(client, numbers=text)
    reading = [query for query in captured.captured_queries if 'FROM "certificates_certificate"' in query["sql"]]
    return len(captured), len(reading)


def test_a_batch_is_logged_by_its_counts_at_each_site_that_was_asked(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor, platform_client: Client
) -> None:
    with tenant_context(tenant_b):
        theirs = make_issued(holder_name="韦青", holder_masked="韦*")
    text = f"{issued.number}\n{issued.number}\n{NEVER}\n{theirs.number}\n{NOBODYS}\nx"
    hand_in(client_for(tenant_a), numbers=text)
    hand_in(platform_client, numbers=text)
    hand_in(client_for(tenant_a), numbers=f"{theirs.number}\n{NOBODYS}")
    counts = {}
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            entries = LogEntry.objects.filter(action=Action.CHECKED_IN_BULK).order_by("sequence")
            counts[tenant.division_code] = [(entry.actor, entry.number, entry.detail) for entry in entries]
    assert counts == {
        "120101": [
            ("anybody", "", {"asked": 3, "found": 2, "host": "site"}),
            ("anybody", "", {"asked": 3, "found": 2, "host": "platform"}),
        ],
        "450100": [("anybody", "", {"asked": 1, "found": 1, "host": "platform"})],
    }


def test_the_form_needs_no_script_no_cookie_and_no_token(tenant_a: Any) -> None:
    client = Client(SERVER_NAME=tenant_a.host, enforce_csrf_checks=True)
    page = client.get("/certificates/check/batch/").text
    assert re.search(r'<form[^>]*method="post"[^>]*enctype="multipart/form-data"', page)
    assert hand_in(client, numbers=NEVER).status_code == 200
    assert client.cookies == {}


def test_equal_facts_of_two_people_stay_two_rows(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    other = make_issued(holder_key="volunteer:2")
    assert other.facts == make_facts()
    assert results(hand_in(client_for(tenant_a), numbers=f"{issued.number}\n{other.number}")) == ["真的，有效"] * 2
