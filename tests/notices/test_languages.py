"""Every notice is kept in every language, whichever whoever causes it reads."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import lazy
from wagtail.models import Revision

from certificates.enums import Ground, KeyUse, State
from certificates.errors import GlyphMissing
from certificates.models import Certificate, Revocation, SigningKey
from portal.honours.domain import telling as stars
from portal.honours.domain.stars import shortage
from portal.honours.models import Round, StarApplication
from portal.honours.standing import Standing
from portal.notices.models import Notice
from portal.organisations.domain.membership import add_member
from portal.organisations.models import Organisation
from portal.projects.review import tell_approved, tell_returned
from portal.stories.domain.endings import hold_back_scheduled, unpublish_ended
from portal.stories.enums import PersonKind
from portal.stories.models import Consent, StoryPage, StoryPerson
from portal.volunteers.domain import telling, telling_certificates, telling_corrections, telling_requests
from portal.volunteers.enums import CorrectedField, SignUpState
from portal.volunteers.models import CertificateRequest, Correction, CorrectionRequest
from tests.cast import TEAM, person
from tests.factories.certificates import make_facts, make_requested, make_row
from tests.factories.people import make_user
from tests.factories.projects import make_project, make_shift
from tests.factories.stories import make_consent, make_story
from tests.factories.volunteers import make_record, make_sign_up, make_volunteer

PORTAL = Path(telling.__file__).parents[2]
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]")
NUMBER, DAY = "120101202600017", timedelta(days=1)
GONE = date(2026, 11, 9)


class World:
    """What is told of, named in no Chinese letter: what is left of those in English is ours."""

    def __init__(self) -> None:
        self.officer, self.other = make_user("officer", name="Ann", email="ann@example.org"), person("officer")
        self.volunteer = make_volunteer(make_user(name="Li Mei", email="li@example.org"))
        self.project = make_project(title="Tea", venue="Hall", summary="Tea together.", in_charge=self.other)
        self.shift = make_shift(self.project)
        self.team = Organisation.objects.get(name=TEAM)
        for row in (self.officer, self.other, person("organisation_manager"), self.team):
            row.name = "Team" if row == self.team else "Ann"
            row.save()

    def sign_up(self, shift: Any = None, **over: Any) -> Any:
        return make_sign_up(shift or self.shift, self.volunteer, **over)

    def soon(self) -> Any:
        return make_shift(self.project, starts_at=timezone.now() + timedelta(hours=1))

    def record(self) -> Any:
        record = make_record(self.volunteer, organiser="Team", in_charge="A", activity="Tea", reason="too long")
        record.project.in_charge = self.other
        return record

    def certificate(self, **over: Any) -> Certificate:
        facts = make_facts(holder_masked="L*")
        values = {"pk": 7, "number": NUMBER, "facts_json": facts.to_json(), "revoked_reason": "twice", **over}
        return Certificate(**values)

    def revocation(self) -> Revocation:
        return Revocation(ground=Ground.MISISSUED, proposed_by=str(self.other.pk), note="it is right")

    def request(self, **over: Any) -> CertificateRequest:
        values = {"pk": 7, "volunteer": self.volunteer, "asked_by": person("organisation_manager"), "body": self.team}
        return CertificateRequest(**values, note="no hours", certificate=self.certificate(), **over)

    def contest(self) -> CorrectionRequest:
        asked = {"claim": "three hours", "answer": "two", "due_on": GONE, "record": self.record()}
        return CorrectionRequest(pk=7, volunteer=self.volunteer, certificate=self.certificate(), **asked)

    def star(self) -> StarApplication:
        people = {"volunteer": self.volunteer, "applied_by": self.volunteer.user}
        return StarApplication(pk=7, level=3, publicity_until=GONE, note="too few", **people)

    def round(self) -> Round:
        return Round(pk=7, title="Autumn", note="again", proposed_by=self.other, decided_by=self.officer)

    def superseded(self) -> None:
        old = make_requested(holder_masked="L*")
        make_requested(holder_masked="L*", rows=(make_row(),))
        Certificate.objects.exclude(pk=old.pk).update(replaces=old)
        old.state = State.SUPERSEDED
        telling_certificates.certificate_ended(self.volunteer, old)

    def key(self, *, days: int) -> None:
        until = timezone.now() + DAY * days
        telling_certificates.key_ending(SigningKey(use=KeyUse.SEAL, valid_until=until))

    def dropped(self, **over: Any) -> None:
        why = lazy(lambda: translation.gettext("姓名更正过"), str)()
        telling_requests.certificate_dropped(self.volunteer, self.certificate(), reason=why, **over)

    def story(self) -> StoryPage:
        consent = make_consent(person="Zhang")
        people = [StoryPerson(name="Zhang", kind=PersonKind.ELDER, consent=consent)]
        return make_story(title="Light", people=people)

    def unpublished(self) -> None:
        self.story()
        unpublish_ended(today=Consent.objects.get().valid_until + DAY)

    def held_back(self) -> None:
        story = self.story()
        story.save_revision()
        Revision.objects.update(approved_go_live_at=timezone.now())
        hold_back_scheduled(now=timezone.now() + DAY, today=Consent.objects.get().valid_until + DAY)

    def review(self, comment: str = "") -> Any:
        task = SimpleNamespace(get_comment=lambda: comment)
        return SimpleNamespace(content_object=self.project, requested_by=self.other, current_task_state=task)

    def correction(self, field: CorrectedField) -> Correction:
        return Correction(volunteer=self.volunteer, field=field, why="misread")


SHORT = lazy(shortage, str)(Standing(minutes=120, unsettled=60, paid=30), 240)
GLYPH = GlyphMissing("𠮷", label=lazy(lambda: translation.gettext("姓名"), str)(), field="holder_name")
#: Who tells it, and what happens; several where the words differ.
TOLD: list[tuple[Any, Callable[[World], object]]] = [
    (telling.signed_up, lambda w: telling.signed_up(w.sign_up())),
    (telling.signed_up, lambda w: telling.signed_up(w.sign_up(state=SignUpState.WAITING, position=2))),
    (telling.moved_up, lambda w: telling.moved_up(w.sign_up())),
    (telling.withdrawn, lambda w: telling.withdrawn(w.sign_up(), by=w.officer)),
    (telling.withdrawn, lambda w: telling.withdrawn(w.sign_up(w.soon()), by=w.officer)),
    (telling.cancelled, lambda w: telling.cancelled(w.project, [w.sign_up()], reason="rain", by=w.officer)),
    (telling.moved_in_time, lambda w: telling.moved_in_time(w.shift, [w.sign_up()])),
    (telling.roll_taken, lambda w: telling.roll_taken(w.shift, [w.record()], by=w.officer)),
    (telling.confirmed, lambda w: telling.confirmed(w.record())),
    (telling.disputed, lambda w: telling.disputed(w.record())),
    (telling.corrected, lambda w: telling.corrected(w.record())),
    (telling.voided, lambda w: telling.voided(w.record())),
    (telling.person_corrected, lambda w: telling.person_corrected(w.volunteer, [*map(w.correction, CorrectedField)])),
    (telling_certificates.certificate_ready, lambda w: telling_certificates.certificate_ready(w.volunteer, NUMBER)),
    (telling_certificates.certificate_stuck, lambda w: telling_certificates.certificate_stuck(w.volunteer, NUMBER)),
    (telling_certificates.key_ending, lambda w: w.key(days=30)),
    (telling_certificates.key_ending, lambda w: w.key(days=-1)),
    (
        telling_certificates.certificate_outdated,
        lambda w: telling_certificates.certificate_outdated(w.volunteer, NUMBER, reason="misread", by=w.officer),
    ),
    (telling_certificates.certificate_ended, lambda w: w.superseded()),
    (
        telling_certificates.certificate_ended,
        lambda w: telling_certificates.certificate_ended(
            w.volunteer, w.certificate(state=State.REVOKED, revoked_ground=Ground.MISISSUED)
        ),
    ),
    (
        telling_certificates.revocation_proposed,
        lambda w: telling_certificates.revocation_proposed(w.certificate(), w.revocation(), by=w.officer),
    ),
    (
        telling_certificates.revocation_declined,
        lambda w: telling_certificates.revocation_declined(w.certificate(), w.revocation()),
    ),
    (
        telling_certificates.revocation_lapsed,
        lambda w: telling_certificates.revocation_lapsed(w.certificate(), w.revocation()),
    ),
    (telling_corrections.asked, lambda w: telling_corrections.asked(w.contest())),
    (telling_corrections.withdrawn, lambda w: telling_corrections.withdrawn(w.contest())),
    (telling_corrections.corrected, lambda w: telling_corrections.corrected(w.contest())),
    (telling_corrections.refused, lambda w: telling_corrections.refused(w.contest())),
    (telling_corrections.due, lambda w: telling_corrections.due(w.contest())),
    (telling_requests.certificate_dropped, lambda w: w.dropped(again=w.request())),
    (telling_requests.certificate_dropped, lambda w: w.dropped(again=w.certificate())),
    (telling_requests.certificate_dropped, lambda w: w.dropped(refusal=SHORT)),
    (telling_requests.certificate_dropped, lambda w: w.dropped(refusal=GLYPH.message)),
    (
        telling_requests.asked_for_by_body,
        lambda w: telling_requests.asked_for_by_body(w.volunteer, w.team, NUMBER),
    ),
    (telling_requests.request_waits, lambda w: telling_requests.request_waits(w.request())),
    (telling_requests.request_approved, lambda w: telling_requests.request_approved(w.request())),
    (telling_requests.request_refused, lambda w: telling_requests.request_refused(w.request())),
    (stars.applied, lambda w: stars.applied(w.star())),
    (stars.objected, lambda w: stars.objected(w.star())),
    (stars.star_refused, lambda w: stars.star_refused(w.star())),
    (stars.star_awarded, lambda w: stars.star_awarded(w.star())),
    (stars.star_proposed, lambda w: stars.star_proposed(w.star(), by=w.officer)),
    (stars.star_returned, lambda w: stars.star_returned(w.star(), w.officer, note="look again")),
    (stars.round_proposed, lambda w: stars.round_proposed(w.round(), by=w.officer, chosen=3)),
    (stars.round_returned, lambda w: stars.round_returned(w.round(), w.officer)),
    (stars.round_done, lambda w: stars.round_done(w.round(), issued=3, left_out=1)),
    (stars.too_few_left, lambda w: stars.too_few_left(w.certificate(), 90, by=w.officer)),
    (stars.not_honoured, lambda w: stars.not_honoured(w.certificate(), [w.officer.pk], why=SHORT)),
    (stars.group_certificate_ready, lambda w: stars.group_certificate_ready(w.team, w.certificate())),
    (
        stars.group_certificate_ended,
        lambda w: stars.group_certificate_ended(w.team, w.certificate(state=State.REVOKED)),
    ),
    (stars.group_certificate_stuck, lambda w: stars.group_certificate_stuck(w.team, w.certificate())),
    (tell_approved, lambda w: tell_approved(instance=w.review())),
    (tell_returned, lambda w: tell_returned(instance=w.review())),
    (unpublish_ended, lambda w: w.unpublished()),
    (hold_back_scheduled, lambda w: w.held_back()),
    (add_member, lambda w: add_member(w.team, w.officer, by=person("organisation_manager"))),
]


def _tellers() -> Iterator[str]:
    """Public functions of the modules that tell, and of the others that call `notify`, by module and name."""
    for path in sorted(PORTAL.rglob("*.py")):
        source = path.read_text("utf-8")
        if "notify(" not in source or path.parent.parent.name == "notices":
            continue
        for name in _reaching_notify(ast.parse(source)):
            yield f"{'.'.join(path.relative_to(PORTAL.parent).with_suffix('').parts)}.{name}"


def _reaching_notify(tree: ast.Module) -> Iterator[str]:
    calls = {
        node.name: {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    reached = {"notify"}
    while more := {name for name, called in calls.items() if called & reached} - reached:
        reached |= more
    return (name for name in reached - {"notify"} if not name.startswith("_"))


def _told(happens: Callable[[World], object], world: World, language: str) -> list[tuple[Any, ...]]:
    """The notices that it leads to where somebody acts in `language`; undone."""
    with transaction.atomic():
        Notice.objects.all().delete()
        with translation.override(language):
            happens(world)
        rows = Notice.objects.order_by("user_id", "kind").values_list("user", "kind", "subject", "body", "translations")
        found = list(rows)
        transaction.set_rollback(True)
    return found


def test_every_function_that_tells_is_looked_at() -> None:
    assert {f"{teller.__module__}.{teller.__name__}" for teller, _happens in TOLD} == set(_tellers())


@pytest.mark.parametrize("happens", [pytest.param(happens, id=teller.__name__) for teller, happens in TOLD])
def test_a_notice_says_the_same_in_both_languages_whoever_causes_it(
    tenant_a: Any, happens: Callable[[World], object]
) -> None:
    world = World()
    told = _told(happens, world, "zh-hans")
    assert told
    assert told == _told(happens, world, "en")
    for _user, _kind, subject, body, translations in told:
        assert CHINESE.search(subject)
        assert CHINESE.search(body) or not body
        english = translations["en"]
        assert english["subject"]
        assert bool(english["body"]) == bool(body)
        assert CHINESE.findall(f"{english['subject']} {english['body']}".replace("𠮷", "")) == []


def test_refusals_that_a_notice_repeats_are_said_by_the_reader(tenant_a: Any) -> None:
    """Raised in one language, read in another."""
    from portal.volunteers.domain.certify import confirmed_facts
    from portal.volunteers.domain.errors import GuardianMissing, NothingToCertify
    from portal.volunteers.domain.scopes import Scope

    grown, child = make_volunteer(), make_volunteer(birth_date=f"{timezone.localdate().year - 11}-01-01")
    make_record(grown)
    today = timezone.localdate()
    for volunteer, kind in ((grown, NothingToCertify), (child, GuardianMissing)):
        with translation.override("zh-hans"), pytest.raises(kind) as refused:
            confirmed_facts(volunteer, Scope(start=today - DAY * 9, end=today), seal=False)
        with translation.override("en"):
            assert CHINESE.findall(" ".join(refused.value.messages)) == []
