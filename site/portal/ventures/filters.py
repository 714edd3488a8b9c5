"""The list of calls as the address asks for it."""

import datetime as dt
from collections import Counter
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.facets import Facet, facet, unread
from portal.core.models import Brand
from portal.finding.words import WordsField, words_of
from portal.ventures import queries
from portal.ventures.enums import PUBLIC_STAGES, STATUS_MARKS, CallStage
from portal.ventures.models import Call
from portal.ventures.stages import stage

PER_PAGE = 20


class CallFilter(forms.Form):
    """What a visitor may ask; a value that is none of these is taken as not asked."""

    q = WordsField(label=_("标题、文号、内容里的词"), required=False)
    stage = forms.MultipleChoiceField(
        label=_("进行到哪一步"), required=False, choices=[(each.value, each.label) for each in PUBLIC_STAGES]
    )
    brand = forms.ChoiceField(label=_("品牌"), required=False)
    year = forms.TypedChoiceField(label=_("年份"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brands = {brand.slug: brand for brand in Brand.objects.filter(is_active=True)}
        self.fields["brand"].choices = [("", _("全部品牌")), *((b.slug, b.name) for b in self.brands.values())]
        self.fields["year"].choices = [("", _("全部年份")), *((y, y) for y in queries.years_of_calls())]


def list_context(asked: QueryDict, *, now: dt.datetime, page: str = "") -> dict[str, Any]:
    """What the list shows: a page of rows, the facets, whether anything was asked."""
    form = CallFilter(asked)
    form.is_valid()
    given = form.cleaned_data
    brand = form.brands.get(given.get("brand", ""))
    words = words_of("call", given.get("q", ""))
    found = list(queries.find_calls(brand=brand, year=given.get("year"), words=words))
    counts = Counter(str(stage(call, now)) for call in found)
    wanted = [CallStage(value) for value in given.get("stage", [])]
    shown = queries.at_stage(found, wanted, now) if wanted else found
    facets = [
        facet(form["stage"], counts=counts),
        facet(form["brand"], kind="radio"),
        facet(form["year"], kind="select"),
        Facet("q", str(form["q"].label), kind="search", value=words.text),
    ]
    rows = Paginator(shown, PER_PAGE).get_page(page)
    rows.object_list = [row(call, now) for call in rows.object_list]
    return {
        "rows": rows,
        "total": len(shown),
        "facets": facets,
        "words": words,
        "ignored": unread(form),
        "is_asked": any(given.values()),
    }


def row(call: Call, now: dt.datetime) -> dict[str, Any]:
    """A call with the words and the mark of its stage."""
    current = stage(call, now)
    return {"call": call, "stage": current, "mark": STATUS_MARKS[current]}
