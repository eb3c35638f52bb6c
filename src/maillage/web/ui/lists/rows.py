"""Where the rows of a list come from.

A list never asks for more than it shows: it counts, sorts, takes one slice, and only an export
reads everything. A reader that must hide some rows implements these four methods and nothing of
what it hides can be counted, sorted or found.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, Self

from django.db.models import Model, QuerySet

CHUNK = 1000


class Rows[Row](Protocol):
    """The rows that one person may see, in some order."""

    def count(self) -> int:
        """Return how many rows there are."""

    def sorted(self, key: str, *, descending: bool) -> Self:
        """Return the same rows in the order of a column; an unknown key keeps the order."""

    def slice(self, start: int, stop: int) -> Sequence[Row]:
        """Return the rows from `start` to before `stop`, counted from 0."""

    def all(self) -> Iterable[Row]:
        """Return every row, for an export."""


class QuerySetRows[M: Model]:
    """The rows of a queryset; `sorts` gives, for each column, the fields that order it.

    The primary key is always the last word, so that two pages never show the same row.
    """

    def __init__(
        self, queryset: QuerySet[M], *, sorts: Mapping[str, str | tuple[str, ...]] | None = None
    ) -> None:
        self.queryset = queryset
        self.sorts = {
            key: (fields,) if isinstance(fields, str) else tuple(fields)
            for key, fields in (sorts or {}).items()
        }

    def count(self) -> int:
        """Return how many rows there are."""
        return self.queryset.count()

    def sorted(self, key: str, *, descending: bool) -> "QuerySetRows[M]":
        """Return the same rows in the order of a column."""
        if key not in self.sorts:
            return self
        fields = [_turned(field) if descending else field for field in self.sorts[key]]
        return QuerySetRows(self.queryset.order_by(*fields, "pk"), sorts=self.sorts)

    def slice(self, start: int, stop: int) -> Sequence[M]:
        """Return one page."""
        queryset = self.queryset if self.queryset.ordered else self.queryset.order_by("pk")
        return list(queryset[start:stop])

    def all(self) -> Iterable[M]:
        """Return every row, read from the database by the thousand."""
        queryset = self.queryset if self.queryset.ordered else self.queryset.order_by("pk")
        return queryset.iterator(chunk_size=CHUNK)


class ListRows[Row]:
    """Rows already in memory; `sorts` gives, for each column, what to compare."""

    def __init__(
        self, rows: Iterable[Row], *, sorts: Mapping[str, Callable[[Row], Any]] | None = None
    ) -> None:
        self.rows = tuple(rows)
        self.sorts = dict(sorts or {})

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def sorted(self, key: str, *, descending: bool) -> "ListRows[Row]":
        """Return the same rows in the order of a column; rows without a value come last."""
        if key not in self.sorts:
            return self
        value = self.sorts[key]
        known = [row for row in self.rows if value(row) is not None]
        unknown = [row for row in self.rows if value(row) is None]
        return ListRows([*sorted(known, key=value, reverse=descending), *unknown], sorts=self.sorts)

    def slice(self, start: int, stop: int) -> Sequence[Row]:
        """Return one page."""
        return self.rows[start:stop]

    def all(self) -> Iterable[Row]:
        """Return every row."""
        return self.rows


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
