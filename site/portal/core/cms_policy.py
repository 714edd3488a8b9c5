"""Lets Wagtail's admin work without inline script: choosers start through an element (see static/yinling/cms.js).

Wagtail 8 writes an inline script in six places. Five are templates, overridden in templates/wagtailadmin;
this is the sixth, which is built in Python.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def start_choosers_without_script() -> None:
    """Replace the one method that every chooser widget inherits."""
    BaseChooser.render = _render


def _render(self: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
    if not (attrs and attrs.get("id")):
        raise TypeError("BaseChooser cannot be rendered without an 'id' attribute")
    value_data = self.get_value_data(value)
    html = self.render_html(name, value_data, attrs)
    if isinstance(self, AdminTaskChooser):
        start = format_html('<yl-start data-with="createTaskChooser" data-id="{}"></yl-start>', attrs["id"])
    else:
        options = json.dumps(self.get_js_init_options(attrs["id"], name, value_data))
        start = format_html(
            '<yl-start data-with="{}" data-id="{}" data-options="{}"></yl-start>',
            self.js_constructor,
            attrs["id"],
            options,
        )
    return format_html("{}{}", html, start)
