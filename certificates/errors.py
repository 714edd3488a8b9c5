"""What can keep a certificate from being made, each with a message for the person who asked."""

import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

INVISIBLE = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}


class CertificateError(ValidationError):
    """A refusal: its message is shown as it is, `field` names the fact it is about.

    The message may be lazy: a notice says it in every language.
    """

    def __init__(self, message: object, *, field: str = "") -> None:
        super().__init__(message, code="refused")
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class FactsIncomplete(CertificateError):
    """A fact that 令67号 asks for is missing or contradicts another."""


class GlyphMissing(CertificateError):
    """A character that no font of the certificates can print; `chosen` by whoever reads it, who may choose another."""

    def __init__(self, character: str, *, label: object, field: str, chosen: bool = False) -> None:
        self.character = character
        #: What of it can be shown, and its name in Unicode.
        self.shown = "" if unicodedata.category(character) in INVISIBLE else character
        self.code_point = f"{ord(character):04X}"
        message = _(
            "{label}中的“{character}”（U+{code}）印不出来：证书字库里没有这个字。"
            "请核对是否录错；没有录错的，请联系本站补充字库后再申请。"
        )
        if chosen:
            message = _(
                "{label}中的“{character}”（U+{code}）印不出来：证书字库里没有这个字。"
                "请换一个能印的字，或请平台补充字库。"
            )
        words = {"label": label, "character": self.shown, "code": self.code_point}
        super().__init__(format_lazy(message, **words), field=field)


class PictureRefused(CertificateError):
    """An uploaded emblem or background that cannot be printed."""

    def __init__(self, message: object, *, field: str = "emblem") -> None:
        super().__init__(message, field=field)


class DraftChanged(CertificateError):
    """Somebody else has saved, published or dropped the draft that was being edited."""


class SlotUnknown(CertificateError):
    """The words of a design leave something open that nothing fills."""

    def __init__(self, found: str, *, known: Iterable[str]) -> None:
        shown = "、".join(f"{{{name}}}" for name in known)
        message = _("正文里的“{found}”填不出来。能用的是：{known}。") if shown else _("正文里的“{found}”不成对。")
        super().__init__(message.format(found=found[:40], known=shown), field="text")


class TextTooLong(CertificateError):
    """A text that has no room on its sheet."""


class TextUnknown(CertificateError):
    """A frozen text that its frozen design and facts do not make."""


class DesignLacks(CertificateError):
    """A design on whose sheet something is missing that it must state, or has no room."""


class TransitionRefused(CertificateError):
    """A move that the table of states does not hold."""


class ReasonMissing(CertificateError):
    """A revocation without its reason."""


class SamePerson(CertificateError):
    """What needs a second person was tried by the first, or the other way round."""


class CorrectionUnderway(CertificateError):
    """A second correction of a certificate whose first is still being made."""


class NumberMalformed(CertificateError):
    """What was typed is no certificate number."""


class KeyRefused(CertificateError):
    """A signing key cannot be made, rotated or revoked as asked."""


class CredentialUnavailable(CertificateError):
    """No credential can be signed for this certificate now."""


class SealFailed(Exception):
    """No seal could be put, or not the one that was asked for; the certificate is tried again."""
