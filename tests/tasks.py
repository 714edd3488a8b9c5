"""Runs what is queued, as the worker would, without a worker process."""

from django.db import connection
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_context

from tenants.work import Loop


def run_queued(*, also_later: bool = False) -> list[DBTaskResult]:
    """Run every ready task (with `also_later` those waiting for a retry too) until none is left; return them."""
    worker = Loop(interval=0, worker_id="tests")
    done: list[DBTaskResult] = []
    tenant = connection.tenant
    with schema_context("public"):
        while row := _next(also_later):
            row.claim("tests")
            worker.run_task(row)
            row.refresh_from_db()
            done.append(row)
    connection.set_tenant(tenant)
    return done


def _next(also_later: bool) -> DBTaskResult | None:
    rows = DBTaskResult.objects.filter(status="READY") if also_later else DBTaskResult.objects.ready()
    return rows.first()
