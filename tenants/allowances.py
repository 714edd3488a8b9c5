"""How much a visitor may ask in an hour, over all hosts together: a limit for each of 300 sites would be none."""

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tenants.models import Allowance

_KEPT = timedelta(days=1)


def use_up(purpose: str, address: str, *, amount: int, most: int) -> int:
    """Take `amount` from what `address` has left of `most` in this hour; one statement, exact between processes.

    Returns 0, or, when that much is not left and nothing was taken, the seconds until the next hour.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    if amount <= most:
        with connection.cursor() as cursor:
            cursor.execute(_sql(), [now - _KEPT, _key(purpose, address), hour, amount, most])
            if cursor.fetchone() is not None:
                return 0
    return max(1, int((hour + timedelta(hours=1) - now).total_seconds()))


def _key(purpose: str, address: str) -> str:
    key = f"{settings.DIGEST_KEY}:allowance-{purpose}".encode()
    return hmac.new(key, network(address).encode(), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """The address; of IPv6 the /64 that one household or office has, whose ends change by the minute."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""  # unknown visitors share one count
    mapped = getattr(read, "ipv4_mapped", None)
    if read.version == 4 or mapped is not None:
        return str(mapped or read)
    return str(ipaddress.ip_network((read, 64), strict=False))


def _sql() -> str:
    table = f'public."{Allowance._meta.db_table}"'
    return f"""
        WITH old AS (DELETE FROM {table} WHERE hour < %s)
        INSERT INTO {table} AS a (key, hour, used) VALUES (%s, %s, %s)
        ON CONFLICT (key, hour) DO UPDATE SET used = a.used + EXCLUDED.used WHERE a.used + EXCLUDED.used <= %s
        RETURNING used
    """  # noqa: S608  # our own table's name
