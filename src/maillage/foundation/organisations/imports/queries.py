"""Reads of imports, for those who may import in the network they were made in."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from maillage.foundation.jobs.enums import ALIVE
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.queries import run_for
from maillage.foundation.organisations.enums import RowFate
from maillage.foundation.organisations.imports.columns import NAMING
from maillage.foundation.organisations.imports.deeds import DONE
from maillage.foundation.organisations.models import ImportRow, OrganisationImport


def imports_of(network_id: UUID) -> QuerySet[OrganisationImport]:
    """Return the imports made in a network, newest first, with their `total` rows and `done`."""
    return OrganisationImport.objects.filter(network_id=network_id).annotate(
        total=Count("rows"), done=Count("rows", filter=Q(rows__fate__in=DONE))
    )


def import_in(network_id: UUID, public_id: UUID) -> OrganisationImport | None:
    """Return an import made in a network, or None: another network's is nobody's business."""
    return OrganisationImport.objects.filter(network_id=network_id, public_id=public_id).first()


def fates_of(source: OrganisationImport) -> dict[str, int]:
    """Return how many rows of an import have each fate, every fate named. One query."""
    rows = ImportRow.objects.filter(source=source).order_by().values("fate")
    found = {row["fate"]: row["total"] for row in rows.annotate(total=Count("pk"))}
    return {fate: found.get(fate, 0) for fate in RowFate.values}


def run_of(source: OrganisationImport) -> Run | None:
    """Return the last piece of background work of an import, if any."""
    known = source.columns.get("run")
    return run_for(UUID(known)) if known else None


def run_alive(source: OrganisationImport) -> Run | None:
    """Return the background work that waits or is in progress for an import, if any."""
    run = run_of(source)
    return run if run is not None and run.state in ALIVE else None


def place_of(source: OrganisationImport, field: str) -> int | None:
    """Return the place of the column that holds a field, or None."""
    fields = source.columns.get("fields", [])
    return fields.index(field) if field in fields else None


def naming_place(source: OrganisationImport) -> int:
    """Return the place of the column that best tells which firm a row is about."""
    places = (place_of(source, field) for field in NAMING)
    return next((place for place in places if place is not None), 0)
