"""The components of the look as template tags; `docs/front.md` says when to use which."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from portal.core import almanac, facets, phones, wording
from portal.core.days import day_in, local_date, short_day, with_clock

register = template.Library()

register.filter(short_day)

SEATS_DRAWN = 30
"""Above this many places the words stand alone."""


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A symbol of icons.svg. Without a label it is ornament and hidden from ears."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {} viewBox="0 0 24 24"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        voice,
        static("yinling/icons.svg"),
        name,
    )


@register.filter
def wbr(text: object) -> SafeString:
    """Places where a long headline may break; escapes."""
    return wording.breakable(str(text))


@register.simple_tag
def status(kind: str, text: str) -> SafeString:
    """Where something stands: open few full running done cancelled publicity draft."""
    return format_html('<span class="status status--{}">{}</span>', kind, text)


@register.simple_tag
def seats(taken: int, places: int, waiting: int = 0) -> SafeString:
    """Places as squares: 还差4人 共10人 ■■■■■■□□□□."""
    return _seats(taken, places, waiting, get_language())


@lru_cache(maxsize=2048)
def _seats(taken: int, places: int, waiting: int, language: str | None) -> SafeString:
    free = places - taken
    if free > 0:
        head = format_html(
            ngettext("还差<b>%(count)s</b>人", "还差<b>%(count)s</b>人", free) % {"count": "{}"},
            free,
        )
        words = _("共%(places)s人") % {"places": places}
    else:
        head = format_html("<strong>{}</strong>", _("已满"))
        line = _("%(places)s人，候补%(waiting)s人") if waiting else _("共%(places)s人")
        words = line % {"places": places, "waiting": waiting}
    return format_html(
        '<span class="seats-left">{}</span> <span class="seats-of">{}</span>{}', head, words, squares(taken, places)
    )


@lru_cache(maxsize=1024)
def squares(taken: int, places: int) -> SafeString:
    """The row of squares alone; nothing above thirty places."""
    if not 0 < places <= SEATS_DRAWN:
        return SafeString("")
    cells = '<i class="on"></i>' * min(taken, places) + "<i></i>" * (places - taken)
    return SafeString(f'<span class="seats" aria-hidden="true">{cells}</span>')


@register.simple_tag
def leaf(day: almanac.Day | dt.date, tag: str = "h3", anchor: str = "") -> SafeString:
    """A leaf of the wall calendar; red on days of rest."""
    if not isinstance(day, almanac.Day):
        day = almanac.day(day)
    date = day.date
    today = timezone.localdate() == date
    return format_html(
        '<{0} class="leaf{1}"{2}><time datetime="{3}"><span class="leaf-month">{4}</span><span class="leaf-day">{5}'
        '</span><span class="leaf-week">{6}</span><span class="leaf-lunar">{7}</span></time></{0}>',
        tag,
        " leaf--rest" if day.rest else "",
        format_html(' id="{}"', anchor) if anchor else "",
        date.isoformat(),
        date_format(date, pgettext("date format", "n月")),
        date.day,
        _("%(weekday)s·今天") % {"weekday": day.weekday} if today else day.weekday,
        day.note,
    )


@register.filter
def lunar(value: dt.date | dt.datetime) -> str:
    """九月初八, or the feast."""
    return almanac.day(local_date(value)).note


@register.filter
def whole_date(value: dt.date | dt.datetime | None) -> str:
    """10月23日（周五）17:00: whole and with weekday; the year only when it is another one."""
    if value is None:
        return ""
    line = _("%(date)s（%(weekday)s）") % {
        "date": day_in(timezone.localdate().year, value),
        "weekday": almanac.WEEKDAYS[local_date(value).weekday()],
    }
    return with_clock(line, value) if isinstance(value, dt.datetime) else line


@register.simple_tag
def fact(label: str, value: Any, small: Any = "") -> SafeString:
    """One pair of `.facts`; nothing at all when the value is empty."""
    if value in (None, ""):
        return SafeString("")
    note = format_html("<small>{}</small>", small) if small not in (None, "") else ""
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", label, value, note)


@register.simple_tag
def crumbs(*steps: str) -> SafeString:
    """Where am I: label, address, label, address, …, label of this page. Home stands first by itself."""
    pairs = [(_("首页"), "/"), *zip(steps[:-1:2], steps[1::2], strict=True)]
    links = format_html_join("", '<li><a href="{1}">{0}</a></li>', pairs)
    here = format_html('<li aria-current="page">{}</li>', steps[-1])
    return format_html('<nav class="crumbs" aria-label="{}"><ol>{}{}</ol></nav>', _("当前位置"), links, here)


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, param: str = "page") -> dict[str, object]:
    """The pages of a list; keeps the rest of the address."""
    query = context["request"].GET.copy()
    query.pop(param, None)
    kept = query.urlencode()
    base = f"?{kept}&{param}=" if kept else f"?{param}="
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": list(numbers) if page.has_other_pages() else [], "base": base}


@register.inclusion_tag("components/facets.html")
def facet_form(groups: Sequence[facets.Facet], action: str, kept: Iterable[tuple[str, str]] = ()) -> dict[str, object]:
    """The filters of a list as a plain GET form with the id `filters`; `kept` become hidden inputs (sort order)."""
    return {"facets": groups, "action": action, "kept": kept}


@register.inclusion_tag("components/chosen.html", takes_context=True)
def chosen(context: template.Context, groups: Sequence[facets.Facet]) -> dict[str, object]:
    """The conditions in force, each with a link that drops it."""
    return {"chosen": facets.chosen(groups, context["request"].GET)}


@register.inclusion_tag("components/errors.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """What has to be put right, each line a link to its field. Takes the focus."""
    fields = [(field.id_for_label or field.auto_id, _named(field, error)) for field in form for error in field.errors]
    loose = list(form.non_field_errors())
    return {"fields": fields, "loose": loose, "count": len(fields) + len(loose)}


def _named(field: BoundField, error: str) -> str:
    """Far from its field, a message says which one it means."""
    return error if str(field.label) in error else f"{field.label}{_('：')}{error}"


SHORT_WIDGETS = frozenset({"number", "date", "time", "datetime", "tel", "select"})
SHORT_LENGTH = 24


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The control of a field in the look's clothes; a class that the widget brings is kept."""
    kind = field.widget_type
    attrs = dict(field.field.widget.attrs)
    length = getattr(field.field, "max_length", None) or 99
    short = kind in SHORT_WIDGETS or (attrs.get("type") or kind) in SHORT_WIDGETS or length <= SHORT_LENGTH
    css = "" if kind == "checkbox" else "input input--short" if short else "input"
    own = attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()} if css or own else {})


@register.filter
def percent_squares(share: int) -> SafeString:
    """As many filled squares as points: weights of a rubric."""
    return SafeString(f'<span class="squares" aria-hidden="true">{"<i class=on></i>" * int(share)}</span>')


@register.filter
def spaced_phone(phone: str) -> str:
    """022-5555 0201: read aloud in fours."""
    return phones.spaced(phone)


@register.filter
def dial(phone: str) -> str:
    """The `tel:` address of an office telephone."""
    return phones.dial(phone)
