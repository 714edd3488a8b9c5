"""The 21 sites of the demo: Tianjin with its districts, Guangxi with three cities."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """A division code, the host name of its site, and roughly where it lies."""

    division: str
    host: str
    latitude: float
    longitude: float


PLACES = [
    Place("120000", "tianjin.localhost", 39.13, 117.20),
    Place("120101", "heping.tianjin.localhost", 39.117, 117.196),
    Place("120102", "hedong.tianjin.localhost", 39.128, 117.252),
    Place("120103", "hexi.tianjin.localhost", 39.110, 117.223),
    Place("120104", "nankai.tianjin.localhost", 39.138, 117.150),
    Place("120105", "hebei.tianjin.localhost", 39.148, 117.197),
    Place("120106", "hongqiao.tianjin.localhost", 39.167, 117.152),
    Place("120110", "dongli.tianjin.localhost", 39.087, 117.314),
    Place("120111", "xiqing.tianjin.localhost", 39.142, 117.009),
    Place("120112", "jinnan.tianjin.localhost", 38.937, 117.357),
    Place("120113", "beichen.tianjin.localhost", 39.225, 117.135),
    Place("120114", "wuqing.tianjin.localhost", 39.384, 117.044),
    Place("120115", "baodi.tianjin.localhost", 39.717, 117.310),
    Place("120116", "binhai.tianjin.localhost", 39.003, 117.711),
    Place("120117", "ninghe.tianjin.localhost", 39.331, 117.826),
    Place("120118", "jinghai.tianjin.localhost", 38.947, 116.974),
    Place("120119", "jizhou.tianjin.localhost", 40.046, 117.408),
    Place("450000", "guangxi.localhost", 22.815, 108.327),
    Place("450100", "nanning.localhost", 22.817, 108.366),
    Place("450200", "liuzhou.localhost", 24.326, 109.428),
    Place("450300", "guilin.localhost", 25.274, 110.290),
]

#: About six hundred metres.
STEP = 0.006


def sample_position(division: str, number: int) -> dict[str, Decimal]:
    """Where sample `number` of a site is said to stand: on a grid around the middle of the place."""
    place = next(place for place in PLACES if place.division == division)
    north, east = divmod(number % 25, 5)
    return {
        "latitude": Decimal(f"{place.latitude + (north - 2) * STEP:.6f}"),
        "longitude": Decimal(f"{place.longitude + (east - 2) * STEP:.6f}"),
    }
