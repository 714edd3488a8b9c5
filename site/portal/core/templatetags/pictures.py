"""Pictures in three widths, so that a phone does not load what a screen needs."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

#: 3:2, as the look shows photographs; WebP is a third smaller than JPEG.
SHAPES = {
    "photo": ("fill-480x320|format-webp", "fill-960x640|format-webp", "fill-1440x960|format-webp"),
    "whole": ("width-480|format-webp", "width-960|format-webp", "width-1440|format-webp"),
}


@register.simple_tag
def picture(image: Any, shape: str = "photo", sizes: str = "(min-width: 62rem) 38rem, 100vw", lazy: bool = True) -> Any:
    """`<img>` with srcset, size and the image's alternative text; one query, none when the cache is warm."""
    if image is None:
        return SafeString("")
    renditions = list(image.get_renditions(*SHAPES[shape]).values())
    middle = renditions[len(renditions) // 2]
    by_width = {rendition.width: rendition.url for rendition in renditions}
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        middle.url,
        ", ".join(f"{url} {width}w" for width, url in by_width.items()),
        sizes,
        middle.width,
        middle.height,
        image.alternative,
        SafeString(' loading="lazy" decoding="async"') if lazy else "",
    )
