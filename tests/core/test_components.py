"""Each component draws what its data says, and nothing unescaped."""

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from portal.core import almanac, facets, ledger, wording
from portal.core.templatetags import yinling

EVIL = "<script>alert(1)</script>"


def draw(source: str, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load yinling %}" + source).render(Context({**context, "request": request}))


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, 10, day, hour, minute))  # noqa: DTZ001  # made aware at once


def test_seats_say_how_many_are_missing_and_draw_one_square_each() -> None:
    html = yinling.seats(6, 10)
    assert "还差<b>4</b>人" in html
    assert (html.count('<i class="on">'), html.count("<i></i>")) == (6, 4)


def test_full_shifts_say_so_and_those_above_thirty_places_draw_no_squares() -> None:
    html = yinling.seats(40, 40, 7)
    assert "<strong>已满</strong>" in html
    assert "40人，候补7人" in html
    assert "<i" not in html


def test_a_leaf_is_red_on_a_weekend_and_names_the_feast() -> None:
    html = yinling.leaf(dt.date(2026, 10, 18))
    assert "leaf--rest" in html
    assert "重阳节" in html
    assert "leaf--rest" not in yinling.leaf(dt.date(2026, 10, 19))


def test_the_ledger_groups_by_local_day_and_escapes() -> None:
    rows = [
        ledger.Entry(at(17, 9), at(17, 11, 30), EVIL, "/projects/1/", place=EVIL, tags=[EVIL], who=EVIL, places=4),
        ledger.Entry(at(17, 23, 30), at(17, 23, 50), "夜里", "/projects/2/", off="不再招人"),
        ledger.Entry(at(18, 8), at(18, 9), "明天", "/projects/3/", places=2, taken=2),
    ]
    html = draw('{% include "components/ledger.html" %}', days=ledger.by_day(rows))
    assert html.count('<section class="day"') == 2
    assert html.count('<li class="entry') == 3
    assert EVIL not in html
    assert "<b>09:00</b>" in html
    assert "至11:30" in html


def test_the_week_says_what_is_missing_each_day() -> None:
    days = [ledger.WeekDay(dt.date(2026, 10, 12 + i), "/projects/", missing, 3) for i, missing in enumerate([4, 0])]
    html = draw('{% include "components/week.html" with label="这一周" %}', week=days)
    assert "4人" in html
    assert "满了" in html


def test_the_pager_keeps_the_address_and_is_absent_for_one_page() -> None:
    pages = Paginator(range(100), 10)
    html = draw("{% pager page %}", "/projects/?kind=visit&kind=call&page=3", page=pages.page(3))
    assert 'href="?kind=visit&amp;kind=call&amp;page=4"' in html
    assert '<span aria-current="page">3</span>' in html
    assert draw("{% pager page %}", page=Paginator([1], 10).page(1)).strip() == ""


class Filter(forms.Form):
    kind = forms.MultipleChoiceField(
        label="做什么", choices=[("visit", "上门探访"), ("call", "电话问候")], required=False
    )
    q = forms.CharField(label="关键词", required=False)


def test_facets_show_counts_and_each_chosen_one_can_be_dropped_alone() -> None:
    query = QueryDict("kind=visit&kind=call&q=送餐&page=4")
    form = Filter(query)
    groups = [facets.facet(form["kind"], counts={"visit": 38}), facets.facet(form["q"], kind="search")]
    assert [(option.value, option.selected, option.count) for option in groups[0].options] == [
        ("visit", True, 38),
        ("call", True, 0),
    ]
    assert [(item.label, item.url) for item in facets.chosen(groups, query)] == [
        ("上门探访", "?kind=call&q=%E9%80%81%E9%A4%90"),
        ("电话问候", "?kind=visit&q=%E9%80%81%E9%A4%90"),
        ("关键词：送餐", "?kind=visit&kind=call"),
    ]
    html = draw('{% facet_form groups "/projects/" %}', groups=groups)
    assert html.count(" checked") == 2
    assert 'value="送餐"' in html


