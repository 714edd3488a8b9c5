"""Designs in the Wagtail admin: who sees and changes them, what is shown before it is saved, what is refused where."""

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certificates.domain import save_draft
from certificates.enums import DesignState
from certificates.models import DesignVersion
from certificates.offline import read_print
from tests.cast import ROLES, person
from tests.confirming import confirmed
from tests.factories.designs import SVG, make_design, make_photo, make_png, make_published
from tests.volunteers.counting import queries_of

ClientFor = Callable[..., Client]
ALL = "/cms/certificate-designs/"
HONOUR = f"{ALL}honour/"
DRAFT, PREVIEW, PUBLISH = f"{HONOUR}draft/", f"{HONOUR}draft/preview/", f"{HONOUR}draft/publish/"
FIELDS = {
    "heading": "荣誉证书",
    "text": "{period}，您开展{content}，\n累计{hours}小时。",
    "frame": "lines",
    "motif": "hills",
    "signatory": "王海",
    "signatory_title": "局长",
}


def given(**over: Any) -> dict[str, Any]:
    return {**FIELDS, **over}


def file_of(data: bytes, name: str = "emblem.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def publish(officer: Client, **over: Any) -> None:
    """Saved and tried by the form, published by the page that asks."""
    assert officer.post(DRAFT, given(act="publish", **over)).headers["Location"] == PUBLISH
    assert "没有写职务" not in officer.get(PUBLISH).text
    assert confirmed(officer, PUBLISH).headers["Location"] == HONOUR


@pytest.fixture
def officer(tenant_a: Any, client_for: ClientFor) -> Client:
    return client_for(tenant_a, "officer")


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_alone_see_and_change_designs(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    make_published()
    client, refused = client_for(tenant_a, role), {302, 403}
    for path in (ALL, HONOUR, DRAFT, f"{HONOUR}1.pdf", f"{HONOUR}draft.pdf"):
        assert client.get(path).status_code in ({200} if role == "officer" else refused)
    # Staff without the right are refused with a message, others are sent to sign in.
    client.post(DRAFT, given(act="save"))
    confirmed(client, PUBLISH)
    for act in ("copy", "retire"):
        confirmed(client, HONOUR, {"act": act, "number": 1})
    assert client.post(PREVIEW, given()).status_code in ({200} if role == "officer" else refused)
    assert DesignVersion.objects.count() == (3 if role == "officer" else 1)
    assert (ALL in client.get("/cms/", follow=True).text) == (role == "officer")


def test_another_sites_designs_are_not_there(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    make_published(heading="甲区荣誉证书")
    client = client_for(tenant_b, "officer")
    assert client.get(f"{HONOUR}1.pdf").status_code == 404
    assert confirmed(client, HONOUR, {"act": "copy", "number": 1}).status_code == 404
    assert [path for path in (ALL, HONOUR, DRAFT) if "甲区" in client.get(path).text] == []


def test_an_officer_designs_looks_publishes_and_goes_back(officer: Client) -> None:
    assert "特颁此证" in officer.get(DRAFT).text  # it begins from what prints now
    assert officer.post(DRAFT, given(act="save", upload=file_of(SVG))).status_code == 302
    draft = DesignVersion.objects.get()
    assert (draft.state, draft.emblem_form) == ("draft", "svg")
    assert draft.text == "{period}，您开展{content}，累计{hours}小时。"
    assert (draft.edited_by, draft.motif, draft.signatories[0].title) == (str(person("officer").pk), "hills", "局长")

    publish(officer)
    stale = officer.post(DRAFT, given(act="save", heading="晚来的", seen=draft.edition))
    assert (stale.status_code, "现在没有草稿" in stale.text) == (422, True)
    first = DesignVersion.objects.get()
    assert (first.state, first.number, first.emblem_form) == ("published", 1, "svg")
    publish(officer, heading="新证书", without_emblem="on")
    page = officer.get(HONOUR).text
    assert [word in page for word in ("第1版　荣誉证书", "第2版　新证书", "示例officer", "停用")] == [True] * 4
    assert DesignVersion.objects.get(number=2).emblem_form == ""

    confirmed(officer, HONOUR, {"act": "copy", "number": 1})
    assert "荣誉证书" in officer.get(DRAFT).text
    publish(officer)
    assert DesignVersion.objects.get(state=DesignState.PUBLISHED).design.heading == "荣誉证书"
    confirmed(officer, HONOUR, {"act": "retire", "number": 3})
    assert not DesignVersion.objects.filter(state=DesignState.PUBLISHED).exists()
    assert "现在用随系统带的样式" in officer.get(HONOUR).text


@pytest.mark.parametrize(
    ("sample", "name"),
    [("usual", "李小梅"), ("long", "买买提·吐尔逊·阿不都热合曼"), ("rare", "𠮷田䶮"), ("x", "李小梅")],
)
def test_what_is_not_saved_yet_is_shown_for_each_kind_of_name(officer: Client, sample: str, name: str) -> None:
    response = officer.post(PREVIEW, given(sample=sample, upload=file_of(make_png())))
    words = read_print(response.content)
    shown = [name, "荣誉证书", "累计612.5小时", "局长王海", "样张"]
    assert (response["Content-Type"], [word for word in shown if word not in words]) == ("application/pdf", [])
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert not DesignVersion.objects.exists()


@pytest.mark.parametrize("key", ["record", "honour", "honour.star", "honour.campaign", "honour.student_week", "group"])
def test_every_series_has_its_page_its_form_and_its_sheet(officer: Client, key: str) -> None:
    assert officer.get(f"{ALL}{key}/").status_code == 200
    page = officer.get(f"{ALL}{key}/draft/").text
    assert [f'name="{name}"' in page for name in ("motif", "upright", "background")] == [key != "record"] * 3
    assert "样张" in read_print(officer.get(f"{ALL}{key}/draft.pdf").content)


@pytest.mark.parametrize(("upright", "size"), [("", (842, 595)), ("upright", (595, 842))])
def test_an_honour_lies_or_stands(officer: Client, upright: str, size: tuple[int, int]) -> None:
    page = pypdf.PdfReader(io.BytesIO(officer.post(PREVIEW, given(upright=upright)).content)).pages[0].mediabox
    assert (round(page.width), round(page.height)) == size
    officer.post(DRAFT, given(act="save", upright=upright))
    assert DesignVersion.objects.get().upright == bool(upright)
    assert ("yl-sheet--portrait" in officer.get(DRAFT).text) == bool(upright)


def test_the_second_of_two_officers_is_told_and_loses_nothing(officer: Client) -> None:
    began: str = officer.get(DRAFT).context["seen"]
    assert officer.post(DRAFT, given(act="save", heading="先来的", seen=began)).status_code == 302
    for act in ("save", "publish"):
        # What is refused for something else is of the older state still.
        wrong: Any = officer.post(DRAFT, given(act=act, heading="", seen=began))
        late: Any = officer.post(DRAFT, given(act=act, heading="晚来的", seen=wrong.context["seen"]))
        told = ("被别人改过", "示例officer", 'value="晚来的"')
        assert (late.status_code, [word for word in told if word not in late.text]) == (422, [])
        assert DesignVersion.objects.get().heading == "先来的"
    assert officer.post(DRAFT, given(act="save", heading="晚来的", seen=late.context["seen"])).status_code == 302
    assert DesignVersion.objects.get().heading == "晚来的"


def test_a_background_of_ones_own_is_shown_kept_and_taken_away(officer: Client) -> None:
    shown = officer.post(PREVIEW, given(background=file_of(SVG, "x.svg"))).content
    assert len(shown) != len(officer.post(PREVIEW, given()).content)
    officer.post(DRAFT, given(act="save", background=file_of(make_photo(), "x.jpg")))
    assert DesignVersion.objects.get().background_form == "jpg"
    assert "without_background" in officer.get(DRAFT).text
    officer.post(DRAFT, given(act="publish"))
    assert DesignVersion.objects.get().background_form == "jpg"
    officer.post(DRAFT, given(act="save", without_background="on"))
    assert DesignVersion.objects.get(state=DesignState.DRAFT).background is None


def test_a_sheet_can_be_looked_at_in_each_brand(officer: Client) -> None:
    from portal.core.models import Brand

    for brand in Brand.objects.filter(slug__in=["cuncaoxin", "shouzuqing"]):
        assert f"“{brand.name}”" in read_print(officer.get(f"{HONOUR}draft.pdf?brand={brand.pk}").content)
    assert officer.get(f"{HONOUR}draft.pdf?brand=999999").status_code == 200


@pytest.mark.parametrize(
    ("over", "field", "said"),
    [
        ({"heading": ""}, "heading", "还没有填"),
        ({"text": "{hour}小时"}, "text", "{hour}"),
        ({"text": "x" * 301}, "text", "最多写300个字，现在是301个"),
        ({"heading": "𲎯"}, None, "换一个能印的字"),
        ({"motif": "dragon"}, "motif", "dragon"),
        ({"frame": ""}, "frame", "还没有填"),
        ({"own_verse": "on", "verse": "一\n二\n三"}, "verse", "最多两句"),
        ({"signatory": ""}, "signatory", "还要写姓名"),
        ({"upload": file_of(b"GIF89a")}, "upload", "只收PNG和SVG"),
        ({"background": file_of(b"GIF89a")}, "background", "只收PNG、JPEG和SVG"),
        ({"background": file_of(b"\xff\xd8\xff" + b"\0" * 10_000_000)}, "background", "最多10 MB"),
        ({"upload": file_of(b'<svg viewBox="0 0 9 9"><script/></svg>', "x.svg")}, "upload", "script"),
        ({"upload": file_of(b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_000)}, "upload", "最多1 MB"),
    ],
)
@pytest.mark.parametrize("path", [DRAFT, PREVIEW])
def test_what_is_wrong_is_said_and_nothing_is_saved(
    officer: Client, path: str, over: dict[str, Any], field: str | None, said: str
) -> None:
    if upload := over.get("upload") or over.get("background"):
        upload.seek(0)
    response = officer.post(path, given(**over))
    errors = response.context["form"].errors
    assert (response.status_code, field in errors or field is None) == (422, True)
    assert said in str(errors)
    # In the frame beside the form it is a page of the admin, without its menu.
    assert [word in response.text for word in ("yl-faults", "wagtailadmin/css/core", "yinling/tokens.css")] == [
        path == PREVIEW, True, False,
    ]  # fmt: skip
    assert not DesignVersion.objects.exists()


def test_what_the_law_asks_for_keeps_a_draft_from_being_published(officer: Client) -> None:
    response = officer.post(DRAFT, given(act="publish", text="您开展{content}，特颁此证。"))
    assert (response.status_code, "缺服务时间" in response.text, "{hours}" in response.text) == (422, True, True)
    assert DesignVersion.objects.get().state == DesignState.DRAFT
    assert confirmed(officer, HONOUR, {"act": "drop"}).status_code == 302
    assert not DesignVersion.objects.exists()


@pytest.mark.parametrize("data", [{"act": "burn"}, {}])
def test_what_nobody_can_ask_is_a_bad_request(officer: Client, data: dict[str, str]) -> None:
    assert officer.post(HONOUR, data).status_code == 400


@pytest.mark.parametrize(
    "path", ["x/", "honour.group/", "x/draft/", "honour/7.pdf", "honour/x.pdf", "honour/00000009.pdf"]
)
def test_what_is_not_there_is_not_found(officer: Client, path: str) -> None:
    assert officer.get(f"{ALL}{path}").status_code == 404
    assert confirmed(officer, HONOUR, {"act": "retire", "number": "1"}).status_code == 404


def test_a_published_version_cannot_be_dropped_or_retired_twice(officer: Client) -> None:
    make_published()
    confirmed(officer, HONOUR, {"act": "retire", "number": 1})
    response = officer.post(HONOUR, {"act": "retire", "number": 1}, follow=True)
    assert "用过" in response.text


def test_the_pages_cost_the_same_however_many_versions(officer: Client) -> None:
    counts = []
    for heading in ("甲", "乙", "丙"):
        make_published(heading=heading)
        save_draft("honour", "", make_design(), edited_by=str(person("officer").pk))
        counts.append((queries_of(officer, ALL), queries_of(officer, HONOUR)))
    assert counts == [(14, 15)] * 3
