"""Who may read which uploaded file: only the site's own, and only what is meant to be seen."""

import mimetypes
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

# Everything else (documents above all) has a view of its own that asks for rights.
PUBLIC = ("images/",)
STAFF = ("original_images/", "avatar_images/")
_INLINE = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The file `path` of the tenant of this host; 404 for all that is not for this visitor."""
    if not _may_read(request, path):
        raise Http404
    try:
        size, modified = default_storage.size(path), default_storage.get_modified_time(path)
    except (SuspiciousOperation, OSError, ValueError):
        raise Http404 from None
    if not was_modified_since(request.headers.get("If-Modified-Since"), modified.timestamp()):
        return HttpResponseNotModified()
    kind = mimetypes.guess_type(path)[0] or ""
    response = _body(path)
    response.headers["Content-Type"] = kind if kind in _INLINE else "application/octet-stream"
    response.headers["Last-Modified"] = http_date(modified.timestamp())
    response.headers["Cache-Control"] = "public, max-age=86400" if path.startswith(PUBLIC) else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if kind not in _INLINE:
        response.headers["Content-Disposition"] = "attachment"
    if not settings.MEDIA_ACCEL:
        response.headers["Content-Length"] = str(size)
    return response


def _may_read(request: HttpRequest, path: str) -> bool:
    # A path is judged as written: one that climbs could begin in a public folder and end elsewhere.
    if any(part in {"", ".", ".."} for part in path.split("/")) or "\\" in path or "\0" in path:
        return False
    if path.startswith(PUBLIC):
        return True
    return path.startswith(STAFF) and bool(request.user.has_perm("wagtailadmin.access_admin"))


def _body(path: str) -> HttpResponse:
    if settings.MEDIA_ACCEL:
        return HttpResponse(
            headers={"X-Accel-Redirect": quote(f"{settings.MEDIA_ACCEL.rstrip('/')}/{connection.schema_name}/{path}")}
        )
    try:
        return FileResponse(default_storage.open(path))
    except OSError:
        raise Http404 from None
