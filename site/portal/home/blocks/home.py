"""Sections of the front page; a number on it is computed, never typed.

Their templates find what they show in `front_page` (portal.home.front_page), which every section shares.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


def _heading(default: str) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("标题"), default=default, max_length=12)


def _number(label: Any, default: int, most: int) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=label, default=default, min_value=1, max_value=most)


class BannerBlock(blocks.StructBlock):
    """One picture with a line of text and a door; feast days, 敬老月."""

    image = ImageChooserBlock(label=_("图片"), required=False)
    title = blocks.CharBlock(label=_("标题"), max_length=40)
    text = blocks.TextBlock(label=_("说明"), required=False, max_length=160)
    page = blocks.PageChooserBlock(label=_("去哪个页面"), required=False)
    link_text = blocks.CharBlock(label=_("链接文字"), required=False, max_length=20)

    class Meta:
        icon = "image"
        label = _("横幅")
        template = "home/blocks/banner.html"


class OpeningBlock(blocks.StructBlock):
    """The headline with this week's number, and the sentence by which one finds a shift."""

    finder = blocks.BooleanBlock(label=_("带“我住在……”找班次"), required=False, default=True)

    class Meta:
        icon = "title"
        label = _("开头：这一周还差多少人")
        template = "home/blocks/opening.html"


class WeekBlock(blocks.StaticBlock):
    class Meta:
        icon = "calendar-alt"
        label = _("一周七天")
        admin_text = _("从今天起七天，每天还差几个人；自动统计。")
        template = "home/blocks/week.html"


class ShiftsBlock(blocks.StructBlock):
    title = _heading("就在这几天")
    number = _number(_("列几个班次"), 5, 12)

    class Meta:
        icon = "list-ul"
        label = _("最近的班次")
        template = "home/blocks/shifts.html"


class VenturesBlock(blocks.StructBlock):
    """The call that is open, beside notices and publicities."""

    title = _heading("公益创投")
    notices = _number(_("旁边列几条公示与公告"), 4, 8)

    class Meta:
        icon = "doc-full"
        label = _("公益创投和公告")
        template = "home/blocks/ventures.html"


class NoticesBlock(blocks.StructBlock):
    title = _heading("公示与公告")
    number = _number(_("列几条"), 5, 12)

    class Meta:
        icon = "clipboard-list"
        label = _("公示与公告")
        template = "home/blocks/notices.html"


class BrandsBlock(blocks.StructBlock):
    title = _heading("两双手")

    class Meta:
        icon = "tag"
        label = _("品牌")
        template = "home/blocks/brands.html"


class StoriesBlock(blocks.StructBlock):
    title = _heading("讲给您听")
    number = _number(_("列几篇"), 4, 6)

    class Meta:
        icon = "openquote"
        label = _("典型案例")
        template = "home/blocks/stories.html"


class DirectoryBlock(blocks.StructBlock):
    title = _heading("找到对接人")

    class Meta:
        icon = "group"
        label = _("对接名录")
        template = "home/blocks/directory.html"


class HoursBlock(blocks.StructBlock):
    title = _heading("时长这本账")

    class Meta:
        icon = "time"
        label = _("时长统计")
        template = "home/blocks/hours.html"


class HomeBlock(blocks.StreamBlock):
    """The sections of the front page."""

    opening = OpeningBlock()
    banner = BannerBlock()
    week = WeekBlock()
    shifts = ShiftsBlock()
    ventures = VenturesBlock()
    notices = NoticesBlock()
    brands = BrandsBlock()
    stories = StoriesBlock()
    directory = DirectoryBlock()
    hours = HoursBlock()

    class Meta:
        label = _("栏目")
        required = False
        block_counts = {
            name: {"max_num": 1}
            for name in ("opening", "week", "shifts", "ventures", "notices", "brands", "stories", "directory", "hours")
        }


#: The front page of a new site.
FIRST_SECTIONS = [
    {"type": "opening", "value": {"finder": True}},
    {"type": "week", "value": None},
    {"type": "shifts", "value": {"title": "就在这几天", "number": 5}},
    {"type": "ventures", "value": {"title": "公益创投", "notices": 4}},
    {"type": "brands", "value": {"title": "两双手"}},
    {"type": "stories", "value": {"title": "讲给您听", "number": 4}},
    {"type": "directory", "value": {"title": "找到对接人"}},
    {"type": "hours", "value": {"title": "时长这本账"}},
]
