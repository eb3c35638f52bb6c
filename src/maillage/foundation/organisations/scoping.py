"""Queries of tenant data outside a tenant raise.

django-scopes does the work; two gaps of it are closed here. Its disabled queryset lets some calls
through (`exists`, `in_bulk`, the asynchronous ones…), and a scope opened with the value None would
filter nothing.
"""

from typing import Any, NoReturn, cast

from django.db import models
from django_scopes import ScopedManager, ScopeError, get_scope
from django_scopes.manager import DisabledQuerySet

# Methods that touch no row, or that every queryset needs to be built and passed around.
HARMLESS = frozenset({"none", "using", "create", "as_manager", "resolve_expression", "as_sql"})

OPERATORS = frozenset({"__aiter__", "__and__", "__or__", "__xor__"})


class OutOfScope(DisabledQuerySet):  # type: ignore[misc]  # django-scopes has no types
    """Stands for the rows of a tenant while no tenant is open: every use raises ScopeError."""


def _refuse(self: OutOfScope, *_args: Any, **_kwargs: Any) -> NoReturn:
    self.error()
    raise AssertionError  # error() has raised


for _name in dir(models.QuerySet):
    _public = not _name.startswith("_") and callable(getattr(models.QuerySet, _name, None))
    if (_public and _name not in HARMLESS) or _name in {
        "__aiter__",
        "__and__",
        "__or__",
        "__xor__",
    }:
        setattr(OutOfScope, _name, _refuse)


def scoped_by(rows: type[models.QuerySet[Any]] | None = None, /, **paths: str) -> Any:
    """Return a manager whose rows are those of the open scope.

    `paths` gives, for each dimension ("register", "network"), the lookup that leads to it; `rows`
    is the queryset to use, the usual one when it is None.
    Outside a scope of these dimensions every query raises ScopeError.
    """
    usual = models.Manager if rows is None else models.Manager.from_queryset(rows)
    base = type(ScopedManager(_manager_class=usual, **paths))

    class TenantManager(base):  # type: ignore[misc,valid-type]  # built by django-scopes
        """Rows of the open tenant."""

        def get_queryset(self) -> models.QuerySet[Any]:
            """Return the rows of the open tenant."""
            scope = getattr(self, "_override_scope", None) or get_scope()
            if scope.get("_enabled", True) and any(
                dimension in scope and scope[dimension] is None for dimension in paths
            ):
                raise ScopeError("A scope was opened on nothing, which would show everything.")
            rows = super().get_queryset()
            if isinstance(rows, DisabledQuerySet):
                return OutOfScope(self.model, using=self._db, missing_scopes=rows.missing_scopes)
            return cast("models.QuerySet[Any]", rows)

    return TenantManager()
