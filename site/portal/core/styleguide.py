"""All components and states on one page, drawn by their real templates; sample data only."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.core import facets, feedback, ledger

PRESETS = [("red", "津", "红格信纸"), ("green", "桂", "绿格稿纸"), ("blue", "银", "蓝格纸")]
SWATCHES = [
    ("accent", "界格色：填充、链接、大数字"),
    ("accent-deep", "按下、访问过"),
    ("ink", "正文"),
    ("ink-soft", "第二声部"),
    ("rule", "细格线，装饰"),
    ("rule-firm", "有含义的线，≥3:1"),
    ("edge", "控件边框，≥3:1"),
    ("tint", "衬底"),
    ("tint-deep", "本人行、当前项"),
    ("lamp", "灯色：只衬在深色字下"),
]
STATES = [
    ("open", "招募中"),
    ("few", "快满了"),
    ("full", "已满，可候补"),
    ("running", "正在服务"),
    ("done", "已结束"),
    ("cancelled", "已取消"),
    ("publicity", "公示中"),
    ("draft", "草稿"),
]
ICONS = [
    "search",
    "phone",
    "forward",
    "back",
    "close",
    "right",
    "note",
    "beware",
    "wrong",
    "replaced",
    "sealed",
    "print",
    "speak",
    "calendar",
    "download",
]
STAGES = [
    ("征集公告", "9月21日", "done"),
    ("申报", "10月23日止", "done"),
    ("公示", "至11月20日", "now"),
    ("协议", "12月", "next"),
    ("结项", "2027年11月", "next"),
]
CHAIN = [
    ("需求", "2026年8月，街道已受理", "", ""),
    ("项目", "本页", "", "here"),
    ("认领", "示例志愿服务队", "#sg-facts", ""),
    ("案例", "还没有", "", "later"),
]
TODOS = [
    ("确认10月10日的服务时长：2小时", "#sg-desk", "，到期未答复的，由社区核实。", "去确认", "还剩3个工作日"),
    ("给孩子的报名补一份家长同意书", "#sg-desk", "10月17日前。满10岁、不满18岁都需要。", "去签", ""),
]


class SampleForm(forms.Form):
    """Every kind of control, with two mistakes."""

    name = forms.CharField(label="姓名", help_text="和身份证上一样；公开页面只显示姓，例如“张*”")
    phone = forms.CharField(label="手机号", max_length=11, help_text="只给带队人看，用来当天联系")
    party = forms.ChoiceField(
        label="几个人来",
        choices=[("1", "一个人"), ("2", "一家人"), ("3", "一个班或一支队伍")],
        widget=forms.RadioSelect,
    )
    skills = forms.MultipleChoiceField(
        label="会做什么", choices=[("a", "理发"), ("b", "修手机")], widget=forms.CheckboxSelectMultiple, required=False
    )
    division = forms.ChoiceField(label="所在区", choices=[("120101", "和平区"), ("120102", "河东区")])
    born = forms.DateField(label="出生日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    proof = forms.FileField(label="证明材料", required=False)
    note = forms.CharField(label="想告诉带队人的话", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="我已看过安全须知", error_messages={"required": "请先看完安全须知"})

    def clean_phone(self) -> str:
        raise forms.ValidationError("还差1位：手机号应是11位数字")


def show(request: HttpRequest) -> HttpResponse:
    """The styleguide; installed only where settings.STYLEGUIDE says so."""
    form = SampleForm({"name": "张三", "phone": "1380000000", "party": "1", "division": "120101"})
    context: dict[str, Any] = {
        "presets": PRESETS,
        "swatches": SWATCHES,
        "states": STATES,
        "icons": ICONS,
        "stages": STAGES,
        "chain": CHAIN,
        "todos": TODOS,
        "form": form,
        "days": ledger.by_day(_entries()),
        "week": _week(),
        "facets": _facets(),
        "page": Paginator(range(90), 10).get_page(request.GET.get("page", 4)),
        "samples": _messages(),
        "tally": [("等我办", 3, "件"), ("已确认", "126.5", "小时"), ("服务", 41, "次")],
        "files": [("申报书模板", "#sg-facts", "DOCX 86 KB"), ("评分细则", "#sg-facts", "PDF 230 KB")],
        "verdict": [("编号", "GX-2026-0000-0386"), ("姓名", "韦*"), ("服务时长", "126.5小时")],
        "deadline": timezone.now() + dt.timedelta(days=11),
        "picture": {"url": "/static/yinling/pictures/two-chairs.svg", "width": 900, "height": 600},
    }
    return render(request, "core/styleguide.html", context)


def _entries() -> list[ledger.Entry]:
    def at(days: int, hour: int) -> dt.datetime:
        noon = timezone.localtime().replace(hour=hour, minute=30, second=0, microsecond=0)
        return noon + dt.timedelta(days=days)

    def entry(days: int, hour: int, title: str, **more: Any) -> ledger.Entry:
        return ledger.Entry(at(days, hour), at(days, hour + 2), title, "#sg-row", **more)

    return [
        entry(
            0,
            14,
            "忘龄交：听老教授讲当年的实验室",
            place="西青区·示例大学",
            tags=["忘龄交"],
            who="本校学生，老师带队",
            taken=2,
            places=6,
        ),
        entry(
            1,
            9,
            "养老院里的合唱与理发",
            place="北辰区·示例第二养老院",
            tags=["寸草心"],
            status="few",
            status_text="快满了",
            who="家庭、班级、团队都可以",
            taken=29,
            places=30,
        ),
        entry(
            1,
            13,
            "已经取消的一班：雨天改期",
            place="红桥区·示例街道",
            status="cancelled",
            status_text="已取消：雨天",
            who="已通知报名的8人",
            off="不再招人",
        ),
        entry(
            2,
            8,
            "失能老年人家庭照护者培训课堂助教",
            place="河北区·丁社区",
            tags=["寸草心", "双基地"],
            status="full",
            status_text="已满，可候补",
            who="16岁以上",
            taken=40,
            places=40,
            waiting=7,
        ),
    ]


def _week() -> list[ledger.WeekDay]:
    today = timezone.localdate()
    needs = [14, 9, 21, 11, 8, 0, 13]
    return [ledger.WeekDay(today + dt.timedelta(days=i), "#sg-week", n, i + 4) for i, n in enumerate(needs)]


def _facets() -> list[facets.Facet]:
    kinds = [facets.Option("visit", "上门探访", True, 38), facets.Option("call", "电话问候", False, 21)]
    when = [facets.Option("week", "这一周", True, 46), facets.Option("", "不限", False, 237)]
    places = [facets.Option("", "全市"), facets.Option("120101", "和平区", True)]
    return [
        facets.Facet("q", "关键词", kind="search", value="送餐"),
        facets.Facet("kind", "做什么", kinds),
        facets.Facet("when", "哪天有空", when, "radio"),
        facets.Facet("division", "在哪个区", places, "select"),
    ]


def _messages() -> list[Message]:
    link = {"url": "#sg-msg", "label": "取消报名"}
    done = feedback.message("报名成功：10月17日（周六）09:30—11:30", "去不了时，请在前一天18:00前取消。", **link)
    return [
        Message(constants.SUCCESS, done),
        Message(constants.INFO, feedback.message("今天是演示数据", "姓名、电话、地址都不是真的。")),
        Message(constants.WARNING, feedback.message("2027年的放假安排还没公布", "公示天数暂按周一至周五计算。")),
        Message(constants.ERROR, feedback.message("这一班刚刚满了", "您可以加入候补，有人取消就轮到您。")),
    ]
