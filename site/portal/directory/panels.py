"""The form in which an entry of the directory is written."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PublishingPanel

from portal.directory.forms import EntryForm

ENTRY = ObjectList(
    [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("division")]),
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("department"),
                FieldRowPanel([FieldPanel("contact"), FieldPanel("phone")]),
                FieldPanel("hours"),
            ],
            heading=_("找谁，打什么电话"),
        ),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("offers"),
        FieldPanel("last_checked"),
        PublishingPanel(),
    ],
    base_form_class=EntryForm,
)
