"""What the acts on the register share: the trail they leave and the version they raise."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now

from maillage.foundation.audit.actions import record
from maillage.foundation.organisations.models import Organisation

type Values = Mapping[str, object]


def write_line(
    act: str,
    subject_type: str,
    subject_id: UUID,
    *,
    actor_id: UUID | None,
    network_id: UUID | None,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Write the line of an act; days become text, as JSON wants."""
    record(
        actor_id=actor_id,
        act=act,
        subject_type=subject_type,
        subject_id=subject_id,
        network_id=network_id,
        before=_as_json(before),
        after=_as_json(after),
    )


def _as_json(values: Values | None) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in (values or {}).items()
    }


def raise_version(organisation: Organisation) -> None:
    """Tell that something of an organisation changed: whoever read it before must look again."""
    Organisation.objects.filter(pk=organisation.pk).update(
        version=F("version") + 1, changed_at=now()
    )


def claim_version(organisation: Organisation, version: int | None) -> bool:
    """Raise the version if it is still the one that was read; None claims whatever it is."""
    rows = Organisation.objects.filter(pk=organisation.pk)
    if version is not None:
        rows = rows.filter(version=version)
    return bool(rows.update(version=F("version") + 1, changed_at=now()))
