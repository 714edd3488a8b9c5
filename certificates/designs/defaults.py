"""The designs that come with the package: what a tenant that chooses nothing prints, in its programme's words.

寸草心 and 手足情 speak as 津民发〔2023〕30号 does (二（一）, 二（二）: young people help at hand, younger elders
pair up with older ones; 四（四）: stars and commendation). 八桂银龄守护 speaks as its 专项行动方案 does (三（一）:
就近就便; 四（一）: a certificate for the week of “青春益志·情暖夕阳”). The verses are 孟郊《游子吟》,
《孟子·滕文公上》 and 韩愈《送桂州严大夫》. Every text states time, content and period, as 令67号 wants.
"""

from typing import Any

from certificates.design import Design
from certificates.enums import Kind, Motif, Occasion

VERSES: dict[Any, tuple[str, ...]] = {
    Motif.GRASS: ("谁言寸草心", "报得三春晖"),
    Motif.CLASP: ("出入相友", "守望相助"),
    Motif.HILLS: ("江作青罗带", "山如碧玉簪"),
}

_RECORD = Design(
    heading="志愿服务记录证明",
    text="兹证明{name}{id}于{period}参加{programme}，经记录单位确认，志愿服务时长合计 {hours} 小时。具体记录如下。",
)

_HOURS = "经确认的服务时长累计{hours}小时"
_THANKS = "特颁此证，谨致敬意。"
_HEADINGS: dict[Any, str] = {Occasion.STUDENT_WEEK: "大学生假期志愿服务证书"}
_PLAIN: dict[Any, str] = {
    "": f"{{period}}，您参加{{programme}}，开展{{content}}，{_HOURS}。{_THANKS}",
    Occasion.STAR: (
        f"自{{period}}，您参加{{programme}}，开展{{content}}，{_HOURS}。"
        f"经本人申请、审核公示，评定为{{level}}星级志愿者。{_THANKS}"
    ),
    Occasion.CAMPAIGN: f"{{period}}，您参加{{project}}，开展{{content}}，{_HOURS}，老人称便，邻里称善。{_THANKS}",
    Occasion.STUDENT_WEEK: (
        "于{period}参加{project}，驻院服务一周，开展{content}，服务时长{hours}小时，尊老守诺，用心陪伴，"
        "圆满完成服务任务，经服务机构评价合格。特发此证。"
    ),
    Occasion.GROUP: f"{{period}}，贵单位组织志愿者参加{{programme}}，开展{{content}}，{_HOURS}。{_THANKS}",
}
_OWN: dict[tuple[Any, Any], str] = {
    (Motif.GRASS, Occasion.STUDENT_WEEK): (
        "于{period}参加{project}，在“双基地”服务一周，开展{content}，服务时长{hours}小时，与老人结为忘龄之交，"
        "用心陪伴，圆满完成服务任务，经服务机构评价合格。特发此证。"
    ),
    (Motif.CLASP, Occasion.STAR): (
        f"自{{period}}，您参加{{programme}}，与楼邻结对相助，开展{{content}}，{_HOURS}。"
        f"经本人申请、审核公示，评定为{{level}}星级志愿者。{_THANKS}"
    ),
    (Motif.CLASP, Occasion.GROUP): (
        f"{{period}}，贵单位组织低龄健康老人与高龄老人结对，参加{{programme}}，开展{{content}}，{_HOURS}。{_THANKS}"
    ),
}


def default_design(kind: str, occasion: str = "", *, motif: Motif = Motif.NONE) -> Design:
    """In the words of the programme that draws `motif`; an unknown occasion raises LookupError."""
    if kind == Kind.RECORD:
        return _RECORD
    asked = Occasion.GROUP if kind == Kind.GROUP else occasion
    text = _OWN.get((motif, asked), _PLAIN[asked])
    return Design(heading=_HEADINGS.get(asked, "志愿服务证书"), text=text)
