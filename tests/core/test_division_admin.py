"""Divisions and brands in the admin, for the whole cast."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import tenant_context

from portal.core.domain import add_community
from portal.core.models import Division
from tests.cast import ROLES

STREET = "120101001"
NOBODY = [role for role in [*ROLES, "newcomer"] if role != "officer"]


def table(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("社区.csv", text.encode("gb18030"), content_type="text/csv")


def test_an_officer_checks_a_table_then_imports_it(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a, "officer")
    checked = client.post("/cms/divisions/import/", {"file": table(f"代码,名称\n{STREET}001,甲社区\n")})
    assert "新增1个" in checked.content.decode()
    assert not Division.objects.filter(level="community").exists()

    done = client.post("/cms/divisions/import/", {"checked": checked.context["checked"]}, follow=True)
    assert "新增1个社区" in done.content.decode()
    assert Division.objects.get(level="community").name == "甲社区"


def test_wrong_rows_are_listed_by_number_and_cannot_be_imported(tenant_a: Any, client_for: Any) -> None:
    answer = client_for(tenant_a, "officer").post("/cms/divisions/import/", {"file": table("代码,名称\n12,甲\n")})

    assert answer.status_code == 422
    assert "<td>2</td><td>代码应是12位数字，现在是2位。</td>" in answer.content.decode()
    assert "checked" not in answer.context


def test_a_forged_confirmation_imports_nothing(tenant_a: Any, client_for: Any) -> None:
    client_for(tenant_a, "officer").post("/cms/divisions/import/", {"checked": "forged"})

    assert not Division.objects.filter(level="community").exists()


@pytest.mark.parametrize("role", NOBODY)
def test_nobody_but_the_officer_imports_or_lists_divisions(tenant_a: Any, client_for: Any, role: str) -> None:
    client = client_for(tenant_a, role)
    answers = [client.get("/cms/divisions/import/"), client.get("/cms/divisions/"), client.get("/cms/brands/")]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert "和平区" not in "".join(answer.content.decode() for answer in answers)


def test_the_form_refuses_a_community_of_another_place(tenant_a: Any, client_for: Any) -> None:
    answer = client_for(tenant_a, "officer").post("/cms/divisions/add/", {"name": "远处", "code": "450102001001"})

    assert "本站没有代码为450102001的街道" in answer.content.decode()


def test_the_form_adds_a_community_under_its_street(tenant_a: Any, client_for: Any) -> None:
    client_for(tenant_a, "officer").post("/cms/divisions/add/", {"name": "甲社区", "code": f"{STREET}001"})

    assert Division.objects.get(code=f"{STREET}001").parent.code == STREET


def test_the_export_holds_no_formula_and_opens_in_excel(tenant_a: Any, client_for: Any) -> None:
    add_community(code=f"{STREET}001", name="=HYPERLINK(1)")
    answer = client_for(tenant_a, "officer").get("/cms/divisions/?export=csv&level=community")
    text = b"".join(answer.streaming_content).decode()

    assert text.startswith("\ufeff")
    assert "'=HYPERLINK(1)" in text
    assert "450100" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_whole_export_holds_the_topmost_division_too(tenant_a: Any, client_for: Any, kind: str) -> None:
    answer = client_for(tenant_a, "officer").get(f"/cms/divisions/?export={kind}")

    assert len(b"".join(answer.streaming_content)) > 100


def test_divisions_of_another_tenant_are_not_there(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    with tenant_context(tenant_b):
        foreign = Division.objects.get(name="青秀区")
    client = client_for(tenant_a, "officer")

    assert "青秀区" not in client.get("/cms/divisions/?q=青秀").content.decode()
    answer = client.get(f"/cms/divisions/edit/{foreign.pk}/")
    assert "青秀区" not in answer.content.decode()
