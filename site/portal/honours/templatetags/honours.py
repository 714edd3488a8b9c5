"""What pages about certificates ask of honours."""

from django import template

from portal.honours import queries

register = template.Library()
register.filter("group_of", queries.group_of)
