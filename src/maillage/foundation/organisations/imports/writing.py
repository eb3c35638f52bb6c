"""Writing a batch of rows into the register: a handful of statements, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import now

from maillage.foundation.organisations.drafts import SiteDraft, folded, new_organisation, new_site
from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.imports.judging import (
    LISTING,
    ORGANISATION,
    ROLE,
    SITE,
    Verdict,
)
from maillage.foundation.organisations.imports.known import Known
from maillage.foundation.organisations.imports.trail import IMPORT, Act, write_lines
from maillage.foundation.organisations.models import (
    Organisation,
    OrganisationImport,
    Role,
    Site,
)
from maillage.foundation.organisations.people import new_role

VERSIONED: Final = ("version", "changed_at")


@dataclass
class Writing:
    """What a batch of rows does to the register, gathered row by row, then saved at once."""

    source: OrganisationImport
    known: Known
    actor_id: UUID | None
    made: list[Organisation] = field(default_factory=list)
    listed: list[Organisation] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    changed: dict[int, Organisation] = field(default_factory=dict)
    changed_sites: dict[int, Site] = field(default_factory=dict)
    changed_roles: dict[int, Role] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    lines: list[tuple[Verdict, int]] = field(default_factory=list)

    def add(self, verdict: Verdict, line: int) -> int:
        """Take in what a row does; return the version its record has after it."""
        self.lines.append((verdict, line))
        if ORGANISATION in verdict.makes:
            return self._create(verdict)
        organisation = verdict.organisation
        if organisation is None:
            raise ValueError("A row that changes a record names it.")
        if LISTING in verdict.makes:
            self.listed.append(organisation)
            return organisation.version
        self._put(organisation, verdict.changes.get(ORGANISATION, {}), ORGANISATION)
        organisation.version += 1
        if not organisation._state.adding:  # noqa: SLF001 -- Django's documented API
            self.changed[organisation.pk] = organisation
        if SITE in verdict.makes:
            self._add_site(organisation, verdict)
        elif verdict.site is not None and SITE in verdict.changes:
            self._put(verdict.site, verdict.changes[SITE], SITE)
            self.changed_sites[verdict.site.pk] = verdict.site
        self._change_person(organisation, verdict)
        return organisation.version

    def _create(self, verdict: Verdict) -> int:
        if verdict.draft is None:
            raise ValueError("A row that creates a record says what it holds.")
        organisation = new_organisation(self.source.register, verdict.draft)
        self.made.append(organisation)
        verdict.organisation = organisation
        verdict.site = new_site(organisation, verdict.draft.site or SiteDraft())
        self.sites.append(verdict.site)
        self._change_person(organisation, verdict)
        return organisation.version

    def _add_site(self, organisation: Organisation, verdict: Verdict) -> None:
        draft = verdict.draft.site if verdict.draft is not None else None
        saved = not organisation._state.adding  # noqa: SLF001 -- Django's documented API
        first = saved and not self.known.sites.get(organisation.pk)
        verdict.site = new_site(organisation, draft or SiteDraft(), is_main=first)
        self.sites.append(verdict.site)
        if saved:
            self.known.sites[organisation.pk].append(verdict.site)

    def _change_person(self, organisation: Organisation, verdict: Verdict) -> None:
        if ROLE in verdict.makes and verdict.contact is not None:
            verdict.role = new_role(organisation, verdict.contact)
            self.roles.append(verdict.role)
        elif verdict.role is not None:
            self._put(verdict.role, verdict.changes[ROLE], ROLE)
            self.changed_roles[verdict.role.pk] = verdict.role

    def _put(self, row: Any, changes: dict[str, tuple[Any, Any]], part: str) -> None:
        for name, (_old, new) in changes.items():
            setattr(row, name, new)
        self.names.setdefault(part, set()).update(changes)
        if part == ORGANISATION and "name" in changes:
            row.folded_name = folded(row.name)
            self.names[part].add("folded_name")

    def save(self, door: Door) -> None:
        """Save everything, list what is new in the network, and write the trail."""
        Organisation.objects.bulk_create(self.made)
        Site.objects.bulk_create(self.sites)
        Role.objects.bulk_create(self.roles)
        names = {*self.names.get(ORGANISATION, ()), *VERSIONED}
        save_changed(Organisation, self.changed.values(), names)
        save_changed(Site, self.changed_sites.values(), self.names.get(SITE, ()))
        save_changed(Role, self.changed_roles.values(), self.names.get(ROLE, ()))
        entering = [one.pk for one in (*self.made, *self.listed)]
        if entering:
            door.enter(entering)
        write_lines(
            IMPORT,
            [self._act(verdict, line) for verdict, line in self.lines],
            actor_id=self.actor_id,
            network_id=self.source.network_id,
        )

    def _act(self, verdict: Verdict, line: int) -> Act:
        """What a row did: the values it changed; for a new record, where they come from."""
        organisation = verdict.organisation
        if organisation is None:
            raise ValueError("A row that was applied has its record.")
        values = {
            name if part == ORGANISATION else f"{part}_{name}": pair
            for part, found in verdict.changes.items()
            for name, pair in found.items()
        }
        for part in verdict.makes:
            values[part] = (None, f"{self.source.file_name}, {line}")
        return Act(organisation.public_id, values)


def save_changed(model: Any, rows: Iterable[Any], names: Iterable[str]) -> None:
    """Save some columns of many rows that exist, in one statement."""
    every, columns = list(rows), sorted(names)
    if not every or not columns:
        return
    if "changed_at" in columns:
        moment = now()
        for row in every:
            row.changed_at = moment
    model.objects.bulk_create(
        every, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )
