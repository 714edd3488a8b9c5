"""Whether a design may be published: its sheets are really printed, and what they must state is looked for on them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from certificates.coverage import require_printable, require_printable_facts
from certificates.design import Design
from certificates.designs.samples import Sample, sample_facts, sample_imprint
from certificates.enums import Kind
from certificates.errors import DesignLacks
from certificates.facts import Body, CertificateFacts, Programme
from certificates.offline import read_print
from certificates.wording import ceremonial_date, hours, long_date

_HOST = "yinling.example.org"
_ISSUER = "示例市示例区民政局志愿服务记录处"


def require_publishable(design: Design, kind: str, occasion: str = "", *, programme: Programme) -> None:
    """Print the design for each sample; raises `SlotUnknown`, `GlyphMissing`, `TextTooLong` or `DesignLacks`.

    Service time, service content and the recording body must stand on the sheet (令67号; domain: records and
    certificates); without holder, number and day nobody could tell whose it is and check it.
    """
    from certificates.rendering import fit, press  # WeasyPrint: half a second that only publishing pays

    require_printable(design.texts(), chosen=True)
    for sample in Sample:
        body = Body(name=_ISSUER, in_charge="" if design.signatories else "赵堃", phone="022-00000116")
        facts = sample_facts(design, kind, occasion, sample=sample, programme=programme, bodies=(body,))
        require_printable_facts(facts)
        printed = press.proof(facts, sample_imprint(_HOST))
        for field, label in fit.overflowing(printed.document, facts):
            raise DesignLacks(_("{label}太长，印不下。请改短。").format(label=label), field=field)
        words = read_print(printed.pdf)
        for label, value, slot in _required(facts):
            if value not in words:
                raise _lacking(label, slot)


def _lacking(label: object, slot: str) -> DesignLacks:
    text = _("证书上缺{label}，按民政部令第67号必须写明。请在正文里加上{slot}。")
    return DesignLacks(text.format(label=label, slot=f"{{{slot}}}"), field="text")


def _required(facts: CertificateFacts) -> Iterator[tuple[object, str, str]]:
    """(what, how it is printed without spaces, the slot that puts it there)."""
    yield _("姓名或名称"), facts.holder_name, "name"
    yield _("服务时间"), hours(facts.minutes) + "小时" * (facts.honour is None), "hours"
    yield _("服务内容"), facts.main_content, "content"
    yield _("记录单位"), facts.issuer, "issuer"
    day = sample_imprint(_HOST).issued_on
    yield _("出具日期"), long_date(day) if facts.kind == Kind.RECORD else ceremonial_date(day), "date"
    yield _("编号"), sample_imprint(_HOST).number, "number"
