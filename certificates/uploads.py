"""Takes an upload into memory alone, and refuses what is too large before reading it."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from certificates.errors import CertificateError

_AROUND = 64 * 1024  # boundaries and small fields of the form


class UploadTooLarge(CertificateError):
    """More than we take; nothing of it was read."""


class MemoryOnly(MemoryFileUploadHandler):
    """Django's own leaves what is over 2.5 MB to a handler that writes files: a checked certificate is never stored."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def take_in_memory(request: HttpRequest, *, most: int) -> None:
    """Call before anything reads the form. `most` is in bytes; raises UploadTooLarge, named in MB."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0  # Django reads nothing then
    if length > most + _AROUND:
        raise refusal_of_size(most)
    request.upload_handlers = [MemoryOnly(request)]


def refusal_of_size(most: int) -> UploadTooLarge:
    """`most` is in bytes."""
    text = _("文件太大：最多%(most)s MB。证书PDF一般不到1 MB。") % {"most": most // 2**20}
    return UploadTooLarge(text, field="file")
