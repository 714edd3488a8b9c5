"""Reads a drawing out of an SVG: plain shapes in plain colours, and nothing else; what it does not know it refuses.

Nothing of the file itself is ever shown or run: what is printed is drawn anew from these shapes.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path

from certificates.errors import PictureRefused

MOST_POINTS = 20_000
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SILENT = {"title", "desc", "metadata"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_REFUSED_PROPERTIES = ("filter", "mask", "clip-path", "href")
_NAMES = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000", "blue": "#0000ff",
    "yellow": "#ffff00", "gold": "#ffd700", "orange": "#ffa500", "gray": "#808080", "grey": "#808080",
    "currentcolor": "#000000",
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
Pen = list[tuple[str, tuple[tuple[float, float], ...]]]


@dataclass(frozen=True, slots=True)
class Style:
    """Colours as `#rrggbb`, empty for none; `width` of the stroke in units of the drawing."""

    fill: str = "#000000"
    stroke: str = ""
    width: float = 1.0
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline, in units of the drawing, as the calls that a pen of fontTools records."""

    style: Style
    outline: Pen


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from the back to the front, their box beginning at (left, top)."""

    left: float
    top: float
    width: float
    height: float
    shapes: tuple[Shape, ...]


def read_drawing(data: bytes) -> Drawing:
    """The drawing of an SVG's bytes; raises `PictureRefused`, naming what it cannot take."""
    try:
        text = data.decode("utf-8-sig")
        if re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", text, re.I):
            raise PictureRefused(_("SVG里有实体定义，请用“普通SVG”另存一次。"))
        root = ElementTree.fromstring(text)  # noqa: S314 - entities are refused above
        left, top, width, height = _box(root)
        shapes = tuple(_shapes(root, Style(), Identity))
    except (ElementTree.ParseError, ValueError, OverflowError, ArithmeticError, LookupError, RuntimeError) as error:
        raise PictureRefused(_("读不懂这个SVG文件，请用“普通SVG”另存一次，或者换成PNG。")) from error
    if not shapes:
        raise PictureRefused(_("SVG里没有图形。"))
    if sum(len(shape.outline) for shape in shapes) > MOST_POINTS:
        raise PictureRefused(_("图形太复杂，请简化，或者换成PNG。"))
    return Drawing(left, top, width, height, shapes)


def _box(root: ElementTree.Element) -> tuple[float, ...]:
    if root.tag not in ("svg", f"{_NAMESPACE}svg"):
        raise ValueError(root.tag)
    numbers = _numbers(root.get("viewBox", "")) or [
        0,
        0,
        *_numbers(root.get("width", "") + " " + root.get("height", "")),
    ]
    box = tuple(numbers)
    if len(box) != 4 or not all(map(math.isfinite, box)) or min(box[2:]) <= 0:
        raise ValueError("no box")
    return box


def _shapes(element: ElementTree.Element, style: Style, transform: Transform) -> Iterator[Shape]:
    for child in element:
        name = str(child.tag).removeprefix(_NAMESPACE)
        if name.startswith("{") or name in _SILENT or (name == "defs" and not len(child)):
            continue  # what drawing programs keep for themselves
        if name not in _SHAPES and name != "g":
            raise PictureRefused(
                _("SVG里的<{name}>不能用：只收不带文字、图片、渐变、脚本和引用的图形。").format(name=name)
            )
        properties = _properties(child)
        if properties.get("display") == "none":
            continue
        own = _styled(style, properties)
        place = transform.transform(_transform(child.get("transform", "")))
        if name == "g":
            yield from _shapes(child, own, place)
        elif own.fill or own.stroke:
            yield Shape(
                replace(own, width=own.width * math.sqrt(abs(_determinant(place)))), _outline(name, child, place)
            )


def _properties(element: ElementTree.Element) -> dict[str, str]:
    given = {key.rpartition("}")[2]: value.strip() for key, value in element.attrib.items()}
    for declaration in given.pop("style", "").split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            given[key.strip()] = value.strip()
    for key, value in given.items():
        used = key in _REFUSED_PROPERTIES and value != "none"
        if used or key.startswith("on") or "url(" in value:
            text = _("SVG里的{name}不能用：只收不带文字、图片、渐变、脚本和引用的图形。")
            raise PictureRefused(text.format(name=key))
        if key in ("opacity", "fill-opacity", "stroke-opacity") and float(value) != 1:
            raise PictureRefused(_("SVG里有半透明的颜色，请换成不透明的。"))
    return given


