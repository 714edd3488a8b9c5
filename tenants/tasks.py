"""Background tasks that run in the tenant that queued them, in the same transaction, with retries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend
from django_tenants.utils import schema_context, tenant_context

from tenants.models import Tenant

SCHEMA = "_schema"
ATTEMPT = "_attempt"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantTask(Task):
    """A task that remembers its schema and, after a failure, queues itself again after `retries[attempt]` seconds."""

    retries: tuple[int, ...] = ()

    def call(self, *args: Any, **kwargs: Any) -> Any:
        schema = kwargs.pop(SCHEMA, "public")
        attempt = kwargs.pop(ATTEMPT, 0)
        with schema_context("public"):
            # A deleted tenant's task fails here, loudly, and touches nobody else.
            tenant = Tenant.objects.get(schema_name=schema) if schema != "public" else None
        bound = structlog.contextvars.bound_contextvars(tenant=schema, task=self.module_path, attempt=attempt)
        with tenant_context(tenant) if tenant else schema_context("public"), bound:
            try:
                return Task.call(self, *args, **kwargs)
            except Exception as error:
                log.warning("task_failed", error=f"{type(error).__module__}.{type(error).__qualname__}")
                self._queue_again(args[1:] if self.takes_context else args, kwargs, attempt=attempt)
                raise

    def _queue_again(self, args: tuple[Any, ...], kwargs: dict[str, Any], *, attempt: int) -> None:
        if attempt < len(self.retries):
            later = timezone.now() + timedelta(seconds=self.retries[attempt])
            self.using(run_after=later).enqueue(*args, **kwargs, **{ATTEMPT: attempt + 1})
            log.info("task_retry", again_at=later.isoformat())


class TenantTaskBackend(DatabaseBackend):
    """Rows in public.django_tasks_db_dbtaskresult: a rolled-back change queues nothing."""

    task_class = TenantTask

    def enqueue(self, task: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        return super().enqueue(task, args, {**kwargs, SCHEMA: connection.schema_name})

    async def aenqueue(self, task: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        raise RuntimeError("The site is WSGI: coroutines read the wrong schema.")


def task(*, retries: tuple[int, ...] = (), queue: str = "default") -> Callable[[Callable[..., Any]], TenantTask]:
    """Declare a task: `@task(retries=(60, 300))`, then `function.enqueue(id)` within a transaction."""

    def decorate(function: Callable[..., Any]) -> TenantTask:
        return TenantTask(func=function, queue_name=queue, retries=retries)

    return decorate
