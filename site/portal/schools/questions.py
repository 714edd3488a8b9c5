"""What a school's manager is asked before pupils change their class."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.confirming import Question, named
from portal.schools import queries
from portal.schools.queries import Choice


def assigning(choice: Choice, class_name: str, *, back: str) -> Question:
    """Who they are, why just these, and from which classes they come."""
    pupils = list(queries.chosen(choice).values_list("pk", "user__name", "class_name"))
    moved = _moved([old for _pk, _name, old in pupils if old not in ("", class_name)])
    title = ngettext("%(count)s个学生编入“%(name)s”", "%(count)s个学生编入“%(name)s”", len(pupils))
    line = _("%(name)s，%(class_name)s")
    lines = [line % {"name": name, "class_name": old or _("没有编班")} for _pk, name, old in pupils]
    return Question(
        title=title % {"count": len(pupils), "name": class_name},
        happens=(_why(choice),),
        names=named(lines, of=len(lines)),
        beware=(_("现在的班级会改掉：%(classes)s。") % {"classes": moved},) if moved else (),
        button=_("编入这个班"),
        back=back,
        serious=bool(moved),
        state=repr(sorted(pupils)),
    )


def _why(choice: Choice) -> str:
    if choice.listed is not None:
        return _("只编名单里认出的这些学生，不管有没有证书。")
    if choice.class_name:
        return _("没有按名单选：“%(class_name)s”的学生全部编入，不管有没有证书。") % {"class_name": choice.class_name}
    return _("没有按名单选：全校的学生都编入，不管有没有证书。")


def _moved(classes: list[str]) -> str:
    """Each old class with how many leave it."""
    return _("、").join(
        _("%(class_name)s（%(count)s个）") % {"class_name": name, "count": classes.count(name)}
        for name in sorted(set(classes))
    )