def _styled(style: Style, properties: dict[str, str]) -> Style:
    width = _numbers(properties.get("stroke-width", ""))
    return Style(
        fill=_colour(properties.get("fill", ""), style.fill),
        stroke=_colour(properties.get("stroke", ""), style.stroke),
        width=width[0] if width else style.width,
        even_odd=properties.get("fill-rule", "evenodd" if style.even_odd else "") == "evenodd",
    )


def _colour(given: str, inherited: str) -> str:
    given = given.lower()
    if given in ("", "inherit"):
        return inherited
    if given in ("none", "transparent"):
        return ""
    if re.fullmatch("#[0-9a-f]{3}", given):
        return "#" + "".join(digit * 2 for digit in given[1:])
    if re.fullmatch("#[0-9a-f]{6}", given):
        return given
    if found := re.fullmatch(r"rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)", given):
        return "#" + "".join(f"{min(255, int(share)):02x}" for share in found.groups())
    if given in _NAMES:
        return _NAMES[given]
    raise PictureRefused(_("SVG里的颜色“{name}”认不出来，请写成#rrggbb。").format(name=given[:30]))


def _transform(text: str) -> Transform:
    made = Identity
    for name, inside in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        given = _numbers(inside)
        match name, len(given):
            case "matrix", 6:
                made = made.transform(tuple(given))
            case "translate", 1 | 2:
                made = made.translate(*given)
            case "scale", 1 | 2:
                made = made.scale(*given)
            case "rotate", 1:
                made = made.rotate(math.radians(given[0]))
            case "rotate", 3:
                made = made.translate(*given[1:]).rotate(math.radians(given[0])).translate(-given[1], -given[2])
            case "skewX", 1:
                made = made.skew(math.radians(given[0]))
            case "skewY", 1:
                made = made.skew(0, math.radians(given[0]))
            case _:
                raise ValueError(name)
    return made


def _determinant(transform: Transform) -> float:
    return float(transform.xx * transform.yy - transform.xy * transform.yx)


def _outline(name: str, element: ElementTree.Element, transform: Transform) -> Pen:
    pen = DecomposingRecordingPen({})
    parse_path(_path(name, element), TransformPen(pen, transform))
    points = [number for _call, given in pen.value for point in given if point for number in point]
    if not all(map(math.isfinite, points)):
        raise ValueError("no number")
    return pen.value


def _path(name: str, element: ElementTree.Element) -> str:
    """The shape in the words of `<path d>`."""

    def at(key: str) -> float:
        return (_numbers(element.get(key, "")) or [0.0])[0]

    match name:
        case "path":
            return element.get("d", "")
        case "rect":
            x, y, w, h = at("x"), at("y"), at("width"), at("height")
            rx, ry = at("rx") or at("ry"), at("ry") or at("rx")
            if not rx:
                return f"M{x},{y} h{w} v{h} h{-w} Z"
            return (
                f"M{x + rx},{y} h{w - 2 * rx} a{rx},{ry} 0 0 1 {rx},{ry} v{h - 2 * ry} a{rx},{ry} 0 0 1 {-rx},{ry} "
                f"h{2 * rx - w} a{rx},{ry} 0 0 1 {-rx},{-ry} v{2 * ry - h} a{rx},{ry} 0 0 1 {rx},{-ry} Z"
            )
        case "circle" | "ellipse":
            x, y = at("cx"), at("cy")
            rx, ry = (at("r"), at("r")) if name == "circle" else (at("rx"), at("ry"))
            return f"M{x - rx},{y} a{rx},{ry} 0 0 1 {2 * rx},0 a{rx},{ry} 0 0 1 {-2 * rx},0 Z"
        case "line":
            return f"M{at('x1')},{at('y1')} L{at('x2')},{at('y2')}"
    points = " ".join(map(str, _numbers(element.get("points", ""))))
    return f"M{points}" + (" Z" if name == "polygon" else "")


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]
