"""A round of awards with thousands of volunteers: its list, a page of it, ticking, proposal, approval, and asking.

`python -m benchmarks.rounds` takes the 5,000 pupils of the site; `… 200` as many as that. Each run is a round of its
own; statements are counted, and every table that is read from one end to the other is named with its statement.
"""

import re
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks import pupils
from benchmarks.timing import keep

NAME = "rounds"
SERVICES = 4
"""Of each within the round; as many lie before it."""
ASKED = 200
"""How many are asked for, one after the other; whoever wants all of them runs `benchmarks.issuing`."""
_SCAN = re.compile(r"Seq Scan on (\w+).*?\(actual time=\S+ rows=(\d+)")


def main() -> None:
    pupils.stage(NAME)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else pupils.PUPILS
    from portal.honours import queries
    from portal.honours.domain import approve_round, draft_round, list_round, propose_round, tick

    officers = _officers()
    period = _serve(count)
    values = {"occasion": "campaign", "least_minutes": 120 * SERVICES, "least_days": 1, **period}
    made: list[Any] = []
    figures: dict[str, Any] = {"volunteers": count, "records": 2 * SERVICES * count}
    figures["list"] = _measured(lambda: made.append(draft_round(by=officers[0], title=_title(), **values)))
    award = made[0]
    page = [entry.pk for entry in queries.entries_of(award, out=False)[:100]]
    steps: dict[str, Callable[[], Any]] = {
        "list_anew": lambda: list_round(award, by=officers[0]),
        "page": lambda: _page(award),
        "last_page": lambda: _page(award, at=max(count - 100, 0)),
        "tick_a_page": lambda: tick(award, out=page[:1], back=[], by=officers[0]),
        "propose": lambda: propose_round(award, by=officers[0]),
        "approve": lambda: approve_round(award, by=officers[1]),
    }
    for name, step in steps.items():
        figures[name] = _measured(step)
    figures["ask"] = _asked(award.pk)
    keep(f"rounds-{count}", figures)


def _title() -> str:
    return f"敬老月{time.strftime('%m%d%H%M%S')}"


def _page(award: Any, *, at: int = 0) -> None:
    """What the page of the list reads."""
    from portal.honours import queries

    queries.progress_of(award)
    entries = queries.entries_of(award, out=False)
    entries.count()
    assert [entry.volunteer.masked_name for entry in entries[at : at + 100]]


def _asked(key: int) -> dict[str, Any]:
    """Numbers for the next ASKED of the round, each in a transaction of its own as the worker does it."""
    from portal.honours import queries
    from portal.honours.domain import issuing
    from portal.honours.models import Entry, Round

    award = Round.objects.select_related("proposed_by", "decided_by").get(pk=key)
    scope, failed = queries.scope_of(award), {}
    waiting = Entry.objects.filter(round=award, state="chosen").count()
    number = min(ASKED, waiting)
    one = _measured(lambda: issuing._next(award, scope, failed))
    began = time.perf_counter()
    for _ in range(number - 1):
        assert issuing._next(award, scope, failed)
    assert not failed
    each = (time.perf_counter() - began) * 1000 / max(number - 1, 1)
    return {"each_ms": round(each, 1), "queries_each": one["queries"], "read_whole": one["read_whole"]}


def _measured(act: Callable[[], Any]) -> dict[str, Any]:
    """Milliseconds, statements, the slowest of them, and tables of more than a thousand rows that were read whole."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        act()
    taken = (time.perf_counter() - began) * 1000
    slowest = max((float(query["time"]) for query in captured), default=0.0)
    return {
        "ms": round(taken),
        "queries": len(captured),
        "slowest_ms": round(slowest * 1000),
        "read_whole": _read_whole([query["sql"] for query in captured]),
    }


def _read_whole(statements: list[str]) -> list[str]:
    """`table: rows`, for statements that only read; each kind of statement once."""
    from django.db import connection, transaction

    found: set[str] = set()
    for statement in {re.sub(r"\d+", "0", one): one for one in statements if one.startswith("SELECT")}.values():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {statement.replace('%', '%%')}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        found |= {f"{table}: {rows}" for table, rows in _SCAN.findall(plan) if int(rows) > 1000}
    return sorted(found)


def _officers() -> list[Any]:
    from django.contrib.auth.models import Group

    from portal.accounts.models import User
    from portal.accounts.roles import Role

    made = []
    for name in ("officer", "officer2"):
        user = User.objects.filter(username=name).first() or User.objects.create_user(name, name="示例主管")
        user.groups.add(Group.objects.get(name=Role.OFFICER))
        made.append(user)
    return made


def _serve(count: int) -> dict[str, Any]:
    """SERVICES confirmed records of each of the first `count` pupils within the period that is returned, once."""
    from django.utils import timezone

    from portal.volunteers.models import ServiceRecord, Volunteer

    today = timezone.localdate()
    people = list(Volunteer.objects.order_by("pk").values_list("pk", flat=True)[:count])
    served = set(ServiceRecord.objects.values_list("volunteer", flat=True).distinct())
    missing = [pk for pk in people if pk not in served]
    officers = _officers()
    for ago in range(1, 2 * SERVICES + 1) if missing else ():
        shift = _shift(timezone.now() - timedelta(days=10 * ago), in_charge=officers[0])
        ServiceRecord.objects.bulk_create((_record(shift, pk, officers) for pk in missing), batch_size=2_000)
    if missing:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"start": today - timedelta(days=10 * SERVICES + 5), "end": today}


def _shift(begins: Any, *, in_charge: Any) -> Any:
    from portal.core.models import Division
    from portal.organisations.models import Organisation
    from portal.projects.models import Project, Shift

    values = {
        "summary": "上门陪伴",
        "service_kinds": ["home_visit"],
        "organiser": Organisation.objects.get(name=pupils.SCHOOL),
        "in_charge": in_charge,
        "division": Division.objects.filter(level="street").first(),
        "live": True,
        "state": "finished",
    }
    project = Project.objects.filter(title="敬老月上门").first() or Project.objects.create(title="敬老月上门", **values)
    return Shift.objects.create(project=project, starts_at=begins, ends_at=begins + timedelta(hours=2), places=9)


def _record(shift: Any, volunteer: int, officers: list[Any]) -> Any:
    from django.utils import timezone

    from portal.volunteers.models import ServiceRecord

    return ServiceRecord(
        volunteer_id=volunteer,
        shift=shift,
        project=shift.project,
        activity=shift.project.title,
        content=shift.project.summary,
        place="甲社区",
        organiser=pupils.SCHOOL,
        in_charge="示例",
        date=timezone.localdate(shift.starts_at),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        minutes_given=120,
        minutes=120,
        grade="leader_roll",
        state="confirmed",
        entered_by=officers[0],
        confirmed_by=officers[1],
        confirmed_at=timezone.now(),
    )


if __name__ == "__main__":
    main()
