"""What imports do in the background."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome, background, result_page
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.enums import RowFate
from maillage.foundation.organisations.imports.applying import apply_rows
from maillage.foundation.organisations.imports.queries import fates_of, import_in
from maillage.foundation.organisations.imports.reading import read_rows
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.imports.starting import APPLY, READ, UNDO
from maillage.foundation.organisations.imports.undoing import undo_rows
from maillage.web.imports.door import NetworkDoor
from maillage.web.imports.wording import counted

type Work = Callable[..., None]


@background(
    READ,
    title=_("Reading of a file of firms"),
    refusals=(ImportRefusedError,),
    again=True,
    kept=_("The file is kept and the directory is as it was: start reading again."),
)
def read_import(run: RunHandle, *, import_id: str) -> Outcome:
    """Judge the rows of a file."""
    return _done(run, import_id, read_rows, (RowFate.CREATE, RowFate.CHANGE, RowFate.REFUSED))


@background(
    APPLY,
    title=_("Import of firms"),
    refusals=(ImportRefusedError,),
    again=True,
    kept=_("The lines already applied are kept: go on from there, or undo them."),
)
def apply_import(run: RunHandle, *, import_id: str) -> Outcome:
    """Apply the rows of a file."""
    return _done(run, import_id, apply_rows, (RowFate.CREATED, RowFate.CHANGED, RowFate.REFUSED))


@background(
    UNDO,
    title=_("Undoing of an import of firms"),
    refusals=(ImportRefusedError,),
    again=True,
    kept=_("The lines already undone stay so: undo again to go on from there."),
)
def undo_import(run: RunHandle, *, import_id: str) -> Outcome:
    """Undo the rows of a file."""
    return _done(run, import_id, undo_rows, (RowFate.UNDONE, RowFate.KEPT))


def _done(run: RunHandle, import_id: str, work: Work, told: tuple[RowFate, ...]) -> Outcome:
    """Do the work inside the network of the run, and say how many rows have each fate."""
    network = Network.objects.select_related("register").get(public_id=str(run.network_id))
    with scope(network=network, register=network.register):
        source = import_in(network.public_id, UUID(import_id))
        if source is None:
            raise ImportRefusedError(_("This import is no longer there: somebody discarded it."))
        work(source=source, door=NetworkDoor(network), run=run)
        fates = fates_of(source)
    return Outcome(
        summary=lambda: " ".join(counted(fate, fates[fate]) for fate in told),
        data={"import": import_id, "network": network.slug},
    )


def _page(run: Run) -> str:
    """Return the address of the import a run worked on."""
    network = Network.objects.filter(public_id=str(run.network_id)).first()
    if network is None:
        return ""
    return reverse("imports:page", args=[network.slug, run.arguments["import_id"]])


for _kind in (READ, APPLY, UNDO):
    result_page(_kind)(_page)
