"""What the charter does in the background."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import scope

from maillage.bricks.agreements.refusals import AgreementError
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import Outcome, background
from maillage.foundation.networks.models import Network
from maillage.launch.charter.sending import SEND, write_round


@background(
    SEND,
    title=_("Links to sign the charter"),
    refusals=(AgreementError,),
    again=True,
    kept=_("The firms already written to are not written to again: start once more for the rest."),
)
def send(run: RunHandle) -> Outcome:
    """Write to the members that have yet to sign the charter."""
    network = Network.objects.select_related("register").get(public_id=str(run.network_id))
    with scope(network=network, register=network.register):
        sent = write_round(network=network, owner_id=UUID(str(run.owner_id)), run=run)
    return Outcome(
        summary=lambda: (
            ngettext(
                "%(count)s firm was written to.", "%(count)s firms were written to.", sent.written
            )
            % {"count": sent.written}
        ),
        data={"network": network.slug, "left": sent.left},
    )
