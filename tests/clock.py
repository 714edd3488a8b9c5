"""A clock for tests that run when an hour, a day or a year ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

MINUTE = timedelta(minutes=1)
Clock = Callable[[], datetime]


def real() -> datetime:
    return datetime.now(UTC)


class _Datetime(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


def telling(clock: Clock) -> type:
    """`datetime` by another clock, for the module of Django that everybody asks: `default=timezone.now` does, too."""

    class Told(datetime, metaclass=_Datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one
            return clock()

    return Told


def staying_in_its_hour(clock: Clock) -> Clock:
    """`clock` as it goes, but the last minute of the hour in which it is now lasts as long as anybody asks.

    Else whoever asks for today twice may get two answers, and what is counted by the hour begins anew in between.
    It never stands and never goes back.
    """
    ends = clock().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def now() -> datetime:
        moment = clock()
        over = (moment - ends) / MINUTE + 1
        return moment if over <= 0 else ends - MINUTE / (1 + over)

    return now
