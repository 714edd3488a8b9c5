"""On what consents a story stands, who may write it, and whether it may be seen today."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.accounts.roles import Role, has_role
from portal.core.days import long_day
from portal.core.errors import DomainError

if TYPE_CHECKING:
    from portal.stories.models import Consent


class ConsentMissing(DomainError):
    """A picture, or the name of an elder or a minor, would be published without a valid consent."""


def may_write(user: Any) -> bool:
    """Publicists and officers begin stories."""
    return has_role(user, Role.PUBLICIST, Role.OFFICER)


def may_publish(user: Any) -> bool:
    """Reviewers and officers: who writes does not release (三审三校)."""
    return has_role(user, Role.REVIEWER, Role.OFFICER)


class SelfApproval(DomainError):
    """Somebody would release a story of their own."""


def is_own(user: Any, story: Any) -> bool:
    """Whether the user began the story; operators stand outside the house."""
    return bool(story.owner_id == user.pk and not user.is_superuser)


def may_see_consents(user: Any) -> bool:
    """A consent is a person's own paper: no one beyond those who work with stories."""
    return has_role(user, Role.PUBLICIST, Role.REVIEWER, Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a story and whose consents it names."""

    title: str
    nobody: bool
    consents: "list[Consent]"


def pictures_of(story: Any) -> list[Shown]:
    """The picture at the head, then those in the text."""
    found = []
    if story.picture is not None:
        found.append(Shown(story.picture.title, story.picture_nobody, list(story.picture_consents.all())))
    for block in story.body:
        if block.block_type == "picture" and block.value["image"] is not None:
            consents = [consent for consent in block.value["consents"] if consent is not None]
            found.append(Shown(block.value["image"].title, block.value["nobody"], consents))
    return found


def consents_of(story: Any) -> "list[Consent]":
    """The consents that the story names, for people and for pictures, each once."""
    found = [person.consent for person in story.people.all() if person.consent_id]
    found += [consent for picture in pictures_of(story) for consent in picture.consents]
    return list({consent.pk: consent for consent in found}.values())


def lacking(story: Any, *, on: dt.date) -> list[str]:
    """What forbids publication on `on`, one sentence for each person or picture; empty when all is in order."""
    return [*_people_lacking(story, on), *_pictures_lacking(story, on)]


def _people_lacking(story: Any, on: dt.date) -> list[str]:
    found = []
    for person in story.people.all():
        if person.consent is not None:
            found += _reasons(person.consent, on, shown=person.name)
        elif person.needs_consent:
            found.append(
                _("%(name)s（%(kind)s）还没有同意书。请补录，或者去掉姓名。")
                % {"name": person.name, "kind": person.get_kind_display()}
            )
    return found


def _pictures_lacking(story: Any, on: dt.date) -> list[str]:
    found = []
    for number, picture in enumerate(pictures_of(story), start=1):
        if not picture.consents and not picture.nobody:
            found.append(
                _("第%(number)s张图（%(title)s）还没有同意书。画面里没有认得出的人，就勾上那一项。")
                % {"number": number, "title": picture.title}
            )
        for consent in picture.consents:
            found += _reasons(consent, on, shown=consent.person)
    return found


def _reasons(consent: "Consent", on: dt.date, *, shown: str) -> list[str]:
    if consent.holds_on(on):
        return []
    words = {"name": shown, "until": long_day(consent.valid_until), "from": long_day(consent.given_on)}
    if consent.withdrawn_on is not None and consent.withdrawn_on <= on:
        return [_("%(name)s已经撤回同意。请去掉姓名和照片，或者重新取得同意。") % words]
    if consent.valid_until < on:
        return [_("%(name)s的同意书%(until)s到期。请续签后再发布。") % words]
    return [_("%(name)s的同意书从%(from)s起才有效。") % words]
