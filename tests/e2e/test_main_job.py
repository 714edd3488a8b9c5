"""The main job, in a real browser: from the publication of a project to a certificate that anybody can check."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from certificates.models import Certificate
from portal.core.models import Division
from portal.projects.models import Project, Shift
from portal.volunteers.models import ServiceRecord, Volunteer
from tests.cast import person
from tests.e2e.browser import follow, submit
from tests.factories.projects import make_organiser
from tests.tasks import run_queued

TITLE = "周三陪独居老人坐坐"
NAME = "李小梅"
Open = Callable[..., Any]


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def publish(page: Any) -> Project:
    """The officer writes the project in the Wagtail admin and publishes it."""
    division = Division.objects.filter(level="street").first()
    begins = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    for name, value in {
        "title": TITLE,
        "summary": "两人一组，上门坐二十来分钟。",
        "shifts-0-starts_at": clock(begins),
        "shifts-0-ends_at": clock(begins + timedelta(hours=2)),
        "shifts-0-places": "4",
        "venue": "甲社区服务站",
    }.items():
        page.locator(f"[name='{name}']").fill(value)
    page.keyboard.press("Escape")  # the calendar of the last date field
    choose(page, "division", division.pk if division else "")
    choose(page, "organiser", make_organiser().pk)
    choose(page, "in_charge", person("community_worker").pk)
    for name, value in (
        ("service_kinds", "home_visit"),
        ("recipients", "living_alone"),
        ("participation", "individual"),
    ):
        page.locator(f"input[name='{name}'][value='{value}']").check(force=True)
    submit(page, "button[name='action-publish']")
    return Project.objects.get(title=TITLE)


def choose(page: Any, name: str, value: Any) -> None:
    """A select or a chooser's hidden input."""
    page.evaluate(
        "([name, value]) => { const field = document.querySelector(`[name='${name}']`); field.value = value;"
        " field.dispatchEvent(new Event('change', {bubbles: true})); }",
        [name, str(value)],
    )


def join(page: Any) -> None:
    """The volunteer registers; the password is typed as anybody would."""
    page.get_by_label("姓名", exact=True).fill(NAME)
    page.get_by_label("手机号", exact=True).fill("13912345678")
    page.get_by_label("出生日期").fill("1962-03-12")
    page.get_by_label("密码", exact=True).fill("Chrysanthemum-9")
    page.locator("[name='privacy_consent']").check()
    follow(page.get_by_role("button", name="登记为志愿者"))


def let_days_pass(shift: Shift) -> None:
    """The shift was yesterday noon's; nobody waits two days for a test."""
    ended = timezone.now() - timedelta(hours=1)
    Shift.objects.filter(pk=shift.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)


def test_from_publication_to_a_verified_certificate(
    committed_a: Any, open_page: Open, client_for: Callable[..., Any], site_url: Callable[..., str], settings: Any
) -> None:
    # A program types faster than anybody: its click would meet Wagtail's first saving of the draft half-way.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0

    # The officer publishes.
    cms = open_page(committed_a, "/cms/snippets/projects/project/add/", client=client_for(committed_a, "officer"))
    project = publish(cms)
    shift = project.shifts.get()

    # The public finds it; the volunteer registers on the way and signs up.
    page = open_page(committed_a, "/projects/")
    follow(page.get_by_role("link", name=TITLE).first)
    follow(page.get_by_role("link", name="报名这一班").first)
    follow(page.get_by_role("link", name="先注册成志愿者"))
    join(page)
    assert page.url == site_url(committed_a, f"/desk/shifts/{shift.pk}/sign-up/")
    follow(page.get_by_role("button", name="报名这一班"))
    assert page.url == site_url(committed_a, project.get_absolute_url())
    assert "报名成功" in page.locator(".notice--ok").inner_text()
    assert page.evaluate("document.activeElement.classList.contains('notice')")
    volunteer = Volunteer.objects.select_related("user").get()

    # After the shift the person in charge takes the roll, and another one confirms.
    let_days_pass(shift)
    worker = open_page(committed_a, "/desk/", client=client_for(committed_a, "community_worker"))
    follow(worker.get_by_role("link", name="去点名"))
    worker.locator(f"[name='minutes_{volunteer.pk}']").fill("110")
    follow(worker.get_by_role("button", name="交出点名"))
    assert "1笔服务记录" in worker.locator(".notice--ok").inner_text()
    officer = open_page(committed_a, "/desk/records/", client=client_for(committed_a, "officer"))
    officer.locator("input[name='record']").check()
    follow(officer.get_by_role("button", name="确认勾选的记录"))
    assert (ServiceRecord.objects.get().state, ServiceRecord.objects.get().minutes) == ("confirmed", 120)

    # The volunteer asks for the certificate, and the worker prints it while the page waits.
    page.goto(site_url(committed_a, "/desk/certificates/"))
    # On the first of January it may have been last year.
    shift.refresh_from_db()
    page.locator("[name='start']").fill(timezone.localdate(shift.starts_at).isoformat())
    follow(page.get_by_role("button", name="开这张证明"))
    certificate = Certificate.objects.get()
    assert certificate.number in page.locator("#sheets").inner_text()
    run_queued()
    page.locator("#sheets a[href$='/pdf/']").wait_for()
    assert page.faults == []
    with page.expect_download() as download:
        page.locator("#sheets a[href$='/pdf/']").first.click()
    stored = Path(download.value.path()).read_bytes()
    assert stored[:5] == b"%PDF-"
    assert hashlib.sha256(stored).hexdigest() == Certificate.objects.get().pdf_sha256

    # Anybody checks it by its QR address, on the tenant's host and on the platform's.
    certificate.refresh_from_db()
    qr_path = "/C/" + certificate.imprint.qr_url.rsplit("/", 1)[1]
    for tenant in (committed_a, None):
        check = open_page(tenant, qr_path)
        shown = check.locator("main").inner_text()
        assert check.url == site_url(tenant, f"/certificates/check/{certificate.number}/")
        assert ("李**" in shown, NAME in shown, volunteer.number in shown) == (True, False, False)
        assert "2" in shown
