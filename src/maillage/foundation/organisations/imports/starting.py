"""Choosing the columns of an import, and starting what is done with it in the background.

Each act takes the lock of the import first: a double click starts one piece of work, and two
people who apply the same file apply it once.
"""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.models import Run
from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.imports.columns import FIELDS, NAMING
from maillage.foundation.organisations.imports.queries import run_alive
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.models import OrganisationImport

READ: Final = "organisations.read-import"
APPLY: Final = "organisations.apply-import"
UNDO: Final = "organisations.undo-import"


@transaction.atomic
def choose_columns(*, source: OrganisationImport, fields: Sequence[str], actor_id: UUID) -> Run:
    """Say what each column holds ("" for one that is not read), and start judging the rows.

    Possible again until the import is applied. Raises ImportRefusedError.
    """
    locked = _locked(source)
    _refuse_under_way(locked)
    if locked.state not in {ImportState.READING, ImportState.READY}:
        raise ImportRefusedError(_("This import was applied: its columns no longer change."))
    if len(fields) != len(locked.columns["titles"]) or not set(fields) <= {"", *FIELDS}:
        raise ImportRefusedError(_("Choose what each column holds among the choices offered."))
    chosen = [field for field in fields if field]
    twice = next((field for field in chosen if chosen.count(field) > 1), "")
    if twice:
        raise ImportRefusedError(
            _("Two columns hold “%(field)s”: choose one of them.") % {"field": FIELDS[twice]}
        )
    if not set(chosen) & set(NAMING):
        raise ImportRefusedError(
            _(
                "No column tells which firm a line is about: choose the one that holds the name,"
                " the SIRET number or the SIREN number."
            )
        )
    locked.columns["fields"] = list(fields)
    locked.state = ImportState.READING
    return _start(READ, locked, actor_id, lambda: _("Reading of %(file)s"))


@transaction.atomic
def read_again(*, source: OrganisationImport, actor_id: UUID) -> Run:
    """Judge the rows with the columns chosen before, when that was interrupted."""
    locked = _locked(source)
    if (run := run_alive(locked)) is not None:
        return run
    return choose_columns(source=locked, fields=locked.columns["fields"], actor_id=actor_id)


@transaction.atomic
def start_applying(*, source: OrganisationImport, actor_id: UUID) -> Run:
    """Start applying the rows, or go on where it stopped; returns the work that is under way.

    Raises ImportRefusedError when the import was applied or undone, or is still being read.
    """
    locked = _locked(source)
    run = run_alive(locked)
    if locked.state == ImportState.APPLYING and run is not None and run.kind == APPLY:
        return run
    _refuse_under_way(locked)
    if locked.state not in {ImportState.READY, ImportState.APPLYING}:
        raise ImportRefusedError(_not_ready(locked))
    if locked.state == ImportState.READY:
        _trail("apply", locked, actor_id)
    locked.state = ImportState.APPLYING
    return _start(APPLY, locked, actor_id, lambda: _("Import of %(file)s"))


@transaction.atomic
def start_undoing(*, source: OrganisationImport, actor_id: UUID) -> Run:
    """Start undoing what was applied; returns the work that is under way.

    Raises ImportRefusedError when there is nothing to undo.
    """
    locked = _locked(source)
    run = run_alive(locked)
    if run is not None and run.kind == UNDO:
        return run
    _refuse_under_way(locked)
    if locked.state not in {ImportState.APPLYING, ImportState.APPLIED}:
        raise ImportRefusedError(_("There is nothing to undo: this import was not applied."))
    _trail("undo", locked, actor_id)
    return _start(UNDO, locked, actor_id, lambda: _("Undoing of the import of %(file)s"))


@transaction.atomic
def discard(*, source: OrganisationImport, actor_id: UUID) -> None:
    """Forget a file that was not applied, with all of its rows."""
    locked = _locked(source)
    _refuse_under_way(locked)
    if locked.state not in {ImportState.READING, ImportState.READY, ImportState.REFUSED}:
        raise ImportRefusedError(_("This import was applied: undo it instead."))
    _trail("discard", locked, actor_id)
    locked.delete()


def _locked(source: OrganisationImport) -> OrganisationImport:
    found = OrganisationImport.objects.select_for_update().filter(pk=source.pk).first()
    if found is None:
        raise ImportRefusedError(_("This import is no longer there: somebody discarded it."))
    return found


def _refuse_under_way(source: OrganisationImport) -> None:
    if run_alive(source) is not None:
        raise ImportRefusedError(
            _("Work is under way on this import: wait for its end, or stop it first.")
        )


def _not_ready(source: OrganisationImport) -> str:
    if source.state == ImportState.APPLIED:
        return _("This import is applied already: nothing was done twice.")
    if source.state == ImportState.UNDONE:
        return _("This import was undone. To apply it after all, import the file again.")
    return _("The rows of this file have not all been read yet.")


def _start(kind: str, source: OrganisationImport, actor_id: UUID, title: Callable[[], str]) -> Run:
    run = start_run(
        kind=kind,
        owner_id=actor_id,
        network_id=source.network_id,
        title=lambda: title() % {"file": source.file_name},
        arguments={"import_id": str(source.public_id)},
    )
    source.columns["run"] = str(run.public_id)
    source.save(update_fields=["state", "columns"])
    return run


def _trail(act: str, source: OrganisationImport, actor_id: UUID) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="OrganisationImport",
        subject_id=source.public_id,
        network_id=source.network_id,
        after={"file": source.file_name},
    )
