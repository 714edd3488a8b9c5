"""The parts of the project form in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, PublishingPanel

from portal.projects.forms import ProjectForm, ShiftFormSet


class ShiftsPanel(InlinePanel):
    """Shifts, checked together."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = ShiftFormSet
        return options


def project_panels() -> ObjectList:
    """The form, in the order in which one thinks of a project."""
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("summary"), FieldPanel("body"), FieldPanel("brand")], _("是什么")
            ),
            ShiftsPanel(
                "shifts",
                panels=[
                    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("places")]),
                    FieldPanel("note"),
                ],
                heading=_("班次"),
                label=_("班次"),
                min_num=1,
                max_num=200,
            ),
            MultiFieldPanel(
                [
                    FieldPanel("division"),
                    FieldPanel("venue"),
                    FieldPanel("address"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("step_free"),
                ],
                _("在哪里"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("organiser"),
                    FieldPanel("in_charge"),
                    FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_phone")]),
                    FieldRowPanel([FieldPanel("insurance"), FieldPanel("is_paid")]),
                ],
                _("谁来办"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("service_kinds"),
                    FieldPanel("recipients"),
                    FieldPanel("participation"),
                ],
                _("做什么，为了谁，谁可以来"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")]),
                    FieldPanel("guardian_required"),
                    FieldPanel("skills"),
                    FieldPanel("who_note"),
                ],
                _("要求"),
            ),
            # Without expire_at: what people have signed up for does not vanish by itself.
            PublishingPanel(children=[FieldPanel("go_live_at")]),
        ],
        base_form_class=ProjectForm,
    )
