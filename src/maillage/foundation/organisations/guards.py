"""The database itself refuses a row that joins two tenants.

A foreign key only says that the other row exists; nothing stops a membership from naming an
organisation of another register. Composite foreign keys would, but SQLite cannot add one and
Django does not write them, so each pair is held by a trigger, on SQLite and PostgreSQL alike.
Triggers are put back after every migration: rebuilding a table, as SQLite does, drops them.

An application lists its pairs as `tenant_guards` in its `apps.py`: the model, and two paths that
must lead to the same row, such as `("Membership", "organisation.register", "network")`.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models

type Guard = tuple[str, str, str]

SQLITE = """
CREATE TRIGGER {name}_{when} BEFORE {event} ON {table}
WHEN {one} IS NOT NULL AND {one} IS NOT {other}
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {label}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF {one} IS NOT NULL AND {one} IS DISTINCT FROM {other} THEN
    RAISE EXCEPTION 'CHECK constraint failed: {label}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def install(sender: AppConfig, using: str, **_kwargs: object) -> None:
    """Put the guards of one application in place; called after its migrations."""
    with connections[using].cursor() as cursor:
        for guard in getattr(sender, "tenant_guards", ()):
            for statement in statements(sender, guard, connections[using].vendor):
                cursor.execute(statement)


def statements(app: AppConfig, guard: Guard, vendor: str) -> Iterator[str]:
    """Yield the SQL that holds one guard, replacing an older one of the same name."""
    model_name, one, other = guard
    model = app.get_model(model_name)
    label = f"{model_name}: {one} is {other}"
    parts = {
        "name": f"same_tenant_{sha256(f'{app.label}.{label}'.encode()).hexdigest()[:16]}",
        "table": f'"{model._meta.db_table}"',  # noqa: SLF001 -- Django's documented API
        "one": _value(model, one),
        "other": _value(model, other),
        "label": label,
    }
    if vendor == "sqlite":
        for when, event in (("insert", "INSERT"), ("update", "UPDATE")):
            yield f"DROP TRIGGER IF EXISTS {parts['name']}_{when}"
            yield SQLITE.format(**parts, when=when, event=event)
    else:
        yield f"DROP TRIGGER IF EXISTS {parts['name']} ON {parts['table']}"
        yield POSTGRESQL_FUNCTION.format(**parts)
        yield POSTGRESQL_TRIGGER.format(**parts)


def _value(model: type[models.Model], path: str) -> str:
    """Return the SQL of what a path leads to, from the row being written."""
    first, *rest = path.split(".")
    field = _foreign_key(model, first)
    value = f'NEW."{field.column}"'
    for name in rest:
        model = field.related_model
        field = _foreign_key(model, name)
        value = f'(SELECT "{field.column}" FROM "{model._meta.db_table}" WHERE "id" = {value})'  # noqa: S608, SLF001 -- names of our own models
    return value


def _foreign_key(model: type[models.Model], name: str) -> models.ForeignKey[Any, Any]:
    field = model._meta.get_field(name)  # noqa: SLF001 -- Django's documented API
    if not isinstance(field, models.ForeignKey):
        raise TypeError(f"{model.__name__}.{name} is not a foreign key.")
    return field


def all_guards() -> list[tuple[AppConfig, Guard]]:
    """Return every guard of the site, with the application that lists it."""
    return [
        (app, guard)
        for app in apps.get_app_configs()
        for guard in getattr(app, "tenant_guards", ())
    ]
