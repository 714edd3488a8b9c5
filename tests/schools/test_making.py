"""A school's file while it is made: workers die, files are lost or damaged, and it is still made once and whole."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from certificates.download import pdf_bytes
from certificates.models import Certificate
from portal.schools.domain import packing
from portal.schools.domain.packing import pack_bundle
from portal.schools.enums import BundleState
from portal.schools.models import Bundle
from tests.factories.schools import make_pupil, school, store_certificate
from tests.killing import killed_after
from tests.schools.files import ask, file_url, index_of, opened
from tests.tasks import run_queued

ClientFor = Callable[..., Client]


class Killed(BaseException):
    """What no code catches, like the end of a process."""


@pytest.mark.parametrize("at", [3, 7])
def test_a_worker_killed_between_files_is_followed_by_another(
    tenant_a: Any, manager: Client, desk: str, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(packing, "STEP", 2)
    stored = [store_certificate(make_pupil(f"学生{number}")) for number in range(7)]
    bundle = ask(manager, desk)
    read: list[str] = []

    def dying(certificate: Certificate) -> bytes:
        read.append(certificate.number)
        if len(read) == at:
            raise Killed
        return pdf_bytes(certificate)

    monkeypatch.setattr(packing, "pdf_bytes", dying)
    with pytest.raises(Killed):
        pack_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.packed == (at - 1) // 2 * 2
    assert manager.get(file_url(desk, bundle)).status_code == 404

    run_queued()

    assert len(read) == 7 + (at - bundle.packed)  # what was settled is not packed again
    packed = opened(manager.get(file_url(desk, bundle)))
    assert sorted(row["certificate"] for row in index_of(packed)) == sorted(row.number for row in stored)
    assert len(packed.namelist()) == 7 + 3


def test_killed_after_the_file_had_its_name(
    tenant_a: Any, manager: Client, desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_certificate(make_pupil())
    bundle = ask(manager, desk)

    moves = packing.move

    def dying(moved: Bundle, to: BundleState, **values: Any) -> None:
        if to == BundleState.READY:
            raise Killed
        moves(moved, to, **values)

    with monkeypatch.context() as patched:
        patched.setattr(packing, "move", dying)
        with pytest.raises(Killed):
            pack_bundle(bundle.pk)
    assert Path(storages["certificates"].path(bundle.file_name)).exists()
    assert manager.get(file_url(desk, bundle)).status_code == 404
    run_queued()
    assert len(index_of(opened(manager.get(file_url(desk, bundle))))) == 1


def test_workers_that_are_really_killed_at_every_step_leave_it_whole(
    committed_a: Any, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "STEP", 2)
    stored = [store_certificate(make_pupil(f"学生{number}")) for number in range(6)]
    manager, desk = client_for(committed_a, "school_manager"), f"/desk/schools/{school().pk}/"
    bundle, counts = ask(manager, desk), []
    domain = "portal.schools.domain.packing"
    for target, real in (
        (f"{domain}._put", packing._put),
        ("portal.schools.archive._settle", packing.archive._settle),
        (f"{domain}._step", packing._step),
        ("portal.schools.archive.digest", packing.archive.digest),
        (f"{domain}.write_index", packing.write_index),
        ("pathlib.Path.replace", Path.replace),
    ):
        assert killed_after(target, real, partial(pack_bundle, bundle.pk)), target
        bundle.refresh_from_db()
        counts.append((bundle.packed, bundle.state))
        assert manager.get(file_url(desk, bundle)).status_code == 404
    assert counts == [(0, "queued"), (0, "queued"), (2, "making"), (6, "making"), (6, "making"), (6, "making")]
    run_queued()
    packed = opened(manager.get(file_url(desk, bundle)))
    assert sorted(row["certificate"] for row in index_of(packed)) == sorted(row.number for row in stored)
    assert len(set(packed.namelist())) == len(packed.namelist()) == 6 + 3


def test_a_lost_partial_file_is_begun_anew(
    tenant_a: Any, manager: Client, desk: str, private_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "STEP", 1)
    for number in range(2):
        store_certificate(make_pupil(f"学生{number}"))
    bundle = ask(manager, desk)
    packing._step(bundle.pk)
    (partial,) = private_folder.rglob("*.partial")
    partial.unlink()
    run_queued(also_later=True)
    assert len(index_of(opened(manager.get(file_url(desk, bundle))))) == 2


def test_a_damaged_sheet_is_named_and_does_not_stop_the_others(
    tenant_a: Any, manager: Client, desk: str, private_folder: Path
) -> None:
    store_certificate(make_pupil("好的"))
    broken = store_certificate(make_pupil("坏的"))
    next(private_folder.rglob(f"{broken.pdf_sha256}.pdf")).write_bytes(b"%PDF-1.7 other")
    bundle = ask(manager, desk)
    run_queued()
    rows = index_of(opened(manager.get(file_url(desk, bundle))))
    assert {row["name"]: row["left_out"] for row in rows} == {"好的": "", "坏的": "存档文件读不出来，请告诉本站管理员"}


def test_what_fails_for_good_can_go_on_by_hand(
    tenant_a: Any, manager: Client, desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_certificate(make_pupil())
    bundle = ask(manager, desk)

    def full(*_args: Any, **_values: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(packing.archive, "appending", full)
        run_queued(also_later=True)
    page = manager.get(desk).text
    assert "没有做成" in page
    assert "接着做" in page
    assert "hx-trigger" not in page
    assert manager.post(f"{desk}bundles/{bundle.key}/again/").status_code == 302
    run_queued()
    assert len(index_of(opened(manager.get(file_url(desk, bundle))))) == 1
