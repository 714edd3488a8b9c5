"""Personal data in templates: `{{ user.mobile|mask_mobile }}`; the same functions as everywhere."""

from django import template

from portal.core import masking

register = template.Library()
register.filter("mask_name", masking.mask_name)
register.filter("mask_mobile", masking.mask_mobile)
register.filter("mask_email", masking.mask_email)
register.filter("mask_id_number", masking.mask_id_number)
register.filter("mask_address", masking.mask_address)
register.filter("mask_birth_date", masking.mask_birth_date)
