"""What every page of a network needs to know, read in one query."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, StringAgg, Subquery, Value
from django.db.models.functions import Coalesce
from django_scopes import scopes_disabled

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network, NetworkModule
from maillage.foundation.notify.notifications import unread_for
from maillage.foundation.visibility.models import Pledge, PledgeSignature
from maillage.foundation.visibility.readers import reader_with
from maillage.web.ui.acting import NetworkRequest


@dataclass(frozen=True, slots=True)
class Frame:
    """Modules that are on, notifications unread, and whether a pledge waits for a signature."""

    modules: frozenset[str]
    unread: int
    pledge_due: bool


def frame_of(acting: Acting) -> Frame:
    """Return what surrounds the pages of the network in use. One query.

    Pages outside a network have one too, of the role in use: what is read names that network, so
    no scope needs to be open.
    """
    with scopes_disabled():
        return _frame(acting)


def modules_on(request: NetworkRequest) -> frozenset[str]:
    """Return the modules of the network that are on."""
    frame: Frame = getattr(request, "frame", None) or frame_of(request.acting)
    return frame.modules


def _frame(acting: Acting) -> Frame:
    network = acting.network
    unread = unread_for(reader_with(acting.person, acting.roles))
    if network is None:
        return Frame(frozenset(), unread.count(), pledge_due=False)
    latest = Pledge.objects.filter(network=OuterRef("pk")).order_by("-version").values("pk")[:1]
    signed = PledgeSignature.objects.filter(pledge=OuterRef("latest"), person=acting.person)
    keys = NetworkModule.objects.filter(network=OuterRef("pk")).order_by().values("network")
    here = unread.order_by().values("person").annotate(total=Count("pk")).values("total")
    row = (
        Network.objects.filter(pk=network.pk)
        .annotate(latest=Subquery(latest))
        .annotate(
            signed=Exists(signed),
            keys=Subquery(keys.annotate(keys=StringAgg("key", Value(","))).values("keys")),
            unread=Coalesce(Subquery(here), 0),
        )
        .values("latest", "signed", "keys", "unread")
        .get()
    )
    return Frame(
        modules=frozenset((row["keys"] or "").split(",")) - {""},
        unread=row["unread"],
        pledge_due=row["latest"] is not None and not row["signed"],
    )
