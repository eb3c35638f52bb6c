"""Rows of the directory whose protected parts are written down when they are looked at."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import Directory
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import FieldLevels
from maillage.foundation.visibility.seen import PARTS, SeenOrganisation


@dataclass(frozen=True)
class WatchedRows:
    """Rows of a list: `shown` are the parts of a record that the list shows on the screen.

    A file holds more than the screen: taking every row away writes down every part it holds.
    """

    directory: Directory
    acting: Acting
    shown: frozenset[str]
    exported: frozenset[str]
    page: str

    def count(self) -> int:
        """Return how many rows there are."""
        return self.directory.count()

    def sorted(self, key: str, *, descending: bool) -> "WatchedRows":
        """Return the same rows in the order of a column."""
        return replace(self, directory=self.directory.sorted(key, descending=descending))

    def slice(self, start: int, stop: int) -> Sequence[SeenOrganisation]:
        """Return one page of rows."""
        rows = self.directory.slice(start, stop)
        note_reads(self.acting, rows, parts=self.shown, page=self.page)
        return rows

    def all(self) -> Iterator[SeenOrganisation]:
        """Return every row, for a file."""
        given = []
        for row in self.directory.all():
            given.append(row)
            yield row
        note_reads(self.acting, given, parts=self.exported, page=f"{self.page}-export")


def note_reads(
    acting: Acting, rows: Iterable[SeenOrganisation], *, parts: Collection[str], page: str
) -> None:
    """Write down that protected parts of others were looked at: one insert per set of parts.

    A part that holds nothing was not looked at.
    """
    looked: dict[tuple[str, ...], list[SeenOrganisation]] = {}
    for row in rows:
        protected = tuple(part for part in row.protected if part in parts and _holds(row, part))
        if protected and not row.own:
            looked.setdefault(protected, []).append(row)
    for protected, seen in looked.items():
        record_reads(
            reader_id=acting.person.public_id,
            organisation_ids=[row.public_id for row in seen],
            fields=protected,
            page=page,
            network_id=acting.network.public_id if acting.network else None,
        )


def note_form(acting: Acting, organisation: Organisation, parts: Collection[str]) -> None:
    """Write down that a form showed protected parts of somebody else's record."""
    if acting.firm is not None and acting.firm.pk == organisation.pk:
        return
    levels = FieldLevels.objects.filter(organisation=organisation).first()
    protected = [
        part for part in sorted(parts) if levels is None or getattr(levels, part) < Level.NETWORK
    ]
    if protected:
        record_reads(
            reader_id=acting.person.public_id,
            organisation_ids=[organisation.public_id],
            fields=protected,
            page="edit",
            network_id=acting.network.public_id if acting.network else None,
        )


def _holds(row: SeenOrganisation, part: str) -> bool:
    """Whether a part holds something; what it holds elsewhere than in the row counts as such."""
    fields = PARTS[part]
    return not fields or any(getattr(row, field) not in {None, ""} for field in fields)
