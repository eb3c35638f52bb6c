"""One line of the audit trail for each act on a worker, and who may act."""

from django.core.exceptions import PermissionDenied
from django.db import models

from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.employment.permissions import can_manage_staff


def staff_network(acting: Acting) -> Network:
    """Return the group somebody keeps the workers of; PermissionDenied for anybody else."""
    if acting.network is None or not can_manage_staff(acting):
        raise PermissionDenied
    return acting.network


def note(
    acting: Acting,
    act: str,
    subject: models.Model,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Write one line about a subject that has a public id; pay and addresses are never in it."""
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type=type(subject).__name__,
        subject_id=subject.public_id,  # type: ignore[attr-defined]  # every subject has one
        network_id=acting.network.public_id if acting.network is not None else None,
        before=before,
        after=after,
    )
