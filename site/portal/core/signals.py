"""Moments of the page tree."""

from django.dispatch import Signal

#: Sent with `home`, the front page, while the template of all tenants is made: apps hang their index pages under it.
tree_planted = Signal()
