"""The trail of what an import does: one line for each organisation, written by the batch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import now

from maillage.foundation.audit.models import AuditLine, AuditValue

IMPORT: Final = "import"
UNDO: Final = "undo import"


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to one organisation: [old, new] by field."""

    organisation: UUID
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def write_lines(
    act: str, acts: Iterable[Act], *, actor_id: UUID | None, network_id: UUID | None
) -> None:
    """Write the lines of a batch. Two statements."""
    every, moment = list(acts), now()
    lines = [
        AuditLine(
            at=moment,
            network_id=network_id,
            actor_id=actor_id,
            act=act,
            subject_type="organisation",
            subject_id=one.organisation,
        )
        for one in every
    ]
    AuditLine.objects.bulk_create(lines)
    AuditValue.objects.bulk_create(
        AuditValue(line=line, field=name, before=old, after=new)
        for line, one in zip(lines, every, strict=True)
        for name, (old, new) in sorted(one.values.items())
    )
