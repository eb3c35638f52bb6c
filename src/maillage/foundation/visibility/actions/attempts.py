"""Looks at what somebody may not know of."""

from uuid import UUID

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def note_refused_look(*, acting: Acting, public_id: UUID, page: str) -> None:
    """Write down, for its owner, that a page of a hidden organisation was asked for and refused.

    Nothing is written for an organisation that the network in use does not list; whoever asked
    gets the same answer either way.
    """
    network = acting.network
    rows = Organisation.objects.filter(public_id=public_id, memberships__network=network)
    if network is not None and rows.exists():
        record_reads(
            reader_id=acting.person.public_id,
            organisation_ids=[public_id],
            fields=[],
            page=page,
            network_id=network.public_id,
            refused=True,
        )
