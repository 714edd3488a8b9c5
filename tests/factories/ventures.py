"""Calls for proposals for tests, in the current tenant."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from portal.ventures import standard
from portal.ventures.models import Call, Criterion, Payment

_numbers = count(1)


def make_call(**over: Any) -> Call:
    """A published call that is open now, with the standard rubric and payments."""
    now: datetime = timezone.now()
    number = next(_numbers)
    values: dict[str, Any] = {
        "number": f"示例创投〔2026〕{number}号",
        "title": f"助老志愿服务公益创投征集公告{number}",
        "organiser": "示例区民政局",
        "sought": "<p>失能老年人家庭照护者培训。</p>",
        "hand_in": "<p>一式三份，交示例区民政局三楼，或者用邮政快递寄到。</p>",
        "ceiling": 100_000,
        "published_on": timezone.localdate() - timedelta(days=10),
        "opens_at": now - timedelta(days=5),
        "closes_at": now + timedelta(days=20),
        "live": True,
        **over,
    }
    rubric = values.pop("rubric", standard.rubric())
    payments = values.pop("payments", standard.payments())
    call = Call(**values)
    call.criteria = [Criterion(name=line.name, points=line.value, note=line.note) for line in rubric]
    call.payments = [Payment(name=line.name, share=line.value, condition=line.note) for line in payments]
    call.save()
    return call
