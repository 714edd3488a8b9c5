"""The conditions of the public list: what each parameter of the address means for shifts."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Participation, ServiceKind
from portal.finding.words import Words, WordsField, words_of
from portal.projects.models import Shift
from portal.projects.queries import start_of

WEEK, WEEKEND, MONTH = "week", "weekend", "month"
WHEN: list[tuple[str, Any]] = [(WEEK, _("这一周")), (WEEKEND, _("这个周末")), (MONTH, _("本月"))]
LEFT, ACCESS = "left", "access"
ONLY: list[tuple[str, Any]] = [(LEFT, _("还有名额的")), (ACCESS, _("无台阶、轮椅可到"))]
SORTS = {"": ("starts_at", "pk"), "missing": ("-missing", "starts_at", "pk")}
Choices = Sequence[tuple[str, str]]
_form_class: type[forms.Form] | None = None


def when_q(value: str, today: dt.date) -> Q:
    """Seven days from today; Saturday and Sunday of this week; the rest of this month."""
    if value == WEEK:
        return Q(starts_at__lt=start_of(today + dt.timedelta(days=7)))
    if value == WEEKEND:
        saturday = today + dt.timedelta(days=5 - today.weekday())
        return Q(starts_at__gte=start_of(saturday), starts_at__lt=start_of(saturday + dt.timedelta(days=2)))
    following = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return Q(starts_at__lt=start_of(following))


def day_q(day: dt.date) -> Q:
    """That day; the last of the calendar has no next one."""
    day = min(day, dt.date.max - dt.timedelta(days=1))
    return Q(starts_at__gte=start_of(day), starts_at__lt=start_of(day + dt.timedelta(days=1)))


def division_q(code: str) -> Q:
    """The division and everything within."""
    return Q(project__division__code__startswith=prefix_of(code))


def prefix_of(code: str) -> str:
    """12 for 120000, 4501 for 450100, else the code itself."""
    if len(code) > 6 or not code.endswith("00"):
        return code
    return code[:2] if code.endswith("0000") else code[:4]


class WordsFilter(django_filters.CharFilter):
    field_class = WordsField


class ShiftFilter(django_filters.FilterSet):
    """A condition that cannot be read is left out and named in `ignored`; it never fails."""

    when = django_filters.ChoiceFilter(label=_("哪天有空"), choices=WHEN)
    on = django_filters.DateFilter(label=_("某一天"))
    kind = django_filters.MultipleChoiceFilter(label=_("做什么"), choices=ServiceKind.choices)
    who = django_filters.MultipleChoiceFilter(label=_("谁来"), choices=Participation.choices)
    division = django_filters.ChoiceFilter(label=_("在哪里"), choices=())
    brand = django_filters.MultipleChoiceFilter(label=_("品牌"), choices=())
    only = django_filters.MultipleChoiceFilter(label=_("只看"), choices=ONLY)
    q = WordsFilter(label=_("含有"))
    sort = django_filters.ChoiceFilter(label=_("排序"), choices=[(name, name) for name in SORTS if name])

    class Meta:
        model = Shift
        fields: list[str] = []

    def __init__(self, data: Any, *, places: Choices = (), brands: Choices = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.form.fields["division"].choices = places
        self.form.fields["brand"].choices = brands

    def get_form_class(self) -> type[forms.Form]:
        """The same class for every request: making it takes a millisecond."""
        global _form_class
        _form_class = _form_class or super().get_form_class()
        return _form_class

    @cached_property
    def values(self) -> dict[str, Any]:
        """What could be read of the address, by parameter."""
        form: forms.Form = self.form
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value}

    @cached_property
    def words(self) -> Words:
        """What was typed, and the projects in which the site's search finds it."""
        return words_of("project", self.values.get("q", ""))

    @property
    def ignored(self) -> list[str]:
        """The labels of the parameters that could not be read."""
        return [str(self.form.fields[name].label) for name in self.form.errors]

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """One Q for each condition in force; `only` is split, because both of its choices must hold."""
        today = timezone.localdate()
        reading: dict[str, Callable[[Any], Q]] = {
            "when": lambda value: when_q(value, today),
            "on": day_q,
            "kind": lambda values: Q(project__service_kinds__overlap=values),
            "who": lambda values: Q(project__participation__overlap=values),
            "division": division_q,
            "brand": lambda slugs: Q(project__brand__slug__in=slugs),
            "q": lambda _typed: self.words.within("project"),
        }
        values = self.values
        found = {name: reading[name](values[name]) for name in reading if name in values}
        only = values.get("only", [])
        return found | {
            name: condition
            for name, condition in ((LEFT, Q(taken__lt=F("places"))), (ACCESS, Q(project__step_free=True)))
            if name in only
        }

    def filter_queryset(self, queryset: QuerySet[Shift]) -> QuerySet[Shift]:
        """Everything that is asked, in the order that is asked."""
        for condition in self.conditions.values():
            queryset = queryset.filter(condition)
        order = SORTS[self.values.get("sort", "")]
        return queryset.annotate(missing=F("places") - F("taken")).order_by(*order)
