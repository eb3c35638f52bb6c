"""What every act begins with: who may, about which firm, one at a time."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.models import Approach
from maillage.launch.mobilisation.permissions import can_manage_mobilisation
from maillage.launch.mobilisation.queries import FIRMS

EARLIEST = date(1980, 1, 1)  # before, a year is a slip of the finger


class MobilisationError(Exception):
    """Something that cannot be done about a firm: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def network_of(acting: Acting) -> Network:
    """Return the network of the role in use; raises PermissionDenied to who does not follow it."""
    if acting.network is None or not can_manage_mobilisation(acting):
        raise PermissionDenied
    return acting.network


def held_approach(network: Network, organisation: Organisation) -> Approach:
    """Return where a firm stands, begun if need be; other acts on it wait until this one ends.

    Raises MobilisationError for a firm that is closed, not listed, or an outside body.
    """
    listed = Membership.objects.filter(network=network, organisation=organisation).first()
    if listed is None:
        raise MobilisationError(_("This firm is not in the directory of the network."))
    if organisation.closed_on is not None:
        raise MobilisationError(_("This firm is closed: it is not mobilised any more."))
    if organisation.kind not in FIRMS or organisation.family:
        raise MobilisationError(_("Only firms are mobilised: this is an outside body."))
    Approach.objects.get_or_create(
        network=network, organisation=organisation, defaults={"since": listed.listed_on}
    )
    return (
        Approach.objects.select_for_update(of=("self",))
        .select_related("organisation", "network")
        .get(network=network, organisation=organisation)
    )


def possible_day(day: date | None, *, not_before: date | None = None, field: str = "on") -> date:
    """Return a day that somebody gives, today when none is; raises MobilisationError."""
    if day is None:
        return localdate()
    if day > localdate():
        raise MobilisationError(
            _("This day is still to come: write down what has happened."), field
        )
    if day < EARLIEST:
        raise MobilisationError(_("Check the year of this day."), field)
    if not_before is not None and day < not_before:
        raise MobilisationError(_("Choose the day of what came before, or a later one."), field)
    return day


def tidy(text: str, longest: int) -> str:
    """Return words on one line, no longer than what is kept."""
    return " ".join(text.split())[:longest]
