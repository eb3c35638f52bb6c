"""What the stories of imports share: writing a file, receiving it, doing what waits."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from maillage.foundation.jobs.worker import work_off
from maillage.foundation.organisations.imports.queries import fates_of
from maillage.foundation.organisations.imports.reasons import sentence
from maillage.foundation.organisations.imports.receiving import receive_file
from maillage.foundation.organisations.imports.starting import (
    choose_columns,
    start_applying,
    start_undoing,
)
from maillage.foundation.organisations.models import ImportRow, OrganisationImport
from maillage.web.imports.door import NetworkDoor
from tests.cast import Cast

type Table = Sequence[Sequence[str]]


def written(table: Table, delimiter: str = ";") -> str:
    """Return a table as CSV."""
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(table)
    return stream.getvalue()


def received(cast: Cast, content: str | bytes, name: str = "firms.csv") -> OrganisationImport:
    """Alice sends a file; call inside the network."""
    data = content.encode() if isinstance(content, str) else content
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return receive_file(
            register=cast.register,
            network_id=cast.network.public_id,
            path=path,
            actor_id=cast.alice.public_id,
        )


def read(cast: Cast, table: Table) -> OrganisationImport:
    """Alice sends a table and has its lines read."""
    source = received(cast, written(table))
    choose_columns(source=source, fields=source.columns["fields"], actor_id=cast.alice.public_id)
    return worked(source)


def applied(cast: Cast, table: Table) -> OrganisationImport:
    """Alice sends a table, has its lines read and applies them."""
    return apply(cast, read(cast, table))


def apply(cast: Cast, source: OrganisationImport) -> OrganisationImport:
    """Alice applies what was read."""
    start_applying(source=source, actor_id=cast.alice.public_id)
    return worked(source)


def undone(cast: Cast, source: OrganisationImport) -> OrganisationImport:
    """Alice undoes what was applied."""
    start_undoing(source=source, actor_id=cast.alice.public_id)
    return worked(source)


def worked(source: OrganisationImport) -> OrganisationImport:
    """Do what waits in the background and return the import as it is then."""
    work_off()
    source.refresh_from_db()
    return source


def door_of(cast: Cast) -> NetworkDoor:
    """Return the directory of the network."""
    return NetworkDoor(cast.network)


def fates(source: OrganisationImport) -> dict[str, int]:
    """Return how many lines have each fate, for those there are."""
    return {fate: count for fate, count in fates_of(source).items() if count}


def lines(source: OrganisationImport) -> Mapping[int, ImportRow]:
    """Return the lines of an import by their numbers."""
    return {row.line: row for row in ImportRow.objects.filter(source=source)}


def why(source: OrganisationImport, line: int) -> str:
    """Return the reasons of a line in words."""
    return " ".join(sentence(one) for one in lines(source)[line].reasons)
