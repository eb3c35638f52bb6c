"""Where an import stands, in words, and what can be done next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maillage.foundation.jobs.enums import ALIVE
from maillage.foundation.jobs.models import Run
from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.imports.starting import UNDO
from maillage.foundation.organisations.models import OrganisationImport
from maillage.web.imports.wording import LOOKS, beside_number
from maillage.web.ui.formats import number
from maillage.web.ui.parts import Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """An import and the last work done on it: `under_way` while that waits or is in progress.

    `stopped` says that the work ended before its time, `why` what it said then.
    """

    state: str
    under_way: bool
    undoing: bool
    stopped: bool
    why: str

    @property
    def judged(self) -> bool:
        """Whether the fate of every line is known."""
        return self.state != ImportState.READING

    @property
    def doing(self) -> str:
        """What is being done, as a title."""
        if self.undoing:
            return _("The import is being undone")
        if self.state == ImportState.READING:
            return _("The lines are being compared with the directory")
        return _("The lines are being written into the directory")

    @property
    def can_apply(self) -> bool:
        """Whether the lines can be applied for the first time."""
        return not self.under_way and self.state == ImportState.READY

    @property
    def can_resume(self) -> bool:
        """Whether applying stopped half-way and can go on."""
        return not self.under_way and self.state == ImportState.APPLYING

    @property
    def can_undo(self) -> bool:
        """Whether something that was applied can be undone."""
        applied = {ImportState.APPLYING, ImportState.APPLIED}
        return not self.under_way and self.state in applied

    @property
    def can_discard(self) -> bool:
        """Whether the file can be forgotten."""
        return not self.under_way and self.state in {ImportState.READING, ImportState.READY}

    @property
    def lede(self) -> str:
        """One sentence that says where the import stands."""
        if self.under_way:
            return _("You can leave this page: the work goes on without it.")
        return {
            ImportState.READING: _("The lines have not all been read yet."),
            ImportState.READY: _("Nothing is in the directory yet: look at the lines, then apply."),
            ImportState.APPLYING: _("Part of the lines are in the directory, the others not yet."),
            ImportState.APPLIED: _("The lines are in the directory."),
            ImportState.UNDONE: _("The import was undone."),
            ImportState.REFUSED: pgettext("import", "Refused"),
        }[ImportState(self.state)]

    def figures(self, fates: dict[str, int]) -> list[Figure]:
        """Return how many lines have each fate, for those there are."""
        return [
            Figure(number(fates[fate]), beside_number(fate, fates[fate]))
            for fate in LOOKS
            if fates[fate]
        ]


def standing_of(source: OrganisationImport, run: Run | None) -> Standing:
    """Return where an import stands; `run` is the last work done on it."""
    under_way = run is not None and run.state in ALIVE
    undoing = run is not None and run.kind == UNDO
    unfinished = {ImportState.READING, ImportState.APPLYING}
    stopped = run is not None and not under_way and (source.state in unfinished or undoing)
    stopped = stopped and source.state != ImportState.UNDONE
    return Standing(
        state=source.state,
        under_way=under_way,
        undoing=undoing,
        stopped=stopped,
        why=run.error if run is not None and stopped else "",
    )
