"""Versions of a sheet's design: one draft that is edited, one that prints, and all that printed before."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.design import Background, Design, Emblem, Signatory
from certificates.enums import DesignState, Frame, Kind, Motif, Occasion

_OCCASIONS_OF_PEOPLE = [occasion for occasion in Occasion.values if occasion != Occasion.GROUP]
_MOTIFS, _FRAMES = ["", *(motif.value for motif in Motif)], [frame.value for frame in Frame]
HEADING_LENGTH, TEXT_LENGTH, SIGNATORY_LENGTH = 15, 300, 30


class DesignVersion(models.Model):
    """Of a kind of sheet, of an honour also for one occasion alone. What was published the database keeps as it is."""

    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    occasion = models.CharField(
        _("颁发事由"), max_length=16, choices=Occasion.choices, blank=True, default="", help_text=_("不选的，都用它")
    )
    state = models.CharField(_("状态"), max_length=10, choices=DesignState.choices, default=DesignState.DRAFT)
    number = models.PositiveIntegerField(_("版本"), null=True, blank=True)

    heading = models.CharField(_("标题"), max_length=HEADING_LENGTH)
    text = models.CharField(_("正文"), max_length=TEXT_LENGTH)
    motif = models.CharField(_("底图"), max_length=8, blank=True, default="", help_text=_("不选的，用品牌自己的"))
    frame = models.CharField(_("花边"), max_length=10, default=Frame.ENGRAVED.value)
    upright = models.BooleanField(_("竖着用纸"), default=False, help_text=_("记录证明总是竖的"))
    own_verse = models.BooleanField(_("自己定诗句"), default=False)
    verse = models.CharField(_("诗句"), max_length=30, blank=True, default="", help_text=_("一句一行，最多两句"))
    emblem_sha256 = models.CharField(max_length=64, blank=True, default="")
    emblem_form = models.CharField(max_length=3, blank=True, default="")
    background_sha256 = models.CharField(max_length=64, blank=True, default="")
    background_form = models.CharField(max_length=3, blank=True, default="")
    signatory = models.CharField(_("签发人"), max_length=SIGNATORY_LENGTH, blank=True, default="")
    signatory_title = models.CharField(_("签发人职务"), max_length=SIGNATORY_LENGTH, blank=True, default="")
    second_signatory = models.CharField(_("第二签发人"), max_length=SIGNATORY_LENGTH, blank=True, default="")
    second_title = models.CharField(_("第二签发人职务"), max_length=SIGNATORY_LENGTH, blank=True, default="")

    edited_at = models.DateTimeField(_("修改时间"), auto_now=True)
    edited_by = models.CharField(_("修改人"), max_length=64)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.CharField(_("发布人"), max_length=64, blank=True, default="")
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    retired_by = models.CharField(_("停用人"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("证书样式")
        verbose_name_plural = _("证书样式")
        ordering = ["kind", "occasion", "-number"]
        default_permissions = ("view", "change", "publish")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "occasion", "state"],
                condition=Q(state__in=[DesignState.DRAFT, DesignState.PUBLISHED]),
                name="design_one_draft_one_current",
            ),
            models.UniqueConstraint(fields=["kind", "occasion", "number"], name="design_number_once"),
            models.CheckConstraint(condition=Q(state__in=DesignState.values), name="design_state_known"),
            models.CheckConstraint(
                condition=Q(occasion="") | Q(kind=Kind.HONOUR, occasion__in=_OCCASIONS_OF_PEOPLE),
                name="design_occasion_of_honour",
            ),
            models.CheckConstraint(
                condition=Q(motif__in=_MOTIFS, frame__in=_FRAMES),
                name="design_drawings_known",
            ),
            models.CheckConstraint(
                condition=Q(emblem_sha256="", emblem_form="")
                | Q(emblem_sha256__regex=r"^[0-9a-f]{64}$", emblem_form__in=["png", "svg"]),
                name="design_emblem_by_hash",
            ),
            models.CheckConstraint(
                condition=Q(background_sha256="", background_form="")
                | Q(background_sha256__regex=r"^[0-9a-f]{64}$", background_form__in=["jpg", "svg"]),
                name="design_background_by_hash",
            ),
            models.CheckConstraint(
                condition=Q(state=DesignState.DRAFT, number__isnull=True, published_at__isnull=True)
                | (~Q(state=DesignState.DRAFT) & Q(number__gte=1, published_at__isnull=False) & ~Q(published_by="")),
                name="design_published_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=DesignState.RETIRED) ^ Q(retired_at__isnull=True),
                name="design_retired_when",
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def series(self) -> str:
        """`honour`, or `honour.star`: what its versions are numbered within."""
        return f"{self.kind}.{self.occasion}" if self.occasion else str(self.kind)

    @property
    def version(self) -> str:
        """`honour.star/3`, `honour.star/draft`."""
        return f"{self.series}/{self.number or DesignState.DRAFT}"

    @property
    def edition(self) -> str:
        """Another one each time that it is saved."""
        return self.edited_at.isoformat()

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """At most two, the empty ones left out."""
        given = ((self.signatory, self.signatory_title), (self.second_signatory, self.second_title))
        return tuple(Signatory(name=name, title=title) for name, title in given if name)

    @property
    def emblem(self) -> Emblem | None:
        """The mark, if there is one."""
        return Emblem(sha256=self.emblem_sha256, form=self.emblem_form) if self.emblem_sha256 else None

    @property
    def background(self) -> Background | None:
        """The picture behind, if there is one."""
        if not self.background_sha256:
            return None
        return Background(sha256=self.background_sha256, form=self.background_form)

    @property
    def design(self) -> Design:
        """What of it prints."""
        return Design(
            version=self.version,
            heading=self.heading,
            text=self.text,
            motif=Motif(self.motif) if self.motif else None,
            frame=Frame(self.frame),
            verse=tuple(self.verse.split()) if self.own_verse else None,
            emblem=self.emblem,
            signatories=self.signatories,
            upright=self.upright,
            background=self.background,
        )

    def take(self, design: Design) -> Self:
        """Fill the fields from a design, whatever its version; nothing is saved."""
        first, second = (*design.signatories, Signatory(name=""), Signatory(name=""))[:2]
        self.heading, self.text = design.heading, design.text
        self.motif, self.frame = design.motif or "", design.frame
        self.own_verse, self.verse = design.verse is not None, "\n".join(design.verse or ())
        self.upright = design.upright
        self.emblem_sha256 = design.emblem.sha256 if design.emblem else ""
        self.emblem_form = design.emblem.form if design.emblem else ""
        self.background_sha256 = design.background.sha256 if design.background else ""
        self.background_form = design.background.form if design.background else ""
        self.signatory, self.signatory_title = first.name, first.title
        self.second_signatory, self.second_title = second.name, second.title
        return self
