"""The list of stories as the address asks for it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.facets import Facet, facet, unread
from portal.core.models import Brand
from portal.finding.words import WordsField, words_of
from portal.stories import queries

PER_PAGE = 12


class StoryFilter(forms.Form):
    """What a visitor may ask; a value that is none of these is taken as not asked. Four queries."""

    q = WordsField(label=_("标题、正文里的词"), required=False)
    brand = forms.ChoiceField(label=_("品牌"), required=False)
    division = forms.ChoiceField(label=_("在哪里"), required=False)
    year = forms.TypedChoiceField(label=_("年份"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brands = {brand.slug: brand for brand in Brand.objects.filter(is_active=True)}
        places, years = queries.where_and_when()
        self.places = {place.code: place for place in places}
        self.fields["brand"].choices = [("", _("全部品牌")), *((b.slug, b.name) for b in self.brands.values())]
        self.fields["division"].choices = [("", _("全部")), *((c, p.name) for c, p in self.places.items())]
        self.fields["year"].choices = [("", _("全部年份")), *((y, y) for y in years)]


def list_context(request: HttpRequest) -> dict[str, Any]:
    """What `/stories/` shows."""
    form = StoryFilter(request.GET)
    form.is_valid()
    given = form.cleaned_data
    words = words_of("story", given.get("q", ""))
    found = queries.find_stories(
        brand=form.brands.get(given.get("brand", "")),
        place=form.places.get(given.get("division", "")),
        year=given.get("year"),
        words=words,
    )
    facets = [
        facet(form["brand"], kind="radio"),
        facet(form["division"], kind="select"),
        facet(form["year"], kind="select"),
        Facet("q", str(form["q"].label), kind="search", value=words.text),
    ]
    rows = Paginator(queries.with_pictures(found), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "rows": rows,
        "total": rows.paginator.count,
        "facets": facets,
        "words": words,
        "ignored": unread(form),
        "is_asked": any(given.values()),
    }
