"""Reads whose SQL is built once a process, not once a request.

Turning a queryset into SQL costs several times what sending it costs: on the front page it was half of all work. The
text follows from the models alone. What a request brings is `Given` by name, and the connection's search_path says
which tenant is asked, so one text serves all of them. Rows are read anew every time; nothing of them is kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Lookup, QuerySet
from django.db.models.query import get_related_populators


class Given(Expression):
    """A value that is told when the read is made: `starts_at__gt=Given("now", DateTimeField())`."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class OneOf(Lookup):
    """Whether a column is in a list that is told when the read is made: `OneOf(F("code"), Given("codes", …))`."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, left = self.process_lhs(compiler, connection)
        values, right = compiler.compile(self.rhs)
        return f"{column} = ANY({values})", (*left, *right)


class Read:
    """What `build` returns, read again at each call: tuples for `values_list()`, else instances with their relations.

    `build` runs once. It may depend on models and settings, never on a tenant, a language or the time of day, and
    must not ask the database itself.
    """

    def __init__(self, build: Callable[[], QuerySet[Any]]) -> None:
        self.build = build

    def __call__(self, **given: Any) -> list[Any]:
        """All rows; `given` has a value for each `Given` of the queryset, no more and no fewer."""
        plan = self._plan
        if given.keys() != plan.names:
            raise TypeError(f"This read is told {sorted(plan.names)}, not {sorted(given)}.")
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, [given[p.name] if isinstance(p, Given) else p for p in plan.parameters])
            rows = cursor.fetchall()
        return plan.made_of(rows)

    @cached_property
    def _plan(self) -> "_Plan":
        compiler = self.build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        making = _instances(compiler) if compiler.query.default_cols else None
        return _Plan(sql, parameters, {p.name for p in parameters if isinstance(p, Given)}, converters, making)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A compiled queryset: all that is needed to ask, and to make of rows what the queryset would have made."""

    sql: str
    parameters: tuple[Any, ...]
    names: set[str]
    converters: dict[int, Any]
    making: Callable[[Any], Any] | None

    def made_of(self, rows: list[Any]) -> list[Any]:
        if self.converters:
            rows = [self._converted(row) for row in rows]
        return [self.making(row) for row in rows] if self.making else rows

    def _converted(self, row: Iterable[Any]) -> tuple[Any, ...]:
        values = list(row)
        for at, (functions, expression) in self.converters.items():
            for function in functions:
                values[at] = function(values[at], expression, connection)
        return tuple(values)


def _instances(compiler: Any) -> Callable[[Any], Any]:
    """Makes an instance of a row; the same steps as Django's `ModelIterable`, which keeps none of them."""
    select, info = compiler.select, compiler.klass_info
    columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    names = [column.target.attname for column, _sql, _alias in select[columns]]
    relations = get_related_populators(info, select, DEFAULT_DB_ALIAS)
    annotations = dict(compiler.annotation_col_map or {})

    def make(row: Any) -> Any:
        found = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[columns])
        for relation in relations:
            relation.populate(row, found)
        for name, at in annotations.items():
            setattr(found, name, row[at])
        return found

    return make
