"""Pupils by a list: every line is a pupil, or is named with what is wrong."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from certificates.facts import Honour
from portal.organisations.models import Membership
from portal.schools.domain.listing import Fault, Wanted, read_lines
from tests.confirming import confirmed
from tests.factories.schools import facts_for, make_pupil, store_certificate

LINES = """姓名 出生日期
李小梅 2005-03-12
 李小梅，２００５年３月１２日

王芳\t高三（2）班
王芳 2004.5.6
张伟 2005-02-30
张伟 2005-01-01
陌生人 2005-01-01
赵云
没登记 2005-01-01
周一 高三(1)班
周一 20050707
"""
FAULTS = [
    "第3行：与第2行是同一个人，只算一次。",
    "第7行：“2005-02-30”不是日期",
    "第8行：姓名在名单里，出生日期对不上。",
    "第9行：本校名单里没有这个姓名。",
    "第10行：姓名后面还差出生日期或班级。",
    "第11行：这个学生还没有登记为志愿者",
    "第12行：有2个学生都符合，请写上出生日期。",
]


@pytest.fixture
def pupils(tenant_a: Any) -> None:
    for name, born, class_name in (
        ("李小梅", "2005-03-12", "高三（1）班"),
        ("王芳", "2005-05-06", "高三（2）班"),
        ("王芳", "2004-05-06", "高三（1）班"),
        ("张伟", "2005-02-28", "高三（1）班"),
        ("周一", "2005-07-07", "高三（1）班"),
        ("周一", "2005-08-08", "高三（1）班"),
        ("不在名单", "2005-08-08", "高三（1）班"),
    ):
        store_certificate(make_pupil(name, birth_date=born, class_name=class_name))
    unregistered = make_pupil("没登记")
    unregistered.user.volunteer.delete()


def test_every_line_is_a_pupil_or_a_fault(pupils: None, manager: Client, desk: str) -> None:
    manager.post(f"{desk}list/", {"lines": LINES})
    page = manager.get(desk).text
    assert "名单11行，认出4个学生" in page
    assert "4个学生，4张证书" in page
    for fault in FAULTS:
        assert fault in page, fault
    assert page.count("第2行：") + page.count("第5行：") + page.count("第6行：") + page.count("第13行：") == 0
    assert "不在名单" not in page
    manager.post(f"{desk}list/", {"drop": "1"})
    assert "7个学生，7张证书" in manager.get(desk).text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_same_as_a_table(pupils: None, manager: Client, desk: str, kind: str) -> None:
    rows = [
        ("姓名", "出生日期", "班级"),
        ("王芳", "２００４－０５－０６", ""),
        ("张伟", "2005-02-30", ""),
        ("张伟", "", "高三（1）班"),
    ]
    file = io.BytesIO()
    if kind == "xlsx":
        book = Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        book.save(file)
    else:
        file.write("\n".join(",".join(row) for row in rows).encode("gb18030"))
    file.seek(0)
    file.name = f"list.{kind}"
    manager.post(f"{desk}list/", {"file": file})
    page = manager.get(desk).text
    assert "名单3行，认出2个学生" in page
    assert "第3行：" in page


def test_hours_that_certificates_share_are_added_once(tenant_a: Any, manager: Client, desk: str) -> None:
    pupil = make_pupil()
    held = facts_for(pupil, timezone.localdate())
    more = replace(held, rows=(*held.rows, replace(held.rows[0], minutes=60)))
    honour = replace(held, rows=(), honour=Honour(heading="证书", text="特颁此证。", minutes=6000, level=3))
    for facts in (held, more, honour):
        store_certificate(pupil, facts=facts)
    honoured = make_pupil("王芳")
    store_certificate(honoured, facts=honour)
    rows = manager.get(desk).context["page_obj"].object_list
    assert {row["pupil"].user.name: row["hours"] for row in rows} == {"李小梅": "4.5", "王芳": "—"}


def test_what_is_no_list_is_refused_beside_its_field(tenant_a: Any, manager: Client, desk: str) -> None:
    assert manager.post(f"{desk}list/", {"lines": " "}).status_code == 422
    file = io.BytesIO(b"PK\x03\x04 no workbook")
    file.name = "list.xlsx"
    response = manager.post(f"{desk}list/", {"file": file})
    assert response.status_code == 422
    assert "这个文件打不开" in response.text


def test_a_list_of_another_school_s_pupils_finds_nobody(tenant_a: Any, manager: Client, desk: str) -> None:
    from tests.factories.people import make_organisation

    store_certificate(make_pupil("外校生", organisation=make_organisation(name="外校", kind="school")))
    manager.post(f"{desk}list/", {"lines": "外校生 2005-03-12"})
    assert "0个学生，0张证书" in manager.get(desk).text


def test_those_chosen_go_into_a_class(pupils: None, manager: Client, desk: str) -> None:
    manager.post(f"{desk}list/", {"lines": "张伟 2005-02-28"})
    new = {"class_name": "高三（9）班"}
    asked = manager.post(f"{desk}class/", new).text
    assert (
        "只编名单里认出的" in asked,
        "1个学生编入“高三（9）班”" in asked,
        "张伟，高三（1）班" in asked,
        "王芳" in asked,
    ) == (True, True, True, False)
    assert not Membership.objects.filter(**new).exists()
    assert confirmed(manager, f"{desk}class/", new).status_code == 302
    assert [row.user.name for row in Membership.objects.filter(class_name="高三（9）班")] == ["张伟"]
    assert manager.post(f"{desk}class/", {"class_name": ""}).status_code == 422
    assert "没有选中学生" in confirmed(manager, f"{desk}class/?class_name=高三（1）班", new).text


def test_without_a_list_the_page_says_who_changes_class(pupils: None, manager: Client, desk: str) -> None:
    at, new = f"{desk}class/?class_name=高三（2）班", {"class_name": "高三（1）班"}
    asked = manager.post(at, new).text
    assert "没有按名单选：“高三（2）班”的学生全部编入" in asked
    assert "现在的班级会改掉：高三（2）班（1个）" in asked
    make_pupil("后来的", class_name="高三（2）班")
    stale = dict(new, confirmed="x")
    assert "情况有变" in manager.post(at, stale).text
    assert confirmed(manager, at, new).status_code == 302
    assert not Membership.objects.filter(class_name="高三（2）班").exists()


def test_an_unknown_class_never_widens_what_is_done(pupils: None, manager: Client, desk: str) -> None:
    from portal.schools.models import Bundle

    manager.post(f"{desk}bundles/?class_name=没有这个班")
    assert not Bundle.objects.exists()
    assert manager.get(f"{desk}hours.csv?class_name=没有这个班").status_code == 422
    assert manager.post(f"{desk}class/?class_name=没有这个班", {"class_name": "新"}).status_code == 422
    assert not Membership.objects.filter(class_name="新").exists()


def test_lines_in_every_writing() -> None:
    for text in ("阿依 古丽·买买提 2005-03-12", "阿依 古丽·买买提;2005/3/12", "阿依 古丽·买买提、20050312"):
        (line,) = read_lines(text)
        assert isinstance(line, Wanted)
        assert (line.name, str(line.born)) == ("阿依 古丽·买买提", "2005-03-12")
    assert [type(line) for line in read_lines("，2005-03-12\n李小梅 2005-13-01")] == [Fault, Fault]
