"""Writing the trail."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from maillage.foundation.audit.models import AuditLine, AuditValue, ReadLine

type Values = Mapping[str, object]


@transaction.atomic
def record(
    *,
    actor_id: UUID | None,
    act: str,
    subject_type: str,
    subject_id: UUID,
    network_id: UUID | None = None,
    before: Values | None = None,
    after: Values | None = None,
) -> AuditLine:
    """Write one line for one business act, with the values that changed.

    `act` is a verb in the present ("close", "move"), `subject_type` the name of a model. Values
    must be JSON; those that are equal before and after are left out.
    """
    line = AuditLine(
        at=now(),
        network_id=network_id,
        actor_id=actor_id,
        act=act,
        subject_type=subject_type,
        subject_id=subject_id,
    )
    line.save()
    old, new = before or {}, after or {}
    AuditValue.objects.bulk_create(
        AuditValue(line=line, field=field, before=old.get(field), after=new.get(field))
        for field in sorted({*old, *new})
        if old.get(field) != new.get(field)
    )
    return line


def record_reads(
    *,
    reader_id: UUID | None,
    organisation_ids: Iterable[UUID],
    fields: Sequence[str],
    page: str,
    network_id: UUID | None = None,
    refused: bool = False,
) -> None:
    """Write, in one insert, that a person looked at protected `fields` of some organisations."""
    moment = now()
    ReadLine.objects.bulk_create(
        ReadLine(
            at=moment,
            network_id=network_id,
            reader_id=reader_id,
            organisation_id=organisation,
            fields=list(fields),
            page=page,
            refused=refused,
        )
        for organisation in organisation_ids
    )
