"""Keeps each tenant's files in a folder of its own, under addresses that do not betray it."""

import os

from django.conf import settings
from django_tenants.files.storage import TenantFileSystemStorage


class TenantMediaStorage(TenantFileSystemStorage):
    """MEDIA_ROOT/<schema>/… on disk, /media/… in addresses: the host name already says whose file is meant."""

    @property
    def base_url(self) -> str:
        return str(self._base_url or settings.MEDIA_URL)

    @property
    def relative_media_root(self) -> str:
        return os.path.join(settings.MEDIA_ROOT, settings.MULTITENANT_RELATIVE_MEDIA_ROOT)
