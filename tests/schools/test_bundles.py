"""A school's file: asked for, made, downloaded, ended; and who never gets one."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.download import pdf_bytes
from certificates.enums import Action, State
from certificates.models import Certificate, LogEntry
from portal.organisations.enums import Consent
from portal.organisations.models import Membership
from portal.schools.domain import take_back
from portal.schools.enums import BundleState
from portal.schools.models import Bundle, BundleItem
from portal.schools.tasks import forget_bundles
from tests.cast import ROLES, person
from tests.counting import own_queries
from tests.factories.people import make_organisation, make_user
from tests.factories.schools import make_pupil, school, store_certificate
from tests.schools.files import ask, file_url, index_of, opened, sheet_of
from tests.tasks import run_queued

ClientFor = Callable[..., Client]


def test_two_hundred_pupils_in_one_file(tenant_a: Any, manager: Client, desk: str) -> None:
    few = [make_pupil(f"学生{number:03}", class_name=f"高三（{number % 4 + 1}）班") for number in range(3)]
    stored = [store_certificate(pupil) for pupil in few]
    before = own_queries(manager, desk)
    for number in range(3, 200):
        stored.append(store_certificate(make_pupil(f"学生{number:03}", class_name=f"高三（{number % 4 + 1}）班")))
    assert own_queries(manager, desk) == before <= 20
    page = manager.get(desk).text
    assert "200个学生，200张证书" in page
    assert 'href="?page=4"' in page

    bundle = ask(manager, desk)
    page = manager.get(desk).text
    assert 'hx-trigger="every 2s"' in page
    assert '<progress value="0" max="200">' in page
    assert manager.get(file_url(desk, bundle)).status_code == 404
    run_queued()
    assert "hx-trigger" not in manager.get(f"{desk}bundles/", headers={"HX-Request": "true"}).text

    packed = opened(manager.get(file_url(desk, bundle)))
    rows = index_of(packed)
    assert sorted(row["certificate"] for row in rows) == sorted(certificate.number for certificate in stored)
    by_number = {certificate.number: certificate for certificate in stored}
    for row in rows:
        assert packed.read(row["file"]) == pdf_bytes(by_number[row["certificate"]])
    assert len(packed.namelist()) == len(set(packed.namelist())) == 203
    assert [row["class"] for row in rows] == sorted(row["class"] for row in rows)
    table = list(csv.reader(io.StringIO(packed.read("index.csv").decode("utf-8-sig"))))
    sheet = list(sheet_of(packed).iter_rows(values_only=True))
    assert len(table) == len(sheet) == 201
    assert table[0] == list(sheet[0])
    assert [line[3] for line in table[1:]] == [line[3] for line in sheet[1:]] == [row["certificate"] for row in rows]


def test_each_download_is_logged_and_the_first_names_every_certificate(
    tenant_a: Any, manager: Client, desk: str
) -> None:
    numbers = {store_certificate(make_pupil()).number for _ in range(2)}
    bundle = ask(manager, desk)
    run_queued()
    bundle.refresh_from_db()
    for _ in range(2):
        sent = manager.get(file_url(desk, bundle))
        opened(sent)
    today = f"{timezone.localdate():%Y%m%d}"
    plain, _star, name = sent.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert re.fullmatch(rf'attachment; filename="certificates-\d{{8}}-\d{{8}}-{today}\.zip"', plain)
    assert re.fullmatch(rf"{school().name}-\d{{4}}—\d{{4}}学年第[一二]学期-{today}\.zip", unquote(name))
    entries = LogEntry.objects.filter(action=Action.DOWNLOADED)
    assert {entry.account for entry in entries} == {person("school_manager").pk}
    assert {entry.detail["way"] for entry in entries} == {"school"}
    assert sorted(entry.number for entry in entries) == ["", "", *sorted(numbers)]
    assert {entry.detail["sha256"] for entry in entries if not entry.number} == {bundle.sha256}


def test_the_whole_cast_knocks(tenant_a: Any, client_for: ClientFor, manager: Client, desk: str) -> None:
    store_certificate(make_pupil())
    bundle = ask(manager, desk)
    run_queued()
    pages = (desk, f"{desk}bundles/", file_url(desk, bundle), f"{desk}hours.csv", f"{desk}hours.json")
    acts = ("bundles/", "list/", "class/", f"bundles/{bundle.key}/end/", f"bundles/{bundle.key}/again/")
    for who in ("", *ROLES, "newcomer"):
        client = client_for(tenant_a, who)
        expected = 302 if not who else 200 if who == "school_manager" else 403
        answers = [client.get(address, headers={"HX-Request": "true"}) for address in pages]
        assert [answer.status_code for answer in answers] == [expected] * len(pages), who
        if who == "school_manager":
            b"".join(answers[2].streaming_content)  # closes the file
        else:
            assert {client.post(f"{desk}{act}").status_code for act in acts} == {expected}, who
    assert Bundle.objects.get().state == BundleState.READY


def test_another_school_and_another_site_get_nothing(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, manager: Client, desk: str
) -> None:
    store_certificate(make_pupil("独一位"))
    bundle = ask(manager, desk)
    run_queued()
    other = make_organisation(name="另一所学校", kind="school")
    Membership.objects.create(organisation=other, user=make_user("school_manager", username="rival"), role="manager")
    rival = client_for(tenant_a, "rival")
    assert rival.get(file_url(desk, bundle)).status_code == 403
    assert rival.get(f"/desk/schools/{other.pk}/bundles/{bundle.key}/file/").status_code == 404
    assert "独一位" not in rival.get(f"/desk/schools/{other.pk}/").text
    with tenant_context(tenant_b):
        elsewhere = f"/desk/schools/{school().pk}/"
    stranger = client_for(tenant_b, "school_manager")
    assert stranger.get(f"{elsewhere}bundles/{bundle.key}/file/").status_code == 404
    assert "独一位" not in stranger.get(elsewhere).text


def test_a_team_is_no_school(tenant_a: Any, client_for: ClientFor) -> None:
    team = Membership.objects.get(user=person("organisation_manager")).organisation_id
    assert client_for(tenant_a, "organisation_manager").get(f"/desk/schools/{team}/").status_code == 404


def test_who_is_left_out_and_why(tenant_a: Any, manager: Client, desk: str) -> None:
    store_certificate(make_pupil("同意的"))
    store_certificate(make_pupil("没同意的", allowed=False))
    make_pupil("没证书的")
    store_certificate(make_pupil("去年的"), until=timezone.localdate() - timedelta(days=800))
    revoked = {"state": State.SUPERSEDED, "ended_at": timezone.now()}
    store_certificate(make_pupil("换过的"), **revoked)
    store_certificate(make_pupil("外校的", organisation=make_organisation(name="外校", kind="school")))
    page = manager.get(desk).text
    assert "1个学生，1张证书" in page
    assert "同意的" in page
    assert "外校的" not in page
    assert "1个学生：本人没有同意学校下载" in page
    assert "3个学生：这段时间里没有有效的证书" in page
    out = manager.get(f"{desk}?show=out").text
    assert all(name in out for name in ("没同意的", "没证书的", "去年的", "换过的"))
    assert "外校的" not in out
    assert not any(number in out for number in Certificate.objects.values_list("number", flat=True))
    bundle = ask(manager, desk)
    run_queued()
    assert [row["name"] for row in index_of(opened(manager.get(file_url(desk, bundle))))] == ["同意的"]


def test_what_changes_between_asking_and_making_counts(tenant_a: Any, manager: Client, desk: str) -> None:
    stays, withdraws, leaves, revoked = (make_pupil(name) for name in ("留下", "收回", "离校", "停用"))
    kept = store_certificate(stays)
    taken = [store_certificate(pupil) for pupil in (withdraws, leaves, revoked)]
    bundle = ask(manager, desk)
    take_back(withdraws, Consent.DOWNLOAD, by=withdraws.user)
    leaves.delete()
    Certificate.objects.filter(pk=taken[2].pk).update(state=State.SUPERSEDED, ended_at=timezone.now())
    run_queued()
    bundle.refresh_from_db()
    assert (bundle.packed, bundle.left_out) == (1, 3)
    packed = opened(manager.get(file_url(desk, bundle)))
    rows = index_of(packed)
    assert sorted((row["name"], row["left_out"]) for row in rows) == sorted(
        [
            ("留下", ""),
            ("收回", "本人没有同意学校下载"),
            ("", "已不在本校名单里"),
            ("停用", "证书已被撤销或替换"),
        ]
    )
    assert [row["certificate"] for row in rows if row["certificate"]] == [kept.number]
    text = packed.read("index.csv").decode()
    assert not any(certificate.number in text for certificate in taken)


def test_consent_taken_back_deletes_the_waiting_file(
    tenant_a: Any, manager: Client, desk: str, private_folder: Path
) -> None:
    pupil = make_pupil()
    store_certificate(pupil)
    store_certificate(make_pupil("另一个"))
    bundle = ask(manager, desk)
    run_queued()
    assert len(list(private_folder.rglob("*.zip"))) == 1
    take_back(pupil, Consent.ASK, by=pupil.user)
    assert len(list(private_folder.rglob("*.zip"))) == 1
    take_back(pupil, Consent.DOWNLOAD, by=pupil.user)
    assert manager.get(file_url(desk, bundle)).status_code == 410
    assert not list(private_folder.rglob("*.zip*"))
    assert not BundleItem.objects.exists()


def test_a_pupil_who_left_or_a_certificate_that_ended_closes_the_file(
    tenant_a: Any, manager: Client, desk: str, private_folder: Path
) -> None:
    store_certificate(make_pupil())
    bundle = ask(manager, desk)
    run_queued()
    Certificate.objects.update(state=State.SUPERSEDED, ended_at=timezone.now())
    response = manager.get(file_url(desk, bundle))
    assert response.status_code == 410
    assert "请重新打包" in response.text
    assert not list(private_folder.rglob("*.zip*"))
    assert not LogEntry.objects.filter(action=Action.DOWNLOADED).exists()


def test_one_file_at_a_time(tenant_a: Any, manager: Client, desk: str) -> None:
    store_certificate(make_pupil())
    ask(manager, desk)
    ask(manager, desk)
    assert Bundle.objects.count() == 1
    assert "上一个包还在做" in manager.get(desk).text


def test_the_clock_ends_it_and_its_day_ends_it_before_the_clock(
    tenant_a: Any, manager: Client, desk: str, private_folder: Path
) -> None:
    store_certificate(make_pupil())
    bundle = ask(manager, desk)
    run_queued()
    bundle.refresh_from_db()
    assert bundle.ends_at is not None
    assert timedelta(days=6) < bundle.ends_at - timezone.now() <= timedelta(days=7)
    Bundle.objects.update(ends_at=timezone.now())
    assert manager.get(file_url(desk, bundle)).status_code == 410
    forget_bundles(timezone.now())
    assert not list(private_folder.rglob("*.zip*"))
    assert Bundle.objects.get().state == BundleState.ENDED
    assert not BundleItem.objects.exists()


def test_names_cannot_leave_their_folder(tenant_a: Any, manager: Client, desk: str) -> None:
    store_certificate(make_pupil("=cmd()", class_name="../../etc"))
    bundle = ask(manager, desk)
    run_queued()
    packed = opened(manager.get(file_url(desk, bundle)))
    assert not any(name.startswith(("/", ".")) or "../" in name for name in packed.namelist())
    assert "'=cmd()" in packed.read("index.csv").decode()
    sheet = sheet_of(packed)
    assert sheet["B2"].value == "'=cmd()"
    assert sheet["B2"].data_type == "s"
    assert index_of(packed)[0]["name"] == "=cmd()"
