"""What cannot be taken back is asked once more: what will happen and to whom; nothing is done before."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from django.test import Client

from certificates.design import Signatory
from certificates.domain import propose_revocation, save_draft
from certificates.models import Certificate, DesignVersion
from portal.core import confirming
from portal.core.confirming import NAMED, named
from portal.core.models import RuleSettings
from portal.honours.domain import propose_round, record_objection
from portal.honours.models import Round, StarApplication
from portal.honours.views import questions
from portal.volunteers.domain.asking import Wish, ask
from portal.volunteers.domain.contesting import ask_for_correction
from portal.volunteers.models import CertificateRequest, CorrectionRequest, Volunteer
from tests.cast import person
from tests.confirming import confirmed
from tests.factories.designs import make_design, make_published
from tests.factories.honours import make_due, make_proposed, make_round, no_second_person, second_officer, serve
from tests.factories.volunteers import make_volunteer
from tests.tasks import run_queued
from tests.volunteers.test_approval import page, scope, seen, want_second_person

ClientFor = Callable[..., Client]
DESIGNS = "/cms/certificate-designs/honour/"


class Asked(NamedTuple):
    """By `who` at `url` with `data`; `told` stands on the page, `back` is its way out."""

    url: str
    data: dict[str, Any]
    told: list[str]
    who: str = "officer"
    back: str = ""


def _round(**over: Any) -> Round:
    serve(make_volunteer(name="李小梅"))
    return make_round(**over)


def _names(award: Round) -> list[str]:
    return [str(entry.volunteer) for entry in award.entries.all()]


def dropping() -> Asked:
    award = _round()
    told = ["“2026年敬老月”不办了", "选中的1个，没有列入的0个", "不能恢复", *_names(award)]
    return Asked(f"/cms/honours/rounds/{award.pk}/", {"act": "drop"}, told)


def issuing_alone() -> Asked:
    no_second_person()
    award = _round()
    told = ["颁发1张证书", "不能撤回", *_names(award)]
    return Asked(f"/cms/honours/rounds/{award.pk}/", {"act": "propose"}, told)


def proposing() -> Asked:
    award = _round()
    told = ["提请颁发1张证书", "名单不能再改", *_names(award)]
    return Asked(f"/cms/honours/rounds/{award.pk}/", {"act": "propose"}, told)


def issuing() -> Asked:
    award = propose_round(_round(), by=second_officer())
    return Asked(f"/cms/honours/rounds/{award.pk}/", {"act": "approve"}, ["颁发1张证书", *_names(award)])


def _star(application: StarApplication, data: dict[str, Any], *told: str, who: str = "officer") -> Asked:
    return Asked(f"/cms/honours/stars/{application.pk}/", data, [str(application.volunteer), *told], who)


def awarding_alone() -> Asked:
    no_second_person()
    return _star(make_due(), {"act": "propose"}, "评定为一星", "不能改回")


def awarding() -> Asked:
    return _star(make_proposed(), {"act": "award"}, "评定为一星", who=second_officer().username)


def refusing_a_star() -> Asked:
    return _star(make_due(), {"act": "refuse", "note": "记录有误"}, "记录有误", "通知本人")


def upholding() -> Asked:
    due = make_due()
    objection = record_objection(due, by=person("officer"), content="没有来过", objector="")
    data = {"act": "settle", "objection": objection.pk, "upheld": "yes", "answer": "核实没有来过"}
    return _star(due, data, "核实没有来过", "不能改回")


def _issued() -> Certificate:
    volunteer = make_volunteer("volunteer")
    serve(volunteer)
    ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    run_queued()
    return Certificate.objects.get()


def _certificate(certificate: Certificate, data: dict[str, Any], *told: str) -> Asked:
    shown = [certificate.number, certificate.facts.holder_masked, "不能恢复", *told]
    return Asked(f"/cms/certificates/{certificate.pk}/", data, shown)


def revoking() -> Asked:
    certificate = _issued()
    by = str(second_officer().pk)
    propose_revocation(certificate, ground="not_theirs", reason="冒名领取", proposed_by=by)
    return _certificate(certificate, {"act": "confirm"}, "不是持有人本人的服务", "冒名领取")


def revoking_alone() -> Asked:
    RuleSettings.objects.update_or_create(pk=1, defaults={"revocation_second_person": False})
    data = {"act": "propose", "ground": "not_theirs", "reason": "冒名领取"}
    return _certificate(_issued(), data, "不是持有人本人的服务", "冒名领取")


def renewing() -> Asked:
    certificate = _issued()
    serve(Volunteer.objects.get(), ago=3)
    return _certificate(certificate, {"act": "renew"}, "取一个新编号")


def _request(data: dict[str, Any], *told: str) -> Asked:
    want_second_person()
    volunteer = make_volunteer("volunteer")
    serve(volunteer)
    request = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert isinstance(request, CertificateRequest)
    shown = [str(volunteer), *told]
    given = {**data, "seen": seen(request)}
    return Asked(page(request), given, shown, back="/cms/snippets/volunteers/certificaterequest/")


def approving() -> Asked:
    return _request({"act": "approve"}, "1笔服务，合计2小时", "不能收回")


def refusing() -> Asked:
    return _request({"act": "refuse", "note": "时长待核实"}, "时长待核实", "不能改回")


def _contested(data: dict[str, Any], *told: str) -> Asked:
    certificate = _issued()
    serve(Volunteer.objects.get(), ago=3)
    made = ask_for_correction(certificate, by=person("volunteer"), about="other", claim="少了一天")
    shown = [certificate.number, certificate.facts.holder_masked, *told]
    url = f"/cms/correction-requests/{made.pk}/"
    return Asked(url, data, shown, back="/cms/snippets/volunteers/correctionrequest/")


def correcting() -> Asked:
    return _contested({"act": "corrected"}, "停用，不能恢复")


def contradicting() -> Asked:
    return _contested({"act": "refuse", "answer": "没有签到"}, "没有签到", "不能改回")


def _design(*signatories: Signatory) -> None:
    make_published(heading="甲")
    save_draft("honour", "", make_design(heading="乙", signatories=signatories), edited_by="1")


def retiring() -> Asked:
    _design()
    return Asked(DESIGNS, {"act": "retire", "number": 1}, ["第1版出具的0张不变", "停用后不能恢复"])


def dropping_a_draft() -> Asked:
    _design()
    return Asked(DESIGNS, {"act": "drop"}, ["草稿“乙”", "不能恢复"])


def copying_over_a_draft() -> Asked:
    _design()
    return Asked(DESIGNS, {"act": "copy", "number": 1}, ["草稿“乙”", "第1版盖掉"], back=f"{DESIGNS}draft/")


def publishing() -> Asked:
    _design(Signatory(name="王海", title="局长"), Signatory(name="李山"))
    told = ["草稿“乙”", "代替第1版", "不能删除", "签发人李山没有写职务", "就这样发布"]
    return Asked(f"{DESIGNS}draft/publish/", {}, told, back=DESIGNS)


def state() -> list[Any]:
    """Of all that could have been decided."""
    models: list[Any] = [Round, StarApplication, CertificateRequest, CorrectionRequest, Certificate, DesignVersion]
    rows = [list(model.objects.order_by("pk").values_list("pk", "state")) for model in models]
    return [*rows, list(DesignVersion.objects.values_list("heading", flat=True))]


@pytest.mark.parametrize(
    "make",
    [
        dropping, issuing_alone, proposing, issuing, awarding_alone, awarding, refusing_a_star, upholding,
        revoking, revoking_alone, renewing, approving, refusing, correcting, contradicting, retiring, dropping_a_draft,
        copying_over_a_draft, publishing,
    ],
    ids=lambda make: make.__name__,
)  # fmt: skip
def test_what_is_for_good_is_asked_once_more(tenant_a: Any, client_for: ClientFor, make: Callable[[], Asked]) -> None:
    asked = make()
    client, before = client_for(tenant_a, asked.who), state()
    first: Any = client.post(asked.url, asked.data)
    assert (first.status_code, [told for told in asked.told if told not in first.text]) == (200, [])
    assert "不做，返回" in first.text
    assert client.get(first.context["question"].back).status_code == 200

    stale: Any = client.post(asked.url, {**asked.data, "confirmed": "x"})
    assert ("情况有变" in first.text, "情况有变" in stale.text, state()) == (False, True, before)

    done = confirmed(client, asked.url, asked.data)
    assert done.headers["Location"] == (asked.back or asked.url)
    assert state() != before


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    assert named(range(NAMED), of=NAMED) == tuple(map(str, range(NAMED)))
    assert named(range(99), of=99)[-2:] == (str(NAMED - 1), "……共99个")


def test_what_changed_meanwhile_is_looked_at_again(
    tenant_a: Any, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "NAMED", 0)
    monkeypatch.setattr(questions, "NAMED", 0)
    award, client = _round(), client_for(tenant_a, "officer")
    url = f"/cms/honours/rounds/{award.pk}/"
    answer = client.post(url, {"act": "drop"}).context["question"].answer
    first = award.entries.get().volunteer
    serve(make_volunteer(name="王大山"))
    client.post(url, {"act": "list"})
    entries = {entry.volunteer: entry.pk for entry in award.entries.all()}
    ticked = [pk for volunteer, pk in entries.items() if volunteer != first]
    client.post(url, {"act": "tick", "was": list(entries.values()), "ticked": ticked})
    again = client.post(url, {"act": "drop", "confirmed": answer})
    # One is chosen as before, but it is somebody else.
    assert [word in again.text for word in ("选中的1个", "情况有变")] == [True, True]
    award.refresh_from_db()
    assert award.is_draft


@pytest.mark.parametrize("make", [publishing, dropping_a_draft, copying_over_a_draft])
def test_a_draft_that_somebody_else_has_saved_meanwhile_is_looked_at_again(
    make: Callable[[], Asked], tenant_a: Any, client_for: ClientFor
) -> None:
    asked, client = make(), client_for(tenant_a, "officer")
    answer = client.post(asked.url, asked.data).context["question"].answer
    draft = DesignVersion.objects.get(state="draft")
    save_draft("honour", "", replace(draft.design, text="{name}，{hours}小时，另一位写的。"), edited_by="2")
    assert "情况有变" in client.post(asked.url, {**asked.data, "confirmed": answer}).text
    assert "另一位写的" in DesignVersion.objects.get(state="draft").design.text
