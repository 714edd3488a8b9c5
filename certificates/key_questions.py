"""What an operator is asked before a key is rotated or revoked for good."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from certificates.enums import KeyState, KeyUse


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuestion:
    """`answer` is what the page's button sends: it answers while the key is in the state that was read."""

    title: str
    happens: tuple[str, ...]
    button: str
    answer: str


def rotating(data: dict[str, Any]) -> KeyQuestion:
    """Another key takes over."""
    key = data["key"]
    words = {"use": key.get_use_display(), "key": key.fingerprint[:16], "days": data["days"]}
    afterwards = {
        KeyUse.SEAL: _("换新以后出具的证书，都由新密钥签章。"),
        KeyUse.CREDENTIAL: _("换新以后下载的电子凭证和状态列表，都由新密钥签。"),
    }
    return KeyQuestion(
        title=_("换新%(use)s密钥") % words,
        happens=(
            _("密钥%(key)s…马上换下，私钥销毁，不能再用它签，也不能恢复。它从前签的仍有效。") % words,
            _("新密钥有效期%(days)s天，公钥马上公开。") % words,
            afterwards[key.use],
        ),
        button=_("换新，旧的不再使用"),
        answer=f"rotate-{key.state}",
    )


def revoking(data: dict[str, Any]) -> KeyQuestion:
    """Nobody shall trust it any more."""
    key = data["key"]
    words = {"use": key.get_use_display(), "key": key.fingerprint[:16], "reason": data["reason"]}
    if key.state == KeyState.ACTIVE:
        happens = (_AFTER_REVOKING[key.use](),)
    else:
        happens = (_("它早已换下，现在签的用别的密钥，不受影响。"),)
    return KeyQuestion(
        title=_("撤销%(use)s密钥") % words,
        happens=(
            _("密钥%(key)s…马上撤销，不能恢复。撤销和原因公开，任何人核验时都看到：%(reason)s") % words,
            _BEFORE_REVOKING[key.use](),
            *happens,
        ),
        button=_("撤销，公开原因"),
        answer=f"revoke-{key.state}",
    )


def _sealed_before() -> str:
    return _("它从前签章的证书，只凭签章不能再采信；证书本身仍有效，以凭编号核验的结果为准。")


def _signed_before() -> str:
    return _("它从前签的电子凭证，谁也不能再采信，持有人要重新下载；证书本身仍有效。")


def _sealed_after() -> str:
    if settings.SEAL_REQUIRED:
        return _("启用新密钥以前，证书做不出来，都等着。")
    return _("启用新密钥以前，证书照常出具，但没有电子签章，以后也不补。")


def _signed_after() -> str:
    return _("启用新密钥以前，电子凭证不能下载，已经发出去的也查不到状态。")


_BEFORE_REVOKING = {KeyUse.SEAL: _sealed_before, KeyUse.CREDENTIAL: _signed_before}
_AFTER_REVOKING = {KeyUse.SEAL: _sealed_after, KeyUse.CREDENTIAL: _signed_after}
