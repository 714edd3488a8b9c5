"""Designs of certificates of a demo site: one that prints records, one that waits as a draft."""

import random
from dataclasses import replace
from datetime import date

from certificates.design import Signatory
from certificates.designs import default_design
from certificates.designs.emblems import take_emblem
from certificates.domain import publish_design, save_draft
from certificates.enums import Kind, Occasion
from portal.accounts.models import User
from portal.core.queries import identity
from portal.volunteers.domain.designing import sample_programme
from tenants.models import Tenant

_SIGNATORIES = ("王秋实", "李望舒", "韦春华", "覃思远", "赵堃", "陈若谷")


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """The record in the site's own emblem with who signs; for stars a text of one's own that nobody has published."""
    officer, programme = str(User.objects.get(username="officer").pk), sample_programme()
    emblem, name = (
        take_emblem(chrysanthemum(identity().accent)),
        _SIGNATORIES[int(tenant.division_code) % len(_SIGNATORIES)],
    )
    signed = (Signatory(name=name, title="志愿服务指导中心主任（示例）"),)
    record = replace(default_design(Kind.RECORD), emblem=emblem, signatories=signed)
    publish_design(save_draft(Kind.RECORD, "", record, edited_by=officer), published_by=officer, programme=programme)
    star = default_design(Kind.HONOUR, Occasion.STAR, motif=programme.motif)
    text = star.text.replace("谨致敬意。", "感谢您把时间留给身边的老人。")
    save_draft(
        Kind.HONOUR, Occasion.STAR, replace(star, text=text, emblem=emblem, signatories=signed), edited_by=officer
    )


def chrysanthemum(ink: str) -> bytes:
    """A flower of sixteen petals in a ring, an emblem that is nobody's."""
    petals = "".join(
        f'<ellipse cx="50" cy="26" rx="4.6" ry="15" transform="rotate({degrees} 50 50)"/>'
        for degrees in (360 / 16 * turn for turn in range(16))
    )
    ring = f'<circle cx="50" cy="50" r="48" fill="none" stroke="{ink}" stroke-width="3"/>'
    heart = '<circle cx="50" cy="50" r="7" fill="#ffffff"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{ring}<g fill="{ink}">{petals}</g>{heart}</svg>'
    ).encode()
