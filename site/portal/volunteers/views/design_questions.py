"""What officers are asked before a design is published, stopped or written over."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates import designs
from certificates.designs.series import Series
from certificates.enums import DesignState
from certificates.models import Certificate, DesignVersion
from portal.core.confirming import Question


def publishing(draft: DesignVersion, series: Series) -> Question:
    """From now on it prints; it is said when a signatory has no title, for the law asks for none."""
    current = _version(series, DesignState.PUBLISHED)
    before = _("随系统带的样式")
    if current:
        before = _("第%(number)s版") % {"number": current.number}
    words = {"series": series.label, "before": before, "heading": draft.heading}
    happens = [
        _("今后出具的“%(series)s”都用这份草稿“%(heading)s”，代替%(before)s。") % words,
        _("已经出具和正在制作的不变。"),
        _("发布后这一版不能再改、不能删除；要改，抄到草稿，再发布新的一版。"),
    ]
    beware = [_untitled(one.name) for one in draft.signatories if not one.title]
    return Question(
        title=_("发布：%(series)s") % words,
        happens=tuple(happens),
        beware=tuple(beware),
        button=_("就这样发布") if beware else _("发布"),
        back=reverse("certificate_designs:draft", args=[series.key]),
        serious=False,
        state=draft.edition,
    )


def retiring(version: DesignVersion, series: Series) -> Question | None:
    """What prints now prints no more."""
    if version.state != DesignState.PUBLISHED:
        return None
    printed = Certificate.objects.filter(design_version=version.version).count()
    words = {"series": series.label, "number": version.number, "printed": printed}
    return Question(
        title=_("停用：%(series)s第%(number)s版") % words,
        happens=(
            _("今后出具的“%(series)s”改用随系统带的样式。") % words,
            _("用第%(number)s版出具的%(printed)s张不变。") % words,
            _("停用后不能恢复这一版；要再用，抄到草稿，发布新的一版。"),
        ),
        button=_("停用，改用随系统带的"),
        back=_versions(series),
    )


def dropping(draft: DesignVersion, series: Series) -> Question | None:
    """The draft goes; what was published stays."""
    if draft.state != DesignState.DRAFT:
        return None
    return Question(
        title=_("删除草稿：%(series)s") % {"series": series.label},
        happens=(_("删除草稿“%(heading)s”，不能恢复。发布过的各版不变。") % {"heading": draft.heading},),
        button=_("删除草稿"),
        back=_versions(series),
        state=draft.edited_at.isoformat(),
    )


def copying(version: DesignVersion, series: Series) -> Question | None:
    """Where there is a draft, it is written over."""
    draft = _version(series, DesignState.DRAFT)
    if draft is None or draft.pk == version.pk:
        return None
    words = {"series": series.label, "number": version.number, "heading": draft.heading}
    return Question(
        title=_("抄到草稿：%(series)s第%(number)s版") % words,
        happens=(_("现在的草稿“%(heading)s”会被第%(number)s版盖掉，不能恢复。") % words,),
        button=_("盖掉现在的草稿"),
        back=_versions(series),
        state=draft.edited_at.isoformat(),
    )


def _untitled(name: str) -> str:
    return _("签发人%(name)s没有写职务，证书上只印姓名。要印职务的，返回草稿补上。") % {"name": name}


def _version(series: Series, state: DesignState) -> DesignVersion | None:
    return designs.versions_of(*series).filter(state=state).first()


def _versions(series: Series) -> str:
    return reverse("certificate_designs:versions", args=[series.key])
