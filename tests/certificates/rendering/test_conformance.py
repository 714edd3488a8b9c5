"""veraPDF, the reference validator, passes every sheet and card as PDF/A-3a and as PDF/UA-1, sealed or not."""

import io

import pikepdf
import pytest
from django.test import override_settings

from certificates.enums import Kind
from certificates.rendering import press
from certificates.rendering.cards import print_card
from certificates.sealing.pades import PadesSeal
from tests import verapdf
from tests.certificates.rendering.test_press import IMPRINT
from tests.factories.certificates import every_card, every_sheet, make_subject
from tests.factories.designs import every_designed_sheet

pytestmark = pytest.mark.xdist_group("verapdf")  # one process of the suite, so one JVM


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The verdicts on every sheet, on each once sealed, and on one whose language was taken out."""
    with override_settings(CERTIFICATE_ROOT=str(tmp_path_factory.mktemp("emblems"))):
        sheets = {**every_sheet(), **every_designed_sheet()}
        files = {name: press.print_certificate(facts, IMPRINT) for name, facts in sheets.items()}
    ours = PadesSeal()
    key = ours.make_key(make_subject())
    sealed = {f"sealed-{name}": ours.seal(pdf, key, reason="出具志愿服务证书").pdf for name, pdf in files.items()}
    cards = {name: print_card(facts) for name, facts in every_card().items()}
    return verapdf.verdicts({**files, **sealed, **cards, "broken": without_language(files["record-four-rows"])})


def without_language(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf, io.BytesIO() as file:
        del pdf.Root.Lang
        pdf.save(file)
        return file.getvalue()


@pytest.mark.parametrize("sealed", ["", "sealed-"])
def test_every_sheet_passes_before_and_after_sealing(said: dict[str, list[str]], sealed: str) -> None:
    names = [f"{sealed}{name}" for name in (*every_sheet(), *every_designed_sheet())]
    assert {name: said[name] for name in names} == dict.fromkeys(names, verapdf.PASSES)


def test_every_card_passes(said: dict[str, list[str]]) -> None:
    assert {name: said[name] for name in every_card()} == dict.fromkeys(every_card(), verapdf.PASSES)


def test_a_sheet_without_a_language_would_not(said: dict[str, list[str]]) -> None:
    assert "FAIL ua1" in said["broken"]


def test_no_kind_is_left_out() -> None:
    for sheets in (every_sheet(), every_designed_sheet()):
        assert {facts.kind for facts in sheets.values()} == set(Kind.values)
