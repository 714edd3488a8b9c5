"""What the Wagtail admin gets from us on every page."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from portal.core.reading import delete_no_reading_lists

delete_no_reading_lists()


@hooks.register("insert_global_admin_js")
def start_widgets() -> str:
    """Before Wagtail's own form scripts, so that widgets start as they are read."""
    return format_html('<script src="{}"></script>', static("yinling/cms.js"))
