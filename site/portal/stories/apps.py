"""The app `stories`; its label is `stories`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "portal.stories"
    label = "stories"
    verbose_name = _("典型案例")

    def ready(self) -> None:
        from portal.core.signals import tree_planted
        from portal.stories import linked, searchable, seeding, tasks, waiting  # noqa: F401  (register themselves)

        tree_planted.connect(seeding.plant_index, dispatch_uid="stories.plant_index")
