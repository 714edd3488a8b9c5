"""A tenant's colours: as a style sheet, as an icon, and refused when they cannot be read."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from portal.core import contrast

if TYPE_CHECKING:
    from portal.core.models import SiteIdentity

PROPERTIES = ("accent", "accent_deep", "on_accent", "lamp", "paper", "ink")
ELDER_PROPERTIES = ("elder_accent", "elder_accent_deep")

# What the pairs of `contrast.pairs` are called on the form.
NAMES = {
    "accent": _("主色"),
    "accent_deep": _("主色（深）"),
    "on_accent": _("主色上的字"),
    "lamp": _("灯光色"),
    "paper": _("纸色"),
    "ink": _("墨色"),
    "ink_soft": _("次要文字"),
    "tint": _("衬底"),
    "tint_deep": _("深衬底"),
    "rule_firm": _("粗线"),
    "edge": _("输入框边线"),
    "field": _("输入框底色"),
    "white": _("白底"),
    "elder_accent": _("长者模式主色"),
    "elder_accent_deep": _("长者模式主色（深）"),
}
# Which field of the form to mend when the front of a pair is derived.
MENDS = {"ink_soft": "ink", "edge": "ink", "rule_firm": "accent"}


def stylesheet(identity: SiteIdentity) -> str:
    """The tenant's values as `/theme.css` serves them; everything else is derived in tokens.css."""
    normal = "".join(f"--{name.replace('_', '-')}:{getattr(identity, name)};" for name in PROPERTIES)
    elder = f"--accent:{identity.elder_accent};--accent-deep:{identity.elder_accent_deep};"
    return f"@layer tokens.theme{{:root{{{normal}}}.elder{{{elder}}}}}\n"


def version(identity: SiteIdentity) -> str:
    """Changes when a colour or the plate does."""
    return _version(*(getattr(identity, name) for name in (*PROPERTIES, *ELDER_PROPERTIES, "plate")))


@lru_cache(maxsize=512)
def _version(*values: str) -> str:
    return hashlib.sha256(" ".join(values).encode()).hexdigest()[:12]


def icon(identity: SiteIdentity) -> str:
    """The plate as an SVG for browser tabs."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect x="2" y="2" width="60" height="60" fill="{identity.accent}"/>'
        f'<text x="32" y="47" font-family="Songti SC,Noto Serif CJK SC,SimSun,serif" font-weight="900" font-size="42" '
        f'text-anchor="middle" fill="{identity.on_accent}">{escape(identity.plate)}</text></svg>\n'
    )


def refuse_unreadable(identity: SiteIdentity) -> None:
    """Raise a ValidationError naming each pair, its ratio and the field to mend."""
    try:
        palette = contrast.Palette(
            **{name: contrast.parse(getattr(identity, name)) for name in (*PROPERTIES, *ELDER_PROPERTIES)}
        )
    except ValueError:  # the field's own validator says what is wrong with it
        return
    errors: dict[str, list[ValidationError]] = {}
    for pair in contrast.failures(palette):
        message = _("“%(front)s”在“%(ground)s”上的对比度是%(reached).1f，至少要%(least)s，请把深浅差再拉大一些。")
        words = {
            "front": NAMES[pair.front],
            "ground": NAMES[pair.ground],
            "reached": int(pair.reached * 10) / 10,  # never rounded up to what it must reach
            "least": f"{pair.least:g}",
        }
        field = MENDS.get(pair.front, pair.front)
        errors.setdefault(field, []).append(ValidationError(message, code="contrast", params=words))
    if errors:
        raise ValidationError(errors)
