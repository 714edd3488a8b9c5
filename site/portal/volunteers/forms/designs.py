"""What an officer chooses of a sheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.coverage import require_printable
from certificates.design import Background, Design, Emblem, Signatory, require_slots
from certificates.designs import backgrounds
from certificates.designs.backgrounds import take_background
from certificates.designs.emblems import MOST_BYTES, take_emblem
from certificates.designs.series import Series
from certificates.designs.slots import slots_of
from certificates.enums import Frame, Kind, Motif, Slot
from certificates.errors import CertificateError, PictureRefused
from certificates.models.design import HEADING_LENGTH, SIGNATORY_LENGTH, TEXT_LENGTH
from portal.core.wording import listed

MOTIFS = [
    ("", _("跟着品牌")),
    (Motif.GRASS, _("草")),
    (Motif.CLASP, _("交织的线")),
    (Motif.HILLS, _("山水")),
    (Motif.NONE, _("不要底图")),
]
FRAMES = [(Frame.ENGRAVED, _("雕纹花边")), (Frame.LINES, _("素线"))]
SIDES = [("", _("横的（A4横向）")), ("upright", _("竖的（A4竖向）"))]
SLOT_WORDS: dict[Any, Any] = {
    Slot.NAME: _("姓名或名称"),
    Slot.ID: _("证件和遮盖后的号码，带括号"),
    Slot.PERIOD: _("起止日期"),
    Slot.HOURS: _("小时数"),
    Slot.TIMES: _("次数"),
    Slot.CONTENT: _("服务内容"),
    Slot.PROGRAMME: _("品牌"),
    Slot.PROJECT: _("活动或项目"),
    Slot.ISSUER: _("记录单位"),
    Slot.LEVEL: _("几星，如“三”"),
}
_VERSES, _VERSE_LENGTH = 2, 10


def _short(label: Any, length: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False)


class DesignForm(forms.Form):
    """One version's fields; a record draws neither picture nor verse, so it is not asked for them; it always stands."""

    heading = forms.CharField(label=_("标题"), max_length=HEADING_LENGTH)
    text = forms.CharField(label=_("正文"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5}))
    motif = forms.ChoiceField(
        label=_("底图"),
        choices=MOTIFS,
        required=False,
        help_text=_("跟着品牌的：寸草心用草，手足情用交织的线，八桂用山水，别的不用。"),
    )
    background = forms.FileField(
        label=_("自己的底图"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.svg"}),
        help_text=_(
            "PNG、JPEG或SVG，铺满花边以内，代替上面的底图；长宽不少于600像素，宽高比不合的裁掉边。"
            "总是印得很淡，字压在上面也看得清；每张证书最多大出20 KB。"
        ),
    )
    without_background = forms.BooleanField(label=_("不要自己的底图"), required=False)
    frame = forms.ChoiceField(label=_("花边"), choices=FRAMES)
    upright = forms.TypedChoiceField(label=_("纸张方向"), choices=SIDES, required=False, coerce=bool, empty_value=False)
    own_verse = forms.BooleanField(label=_("自己定诗句"), required=False, help_text=_("不勾选的，印品牌自己的诗句。"))
    verse = forms.CharField(
        label=_("诗句"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一句一行，最多两句，每句最多10个字。勾选上面、这里空着，就不印诗句。"),
    )
    upload = forms.FileField(
        label=_("徽标"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.svg"}),
        help_text=_("本单位自己的徽标，PNG或SVG，长宽不少于120像素；不要用国徽、党徽，也不要用印章图样。"),
    )
    without_emblem = forms.BooleanField(label=_("不要徽标"), required=False)
    signatory_title = _short(_("签发人职务"), SIGNATORY_LENGTH)
    signatory = _short(_("签发人"), SIGNATORY_LENGTH)
    second_title = _short(_("第二签发人职务"), SIGNATORY_LENGTH)
    second_signatory = _short(_("第二签发人"), SIGNATORY_LENGTH)

    def __init__(self, *args: Any, series: Series, base: Design, **kwargs: Any) -> None:
        """`base` is what the form begins with, and whose emblem stays when no other is given."""
        self.series, self.base = series, base
        super().__init__(*args, initial=_initial(base), **kwargs)
        slots = listed(f"{{{slot}}} {SLOT_WORDS[slot]}" for slot in slots_of(series.kind, series.occasion))
        self.fields["text"].help_text = gettext("花括号里的，出具时填好：%(slots)s。") % {"slots": slots}
        if series.kind == Kind.RECORD:
            for name in ("motif", "background", "upright", "own_verse", "verse"):
                del self.fields[name]
        if base.emblem is None:
            del self.fields["without_emblem"]
        if base.background is None or series.kind == Kind.RECORD:
            del self.fields["without_background"]

    def clean_text(self) -> str:
        text = "".join(self.cleaned_data["text"].split("\n")).replace("\r", "").strip()
        require_slots(text, slots_of(self.series.kind, self.series.occasion))
        return text

    def clean_verse(self) -> str:
        lines = self.cleaned_data["verse"].split()
        if len(lines) > _VERSES or any(len(line) > _VERSE_LENGTH for line in lines):
            raise ValidationError(gettext("诗句最多两句，每句最多10个字。"))
        return "\n".join(lines)

    def clean_upload(self) -> Emblem | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            raise PictureRefused(gettext("徽标文件太大：最多1 MB。"))
        return take_emblem(upload.read())

    def clean_background(self) -> Background | None:
        upload = self.cleaned_data["background"]
        if upload is None:
            return None
        if upload.size > backgrounds.MOST_BYTES:
            raise PictureRefused(gettext("底图文件太大：最多10 MB。"), field="background")
        return take_background(upload.read())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, title in (("signatory", "signatory_title"), ("second_signatory", "second_title")):
            if data.get(title) and not data.get(name):
                self.add_error(name, gettext("写了职务，还要写姓名。"))
        if not self.errors:
            self._check_characters()
        return data

    def _check_characters(self) -> None:
        try:
            require_printable(self.design().texts(), chosen=True)
        except CertificateError as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: CertificateError) -> None:
        """Beside its field, or above the form."""
        name = {"signatories": "signatory", "emblem": "upload"}.get(refusal.field, refusal.field)
        self.add_error(name if name in self.fields else None, refusal.messages)

    def design(self) -> Design:
        """What valid fields say."""
        data = self.cleaned_data
        given = (("signatory", "signatory_title"), ("second_signatory", "second_title"))
        kept = None if data.get("without_emblem") else self.base.emblem
        behind = None if data.get("without_background") else self.base.background
        return Design(
            heading=data["heading"],
            text=data["text"],
            motif=Motif(data["motif"]) if data.get("motif") else None,
            frame=Frame(data["frame"]),
            upright=data.get("upright", False),
            background=data.get("background") or behind,
            verse=tuple(data["verse"].split()) if data.get("own_verse") else None,
            emblem=data["upload"] or kept,
            signatories=tuple(Signatory(name=data[name], title=data[title]) for name, title in given if data[name]),
        )


def _initial(design: Design) -> dict[str, Any]:
    first, second = (*design.signatories, Signatory(name=""), Signatory(name=""))[:2]
    return {
        "heading": design.heading,
        "text": design.text,
        "motif": design.motif or "",
        "frame": design.frame,
        "upright": "upright" if design.upright else "",
        "own_verse": design.verse is not None,
        "verse": "\n".join(design.verse or ()),
        "signatory": first.name,
        "signatory_title": first.title,
        "second_signatory": second.name,
        "second_title": second.title,
    }
