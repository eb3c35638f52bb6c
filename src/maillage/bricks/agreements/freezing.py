"""The database itself refuses to change a text once published, its document, or a signature.

Held by triggers, as the guards of tenants are, and put back after every migration: rebuilding a
table, as SQLite does, drops them.
"""

from collections.abc import Iterator
from typing import Final

from django.apps import AppConfig
from django.db import connections

# The model, and when its row can no longer change.
FROZEN: Final = {
    "AgreementVersion": 'OLD."published_at" IS NOT NULL',
    "AgreementDocument": "1 = 1",
    "Signature": "1 = 1",
    "SignedScan": "1 = 1",
}
SQLITE: Final = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, '{label}'); END
"""
POSTGRESQL_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF {when} THEN
    RAISE EXCEPTION '{label}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql
"""
POSTGRESQL_TRIGGER: Final = """
CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def install(sender: AppConfig, using: str, **_kwargs: object) -> None:
    """Put the triggers in place; called after the migrations of the application."""
    with connections[using].cursor() as cursor:
        for model_name, when in FROZEN.items():
            table = sender.get_model(model_name)._meta.db_table  # noqa: SLF001 -- Django's documented API
            for statement in statements(model_name, table, when, connections[using].vendor):
                cursor.execute(statement)


def statements(model_name: str, table: str, when: str, vendor: str) -> Iterator[str]:
    """Yield the SQL that freezes one table, replacing an older trigger of the same name."""
    parts = {
        "name": f"frozen_{table}",
        "table": f'"{table}"',
        "when": when,
        "label": f"{model_name} never changes",
    }
    if vendor == "sqlite":
        yield f"DROP TRIGGER IF EXISTS {parts['name']}"
        yield SQLITE.format(**parts)
    else:
        yield f"DROP TRIGGER IF EXISTS {parts['name']} ON {parts['table']}"
        yield POSTGRESQL_FUNCTION.format(**parts)
        yield POSTGRESQL_TRIGGER.format(**parts)