class Registration(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上一样")
    mobile = forms.CharField(label="手机号", max_length=11)
    party = forms.ChoiceField(label="几个人来", choices=[("1", "一个人"), ("2", "一家人")], widget=forms.RadioSelect)
    note = forms.CharField(label="想说的话", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="我已看过安全须知")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_name(self) -> str:
        raise forms.ValidationError(EVIL)


def test_a_form_ties_label_hint_and_error_to_the_control_and_sums_up_what_to_mend() -> None:
    html = str(Registration({"name": "甲", "mobile": "1380000000"}))
    assert '<label for="id_name">姓名</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<span class="error" id="id_name_error">' in html
    assert EVIL not in html
    assert '<a href="#id_name">' in html
    assert "有3处需要改" in html
    assert "想说的话（可以不填）" in html
    assert html.count('type="radio"') == 2
    assert 'class="input input--short"' in html
    assert html.count('type="hidden"') == 1


def test_every_link_of_the_error_summary_leads_to_something_on_the_page() -> None:
    import re

    html = str(Registration({}))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_long_headlines_break_between_words_and_never_leave_a_scrap() -> None:
    html = yinling.wbr("失能老年人家庭照护者培训课堂助教")
    assert html.replace("<wbr>", "") == "失能老年人家庭照护者培训课堂助教"
    assert "<wbr>" in html
    assert all(len(part) > 1 for part in (html.split("<wbr>")[0], html.split("<wbr>")[-1]))
    assert EVIL not in yinling.wbr(EVIL)
    assert yinling.wbr("送餐代购") == "送餐代购"


def test_crumbs_begin_at_home_and_end_here() -> None:
    html = draw('{% crumbs "找项目" "/projects/" title %}', title=EVIL)
    assert html.index("首页") < html.index('href="/projects/"') < html.index('aria-current="page"')
    assert EVIL not in html


def test_a_fact_without_a_value_is_not_drawn() -> None:
    assert yinling.fact("地点", "") == ""
    assert yinling.fact("还差", 0) == "<div><dt>还差</dt><dd>0</dd></div>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2020, 10, 23), "2020年10月23日（周五）"),
        (timezone.make_aware(dt.datetime(2020, 10, 23, 17)), "2020年10月23日（周五）17:00"),  # noqa: DTZ001  (made aware around it)
        (None, ""),
    ],
)
def test_dates_are_whole(value: Any, text: str) -> None:
    assert yinling.whole_date(value) == text


def test_dates_are_written_as_the_readers_language_writes_them() -> None:
    """A number of the month before or after the day is another day to half of the readers."""
    with translation.override("en"):
        assert yinling.whole_date(at(23, 17).replace(year=2020)) == "23 Oct 2020 (Fri) 17:00"
        assert '<span class="leaf-month">October</span>' in yinling.leaf(dt.date(2026, 10, 18))
        assert wording.listed([100, 300]) == "100, 300"
        form = type("Asked", (forms.Form,), {"day": forms.DateField(error_messages={"required": "missing"})})({})
        assert ">Day: missing<" in draw("{% error_summary form %}", form=form)


def test_a_year_without_an_arrangement_falls_back_to_weekends() -> None:
    day = almanac.day(dt.date(2099, 10, 3))
    assert (day.rest, day.arranged) == (True, False)


@pytest.mark.parametrize(
    ("date", "note", "rest"),
    [
        (dt.date(2026, 2, 16), "除夕", True),
        (dt.date(2026, 2, 17), "春节", True),
        (dt.date(2026, 4, 5), "清明节", True),
        (dt.date(2026, 10, 10), "九月初一", False),  # a working Saturday after the National Day week
        (dt.date(2026, 10, 17), "九月初八", True),
        (dt.date(2026, 11, 7), "立冬", True),
    ],
)
def test_the_almanac_knows_feasts_terms_and_working_weekends(date: dt.date, note: str, rest: bool) -> None:
    day = almanac.day(date)
    assert (day.note, day.rest) == (note, rest)


def test_sizes_of_files_are_written_by_one_filter() -> None:
    own = re.compile(r"(\}\}|%\(\w+\)s)\s*[kKM]B")
    written = [path.name for path in (settings.ROOT / "templates").rglob("*.html") if own.search(path.read_text())]
    assert written == []
    assert draw("{{ size|filesizeformat }}", size=65_000) == "63.5\xa0KB"
