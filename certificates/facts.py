"""What a certificate says, frozen: given by the caller, never read from a model of the portal."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from certificates.design import LATER, Design
from certificates.enums import Kind, Motif, Occasion, PartKind, ProofGrade
from certificates.errors import FactsIncomplete

SCHEMA = "yinling.certificate/1"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One confirmed service: what 令67号 art. 8 asks a record to hold."""

    day: date
    project: str
    content: str
    place: str
    minutes: int
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who records and certifies; with a second body, who organised."""

    name: str
    role: str = "记录单位"
    in_charge: str = ""
    handler: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The tenant's brand on the sheet: its line above the title, its ink, its drawing."""

    title: str
    accent: str = "#24593f"
    motif: Motif = Motif.NONE
    verse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What part of the service a record speaks of, where it is not all of the period: one project, or one organiser."""

    kind: str
    name: str
    number: str = ""

    @property
    def words(self) -> str:
        """As printed within the sentence."""
        if self.kind == PartKind.ORGANISER:
            return f"“{self.name}”组织的活动"
        return f"“{self.name}”项目" + (f"（{self.number}）" if self.number else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """What an honorary certificate adds: its title, its text, the hours it speaks of, a star level.

    `occasion` is one of `Occasion`, empty on sheets from before there were any.
    """

    heading: str
    text: str
    minutes: int
    level: int = 0
    occasion: str = ""

    def faults(self) -> Iterator[tuple[str, object, bool]]:
        """(field, message, whether it is so), as `CertificateFacts` asks."""
        known, starred = self.occasion in Occasion.values, self.occasion == Occasion.STAR
        yield "honour", _("星级应在0至5之间。"), not 0 <= self.level <= 5
        yield "honour", _("没有这种颁发事由。"), bool(self.occasion) and not known
        yield "honour", _("星级证书要写明几星，别的证书不写。"), known and starred != bool(self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """The whole content of one sheet; equal facts print equal sheets.

    `design` is the version that the tenant had published; None prints as the package does by itself.
    """

    holder_name: str
    holder_masked: str
    period_start: date
    period_end: date
    main_content: str
    programme: Programme
    bodies: tuple[Body, ...]
    rows: tuple[ServiceRow, ...] = ()
    honour: Honour | None = None
    part: Part | None = None
    id_kind: str = ""
    id_masked: str = ""
    volunteer_number: str = ""
    seal: bool = False
    design: Design | None = None
    schema: str = field(default=SCHEMA)

    def __post_init__(self) -> None:
        for name, message, wrong in self._faults():
            if wrong:
                raise FactsIncomplete(message, field=name)

    def _faults(self) -> Iterator[tuple[str, object, bool]]:
        yield from self._holder_faults()
        yield "period_end", _("服务期间的结束早于开始。"), self.period_end < self.period_start
        yield "main_content", _("缺服务内容。"), not self.main_content.strip()
        yield "bodies", _("缺记录单位。"), not self.bodies or not self.bodies[0].name.strip()
        yield "bodies", _("一张证书最多由两个单位出具。"), len(self.bodies) > 2
        yield "programme", _("主题色应写作六位十六进制。"), not COLOUR.fullmatch(self.programme.accent)
        yield "rows", _("没有已确认的服务记录，不能出具证明。"), not (self.rows or self.honour)
        yield "rows", _("服务时长应大于0。"), any(row.minutes <= 0 for row in self.rows) or self.minutes <= 0
        yield "rows", _("有服务记录不在服务期间内。"), any(not self._covers(row.day) for row in self.rows)
        yield "part", _("缺项目或单位的名称。"), self.part is not None and not self.part.name.strip()
        if self.honour:
            yield from self.honour.faults()

    def _holder_faults(self) -> Iterator[tuple[str, object, bool]]:
        yield "holder_name", _("缺持有人的姓名或名称。"), not self.holder_name.strip()
        if self.is_group:
            # An organisation stands under its full name, and has no identity card.
            yield "holder_masked", _("组织的名称不遮盖。"), self.holder_masked != self.holder_name
            yield "id_masked", _("组织的证书不写证件号码。"), bool(self.id_masked or self.volunteer_number)
            return
        yield "holder_masked", _("缺脱敏后的姓名。"), self.holder_masked in ("", self.holder_name)
        yield "id_masked", _("证件号码没有脱敏。"), bool(self.id_masked) and "*" not in self.id_masked

    def _covers(self, day: date) -> bool:
        return self.period_start <= day <= self.period_end

    @property
    def kind(self) -> str:
        """Honorary as soon as there is something to honour; of a group when that is who is honoured."""
        if self.is_group:
            return str(Kind.GROUP)
        return str(Kind.HONOUR if self.honour else Kind.RECORD)

    @property
    def is_group(self) -> bool:
        """Its holder is an organisation or a team."""
        return self.honour is not None and self.honour.occasion == Occasion.GROUP

    @property
    def minutes(self) -> int:
        """Service time in all."""
        return self.honour.minutes if self.honour else sum(row.minutes for row in self.rows)

    @property
    def issuer(self) -> str:
        """Who records certifies: the first body."""
        return self.bodies[0].name

    def texts(self) -> Iterator[tuple[str, object, str]]:
        """(field, label, text) of everything printed, names first."""
        yield "holder_name", _("组织名称") if self.is_group else _("姓名"), self.holder_name
        for body in self.bodies:
            yield "bodies", _("单位名称"), body.name + body.role
            yield "bodies", _("负责人"), body.in_charge
            yield "bodies", _("经办人"), body.handler
            yield "bodies", _("电话"), body.phone
        yield "id_masked", _("证件"), self.id_kind + self.id_masked
        yield "volunteer_number", _("志愿者编号"), self.volunteer_number
        yield "programme", _("品牌名称"), self.programme.title + "".join(self.programme.verse)
        yield "main_content", _("服务内容"), self.main_content
        if self.part:
            yield "part", _("项目或单位"), self.part.name + self.part.number
        if self.honour:
            yield "honour", _("证书正文"), self.honour.heading + self.honour.text
        if self.design:
            yield from self.design.texts()
        for row in self.rows:
            yield "rows", _("项目名称"), row.project
            yield "rows", _("服务内容"), row.content
            yield "rows", _("服务地点"), row.place

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column and for the file attached to the PDF.

        Without a design, or a part, no word of one: facts of before there were any keep their digests.
        """
        plain: dict[str, Any] = _plain(asdict(self))
        for name in ("design", "part"):
            if plain[name] is None:
                del plain[name]
        if self.design:
            for name in LATER:
                if not plain["design"][name]:
                    del plain["design"][name]
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The facts that `to_json` wrote; unknown keys are refused by the constructors."""
        honour, part = data["honour"], data.get("part")
        rows = [
            {**row, "day": date.fromisoformat(row["day"]), "grade": str(ProofGrade(row["grade"]))}
            for row in data["rows"]
        ]
        programme = data["programme"]
        return cls(
            **{key.name: data[key.name] for key in fields(cls) if key.name not in PARTS},
            period_start=date.fromisoformat(data["period_start"]),
            period_end=date.fromisoformat(data["period_end"]),
            programme=Programme(
                **{**programme, "motif": Motif(programme["motif"]), "verse": tuple(programme["verse"])}
            ),
            bodies=tuple(Body(**body) for body in data["bodies"]),
            rows=tuple(ServiceRow(**row) for row in rows),
            honour=Honour(**honour) if honour else None,
            part=Part(**{**part, "kind": PartKind(part["kind"])}) if part else None,
            design=Design.from_json(data["design"]) if data.get("design") else None,
        )


PARTS = frozenset({"period_start", "period_end", "programme", "bodies", "rows", "honour", "design", "part"})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
