"""The nightly comparisons in the operators' admin: to look at."""

from django.contrib import admin

from search.models import Comparison
from tenants.operators.clock_admin import LookOnly
from tenants.operators.site import operators


@admin.register(Comparison, site=operators)
class ComparisonAdmin(LookOnly):
    """How each site's listings stood last night; `manage.py listings --repair` mends."""

    list_display = ["tenant", "compared_at", "listings", "missing", "extra", "outdated", "seconds"]
    list_select_related = ["tenant"]
    search_fields = ["tenant__name"]
