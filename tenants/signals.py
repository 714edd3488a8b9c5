"""Moments at which other apps fill a tenant; receivers run in the same transaction and schema."""

from django.dispatch import Signal

#: Sent once, in the schema that becomes the template. For what is the same in every tenant.
template_built = Signal()

#: Sent with `tenant` in the new tenant's schema. For what carries its name.
tenant_created = Signal()

#: Sent with `tenant` and `host` in the tenant's schema when another host name becomes the site's own.
primary_domain_changed = Signal()

#: Sent with `tenant` in its new state, in the transaction of the move: it was made, restored, opened or closed.
tenant_moved = Signal()
