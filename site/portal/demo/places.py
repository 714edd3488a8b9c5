"""The 21 sites of the demo: Tianjin with its districts, Guangxi with three cities."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A division code and the host name of its site."""

    division: str
    host: str


PLACES = [
    Place("120000", "tianjin.localhost"),
    Place("120101", "heping.tianjin.localhost"),
    Place("120102", "hedong.tianjin.localhost"),
    Place("120103", "hexi.tianjin.localhost"),
    Place("120104", "nankai.tianjin.localhost"),
    Place("120105", "hebei.tianjin.localhost"),
    Place("120106", "hongqiao.tianjin.localhost"),
    Place("120110", "dongli.tianjin.localhost"),
    Place("120111", "xiqing.tianjin.localhost"),
    Place("120112", "jinnan.tianjin.localhost"),
    Place("120113", "beichen.tianjin.localhost"),
    Place("120114", "wuqing.tianjin.localhost"),
    Place("120115", "baodi.tianjin.localhost"),
    Place("120116", "binhai.tianjin.localhost"),
    Place("120117", "ninghe.tianjin.localhost"),
    Place("120118", "jinghai.tianjin.localhost"),
    Place("120119", "jizhou.tianjin.localhost"),
    Place("450000", "guangxi.localhost"),
    Place("450100", "nanning.localhost"),
    Place("450200", "liuzhou.localhost"),
    Place("450300", "guilin.localhost"),
]
