"""What a community must be like to belong to the site."""

import re

from django.utils.translation import gettext as _

from portal.core.enums import DivisionLevel
from portal.core.models import Division

NAME_MOST = 60


def streets() -> dict[str, Division]:
    """The site's streets and towns by code; one query."""
    return {street.code: street for street in Division.objects.filter(level=DivisionLevel.STREET)}


def community_faults(code: str, name: str, known: dict[str, Division] | None = None) -> list[tuple[str, str]]:
    """What is wrong with a community, as (field, message); `known` are the streets, when already read."""
    faults = []
    if not re.fullmatch(r"\d{12}", code):
        faults.append(("code", _("代码应是12位数字，现在是%(length)s位。") % {"length": len(code)}))
    elif code[:9] not in (streets() if known is None else known):
        faults.append(("code", _("本站没有代码为%(code)s的街道（乡镇）。") % {"code": code[:9]}))
    elif code.endswith("000"):
        faults.append(("code", _("后三位是000的是街道本身，不是社区。")))
    if not name:
        faults.append(("name", _("没有名称。")))
    elif len(name) > NAME_MOST:
        faults.append(("name", _("名称超过%(most)s个字。") % {"most": NAME_MOST}))
    return faults
