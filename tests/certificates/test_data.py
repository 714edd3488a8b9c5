"""The data inside the PDF: by the documented schema for every kind, and the same as a table."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from django.test import Client, override_settings
from jsonschema import Draft202012Validator

from certificates import offline
from certificates.enums import Kind
from certificates.rendering import press
from certificates.sealing.pades import PadesSeal
from certificates.sealing.sealing import REASON
from tests.certificates.rendering.test_press import IMPRINT
from tests.certificates.test_offline import with_data
from tests.factories.certificates import every_sheet, make_facts, make_row, make_subject
from tests.factories.designs import every_designed_sheet

SIZE_MOST, WITH_BACKGROUND = 65_000, 85_000
"""Bytes of a sealed sheet of one page; a site's own background may add 20 kB."""
SEAL_MOST = 4_900
"""What a seal by a key of a site with a long name adds."""


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every kind of sheet, with a design of a tenant's or without."""
    with override_settings(CERTIFICATE_ROOT=str(tmp_path_factory.mktemp("emblems"))):
        sheets = {**every_sheet(), **every_designed_sheet()}
        assert {facts.kind for facts in sheets.values()} == set(Kind.values)
        return {name: press.print_certificate(facts, IMPRINT) for name, facts in sheets.items()}


@pytest.fixture
def schema(tenant_a: Any, client_for: Callable[..., Client]) -> Any:
    """As it is read at its address."""
    answer = client_for(tenant_a).get("/certificates/schemas/certificate-1.json")
    document = json.loads(answer.content)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER)


def data_of(pdf: bytes) -> dict[str, Any]:
    data = offline.read_data(pdf)
    assert data is not None
    return data


def test_the_data_of_every_kind_fit_the_schema(pdfs: dict[str, bytes], schema: Any) -> None:
    for name, pdf in pdfs.items():
        assert [error.message for error in schema.iter_errors(data_of(pdf))] == [], name


def wrong(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    facts = data["facts"]
    yield {**data, "number": "120101-2026-123-5"}
    yield {**data, "issued_on": "18.10.2026"}
    yield {**data, "extra": 1}
    parts: tuple[dict[str, Any], ...] = (
        {"rows": []},
        {"schema": "yinling.certificate/2"},
        {"bodies": []},
        {"rows": [{**facts["rows"][0], "minutes": 1.5}]},
        {"rows": [{**facts["rows"][0], "grade": "guessed"}]},
    )
    for part in parts:
        yield {**data, "facts": {**facts, **part}}


def test_the_schema_notices_what_is_wrong(pdfs: dict[str, bytes], schema: Any) -> None:
    assert [document for document in wrong(data_of(pdfs["record-four-rows"])) if schema.is_valid(document)] == []


def test_the_platform_hands_it_out_as_well(platform_client: Client) -> None:
    assert platform_client.get("/certificates/schemas/certificate-1.json").status_code == 200


def table(pdf: bytes) -> list[dict[str, str]]:
    written = offline.read_table(pdf)
    assert written is not None
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


def test_the_table_has_a_row_for_each_service(pdfs: dict[str, bytes]) -> None:
    for name, facts in every_sheet().items():
        rows = table(pdfs[name])
        assert sum(int(row["分钟"]) for row in rows) == facts.minutes, name
        assert {(row["证书编号"], row["姓名或名称"]) for row in rows} == {(IMPRINT.number, facts.holder_name)}
        assert [row["日期"] for row in rows if row["日期"]] == [row.day.isoformat() for row in facts.rows]
    assert list(table(pdfs["record-little"])[0].values()) == [
        *("120101-2026-000123-5", "志愿服务记录证明", "欧阳娜娜", "", "2026-03-01", "2026-03-31"),
        *("开封道社区志愿服务站", "2026-10-18", "1", "2026-03-05", "周三电话问候", "电话问候独居老年人12位"),
        *("和平区小白楼街道开封道社区", "90", "1.5", "leader_roll"),
    ]


def test_no_cell_is_a_formula() -> None:
    facts = make_facts(rows=(make_row(project='=HYPERLINK("x")', content="  +1", place="-社区"),))
    (row,) = table(press.print_certificate(facts, IMPRINT))
    assert (row["活动名称"], row["服务内容"], row["地点"]) == ('\'=HYPERLINK("x")', "'  +1", "'-社区")


def test_a_sheet_of_one_page_stays_small(pdfs: dict[str, bytes]) -> None:
    service = PadesSeal()
    key = service.make_key(make_subject(name="广西壮族自治区南宁市青秀区民政局老年人福利与养老服务科"))
    sizes = {
        name: (len(pdf), len(service.seal(pdf, key, reason=REASON).pdf))
        for name, pdf in pdfs.items()
        if name != "record-long-list"
    }
    behind = {"designed-honour-student_week-svg", "designed-group-any-png"}
    most = {name: WITH_BACKGROUND if name in behind else SIZE_MOST for name in sizes}
    large = {name: size for name, size in sizes.items() if size[1] > most[name] or size[1] - size[0] > SEAL_MOST}
    assert large == {}


def findings(pdf: bytes) -> dict[str, bool]:
    return {name: fine for name, _detail, fine in offline.examine(pdf)}


def with_table(pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document, io.BytesIO() as file:
        attached = document.attachments[offline.TABLE]
        document.attachments[offline.TABLE] = change(attached.get_file().read_bytes())
        document.save(file)
        return file.getvalue()


def test_the_verifier_compares_the_table_too(pdfs: dict[str, bytes]) -> None:
    for name in every_sheet():
        assert (findings(pdfs[name])["same"], findings(pdfs[name])["table_same"]) == (True, True), name
    pdf = pdfs["record-four-rows"]
    assert findings(with_table(pdf, lambda table: table))["table_same"] is True
    for change in (lambda table: table.replace(b",90,", b",900,"), lambda table: b"", lambda table: table + b"\n"):
        assert findings(with_table(pdf, change))["table_differs"] is False


def test_data_that_agree_with_the_print_but_not_with_the_table_are_noticed(pdfs: dict[str, bytes]) -> None:
    data = data_of(pdfs["record-four-rows"])
    data["facts"]["period_end"] = "2026-03-30"
    assert findings(with_data(pdfs["record-four-rows"], json.dumps(data).encode()))["table_differs"] is False
    assert findings(with_data(pdfs["record-four-rows"], b"{}"))["table_differs"] is False
