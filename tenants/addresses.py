"""Makes absolute addresses of sites: scheme and port are those of the platform, the host is the site's."""

from urllib.parse import urlsplit

from django.conf import settings


def site_url(host: str, path: str = "/") -> str:
    """`https://heping.example.cn/` for a host name of the registry."""
    platform = urlsplit(settings.PLATFORM_URL)
    port = f":{platform.port}" if platform.port else ""
    return f"{platform.scheme}://{host}{port}{path}"


def site_port() -> int:
    """The port under which sites are reached."""
    platform = urlsplit(settings.PLATFORM_URL)
    return platform.port or (443 if platform.scheme == "https" else 80)
