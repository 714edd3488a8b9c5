"""How every Django form of the site is drawn."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields and forms from templates/components; widgets stay Django's own, so both admins keep theirs."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
