"""Asks PostgreSQL what a schema consists of."""

from dataclasses import dataclass

from django.db import connection

CONTENT_TYPES = "django_content_type"


@dataclass(frozen=True, slots=True)
class Table:
    """A table and those of its columns that hold data of their own."""

    name: str
    columns: tuple[str, ...]


def tables(schema_name: str) -> list[Table]:
    """Every table by name; generated columns are left out, for nobody may write them."""
    rows = _rows(
        """SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           WHERE n.nspname = %s AND c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname""",
        schema_name,
    )
    return [Table(name, tuple(columns)) for name, columns in rows]


def sequences(schema_name: str) -> dict[str, int]:
    """The last value of each sequence that was ever used."""
    return dict(
        _rows(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = %s AND last_value IS NOT NULL",
            schema_name,
        )
    )


def references_outside(schema_name: str) -> list[tuple[str, str, str]]:
    """(table, column, table in public) for each foreign key that leaves the schema."""
    return _rows(
        """SELECT c.relname, a.attname, f.relname
           FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
           WHERE k.contype = 'f' AND n.nspname = %s AND f.relnamespace <> c.relnamespace
           ORDER BY 1, 2""",
        schema_name,
    )


def applied_migrations(schema_name: str) -> set[tuple[str, str]]:
    """(app, name) of each migration recorded in the schema."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT app, name FROM "{schema_name}".django_migrations')
        return set(cursor.fetchall())


def _rows(sql: str, schema_name: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [schema_name])
        return cursor.fetchall()
