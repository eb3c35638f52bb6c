"""Where the organisations that a viewer knows of are, by commune."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from maillage.foundation.visibility.directory import Directory


@dataclass(frozen=True, slots=True)
class CommuneCount:
    """A commune, by its INSEE code and its name, and how many organisations are there."""

    insee: str
    name: str
    total: int


def by_commune(directory: Directory) -> list[CommuneCount]:
    """Return the communes of the main sites of a directory, those with the most first. One query.

    Organisations without any site are counted under a commune without code or name.
    """
    rows: Any = directory.rows.order_by()
    counted = (
        rows.values("main__insee", "main__commune")
        .annotate(total=Count("pk"))
        .order_by("-total", "main__commune")
    )
    return [
        CommuneCount(row["main__insee"] or "", row["main__commune"] or "", row["total"])
        for row in counted
    ]
