"""Undoing an import: what nobody has touched since goes back to what it was, the rest is kept.

An organisation is undone as a whole, with every row of the import that speaks of it, in short
transactions: whatever interrupts the work, undoing again goes on from there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.organisations.drafts import folded
from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.imports.deeds import DONE
from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.imports.judging import LISTING, ORGANISATION, ROLE, SITE
from maillage.foundation.organisations.imports.keeping import why_kept
from maillage.foundation.organisations.imports.reading import save_rows
from maillage.foundation.organisations.imports.reasons import reason
from maillage.foundation.organisations.imports.trail import UNDO, Act, write_lines
from maillage.foundation.organisations.imports.writing import VERSIONED, save_changed
from maillage.foundation.organisations.models import (
    ImportRow,
    Organisation,
    OrganisationImport,
    Register,
    Role,
    Site,
)

BATCH: Final = 200  # organisations


def undo_rows(*, source: OrganisationImport, door: Door, run: RunHandle) -> None:
    """Undo the rows that were applied, or keep them with the reason; the import is then undone."""
    applied = ImportRow.objects.filter(source=source, fate__in=DONE)
    total = applied.count()
    with transaction.atomic():
        run.hold()
        applied.filter(organisation=None).update(fate=RowFate.UNDONE, reasons=[reason("gone")])
    while left := applied.count():
        run.progress(total - left, total, lambda: _("Taking the lines back."))
        with transaction.atomic():
            run.hold()
            OrganisationImport.objects.select_for_update().get(pk=source.pk)
            Register.objects.select_for_update().get(pk=source.register_id)
            _undo_batch(source, door, run.owner_id)
    with transaction.atomic():
        run.hold()
        OrganisationImport.objects.filter(pk=source.pk).exclude(state=ImportState.UNDONE).update(
            state=ImportState.UNDONE, undone_at=now()
        )
    run.progress(total, total)


def _undo_batch(source: OrganisationImport, door: Door, actor_id: UUID | None) -> None:
    applied = ImportRow.objects.filter(source=source, fate__in=DONE)
    named = applied.order_by("organisation").values_list("organisation", flat=True).distinct()
    rows = list(applied.filter(organisation__in=list(named[:BATCH])).order_by("line"))
    groups: dict[int, list[ImportRow]] = defaultdict(list)
    for row in rows:
        groups[row.organisation_id or 0].append(row)
    found = Organisation.objects.select_for_update().filter(pk__in=groups)
    records = {one.pk: one for one in found}
    kept = why_kept(records, groups, door)
    undoing = Undoing(records, {pk: rows for pk, rows in groups.items() if pk not in kept})
    for pk, group in groups.items():
        for row in group:
            row.fate = RowFate.KEPT if pk in kept else RowFate.UNDONE
            row.reasons = [kept[pk]] if pk in kept else []
    undoing.save(door)
    gone = undoing.removed
    for row in rows:
        if row.organisation_id in gone:
            row.organisation = None
    save_rows(rows)
    write_lines(UNDO, undoing.acts, actor_id=actor_id, network_id=source.network_id)


@dataclass
class Undoing:
    """What is taken back from the register for a batch of organisations, then saved at once."""

    records: Mapping[int, Organisation]
    groups: Mapping[int, Sequence[ImportRow]]
    removed: set[int] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)
    changed: dict[int, Organisation] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def save(self, door: Door) -> None:
        """Take everything back. A handful of statements, whatever the number of rows."""
        for pk, rows in self.groups.items():
            made = {one for row in rows for one in (row.before or {})["makes"]}
            if ORGANISATION in made:
                self.removed.add(pk)
                self.acts.append(Act(self.records[pk].public_id))
            elif LISTING in made:
                self.leaving.add(pk)
                self.acts.append(Act(self.records[pk].public_id))
        self._restore(
            {
                pk: rows
                for pk, group in self.groups.items()
                if pk not in self.removed and (rows := [row for row in group if not _lists(row)])
            }
        )
        Organisation.objects.filter(pk__in=self.removed).delete()
        if self.leaving:
            door.leave(self.leaving)

    def _restore(self, groups: Mapping[int, Sequence[ImportRow]]) -> None:
        rows = [row for group in groups.values() for row in group]
        sites = _parts(Site, rows, SITE)
        roles = _parts(Role, rows, ROLE)
        made: dict[str, set[int]] = {SITE: set(), ROLE: set()}
        for pk, group in groups.items():
            record = self.records[pk]
            values: dict[str, tuple[Any, Any]] = {}
            for row in reversed(group):
                deed = row.before or {}
                for part in (SITE, ROLE):
                    if part in deed["makes"]:
                        made[part].add(deed[part])
                parts = {
                    ORGANISATION: record,
                    SITE: sites.get(deed.get(SITE, 0)),
                    ROLE: roles.get(deed.get(ROLE, 0)),
                }
                values |= self._put_back(parts, deed["changes"])
            record.version += 1
            self.changed[pk] = record
            self.acts.append(Act(record.public_id, values))
        columns = {*self.names[ORGANISATION], *VERSIONED}
        save_changed(Organisation, self.changed.values(), columns)
        save_changed(Site, sites.values(), self.names[SITE])
        save_changed(Role, roles.values(), self.names[ROLE])
        Site.objects.filter(pk__in=made[SITE]).delete()
        Role.objects.filter(pk__in=made[ROLE]).delete()

    def _put_back(
        self, parts: Mapping[str, Any], changes: Mapping[str, Mapping[str, Sequence[Any]]]
    ) -> dict[str, tuple[Any, Any]]:
        """Give the fields of the record their old values; return them as the trail wants."""
        values: dict[str, tuple[Any, Any]] = {}
        for part, found in changes.items():
            row = parts[part]
            for name, (old, new) in found.items() if row is not None else ():
                setattr(row, name, old)
                self.names[part].add(name)
                values[name if part == ORGANISATION else f"{part}_{name}"] = (new, old)
                if (part, name) == (ORGANISATION, "name"):
                    row.folded_name = folded(old)
                    self.names[part].add("folded_name")
        return values


def _lists(row: ImportRow) -> bool:
    return LISTING in (row.before or {})["makes"]


def _parts(model: Any, rows: Iterable[ImportRow], part: str) -> dict[int, Any]:
    ids: Collection[int] = {(row.before or {}).get(part, 0) for row in rows}
    return {one.pk: one for one in model.objects.filter(pk__in=ids)}
