"""Which parts of a credential were altered, by name: what was issued is never shown."""

import hashlib
from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.credentials.reading import comparable
from certificates.credentials.signing import canonical

PARTS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("id", "name"), _("编号或名称")),
    (("issuer",), _("签发方")),
    (("validFrom", "validUntil", "awardedDate"), _("签发时间")),
    (("credentialSubject.identifier", "credentialSubject.id"), _("持有人")),
    (("credentialSubject.result",), _("服务时长或星级")),
    (("credentialSubject.activityStartDate", "credentialSubject.activityEndDate"), _("服务期间")),
    (("credentialSubject.narrative", "credentialSubject.source"), _("服务内容或记录单位")),
    (("credentialSubject.achievement",), _("成就的名称、依据或编号")),
    (("evidence",), _("服务明细")),
    (("credentialStatus",), _("状态列表")),
)
OTHER = _("其他内容")


def is_copy(given: dict[str, Any], issued: dict[str, Any]) -> bool:
    """Whether whoever made the file had the credential: it carries its proof, which nobody can guess.

    To others nothing is named: they could try names and hours until one of them is no longer called different.
    """
    proof = given.get("proof")
    return isinstance(proof, dict) and proof.get("proofValue") == issued["proof"]["proofValue"]


def has_digest(given: dict[str, Any], sha256: str) -> bool:
    """Whether this is the credential with that digest; what has no canonical form, such as half a character, is not."""
    try:
        return hashlib.sha256(canonical(given)).hexdigest() == sha256
    except (ValueError, RecursionError):
        return False


def differing_parts(given: dict[str, Any], issued: dict[str, Any]) -> tuple[str, ...]:
    """Names of what the file says otherwise, in the order of the credential."""
    said, meant = _flat(given), _flat(issued)
    different = {name for name in said | meant if comparable(said.get(name)) != comparable(meant.get(name))}
    named = tuple(str(words) for names, words in PARTS if different & set(names))
    known = {name for names, _words in PARTS for name in names}
    return (*named, str(OTHER)) if different - known else named


def _flat(document: dict[str, Any]) -> dict[str, Any]:
    """Members by name, those of the subject as `credentialSubject.name`."""
    plain = {name: value for name, value in document.items() if name != "credentialSubject"}
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict):
        return {**plain, "credentialSubject": subject}
    return {**plain, **{f"credentialSubject.{name}": value for name, value in subject.items()}}
