"""The database itself refuses two contracts of one worker that hold on the same day.

The group is the one employer: a worker has one contract with it at a time. A contract holds from
its first day to the day it ended, else to its last day as agreed. Held by triggers, put back after
every migration, as the guards of tenants are.
"""

from collections.abc import Iterator
from typing import Final

from django.apps import AppConfig
from django.db import connections

NAME: Final = "employment_one_contract"
LABEL: Final = "EmploymentContract: one at a time"
FOREVER: Final = "9999-12-31"
OVERLAP: Final = """
EXISTS (
  SELECT 1 FROM {table} AS other
  WHERE other."worker_id" = NEW."worker_id" AND other."id" <> COALESCE(NEW."id", -1)
  AND other."starts_on" <= COALESCE(NEW."ended_on", NEW."ends_on", {forever})
  AND NEW."starts_on" <= COALESCE(other."ended_on", other."ends_on", {forever})
)
"""
SQLITE: Final = """
CREATE TRIGGER {name}_{when} BEFORE {event} ON {table} WHEN {overlap}
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {label}'); END
"""
POSTGRESQL_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF {overlap} THEN
    RAISE EXCEPTION 'CHECK constraint failed: {label}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql
"""
POSTGRESQL_TRIGGER: Final = """
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def install(sender: AppConfig, using: str, **_kwargs: object) -> None:
    """Put the triggers in place; called after the migrations of the application."""
    table = sender.get_model("EmploymentContract")._meta.db_table  # noqa: SLF001 -- Django's documented API
    with connections[using].cursor() as cursor:
        for statement in statements(table, connections[using].vendor):
            cursor.execute(statement)


def statements(table: str, vendor: str) -> Iterator[str]:
    """Yield the SQL that holds the rule, replacing what an older version of it installed."""
    forever = f"'{FOREVER}'" if vendor == "sqlite" else f"DATE '{FOREVER}'"
    quoted = f'"{table}"'
    overlap = OVERLAP.format(table=quoted, forever=forever)
    parts = {"name": NAME, "table": quoted, "overlap": overlap, "label": LABEL}
    if vendor == "sqlite":
        for when, event in (("insert", "INSERT"), ("update", "UPDATE")):
            yield f"DROP TRIGGER IF EXISTS {NAME}_{when}"
            yield SQLITE.format(**parts, when=when, event=event)
    else:
        yield f"DROP TRIGGER IF EXISTS {NAME} ON {quoted}"
        yield POSTGRESQL_FUNCTION.format(**parts)
        yield POSTGRESQL_TRIGGER.format(**parts)
