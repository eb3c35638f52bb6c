"""What an organisation can do on a screen, and where it serves."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.organisations.actions.trail import raise_version, write_line
from maillage.foundation.organisations.drafts import values_of
from maillage.foundation.organisations.enums import Connection, Equipment
from maillage.foundation.organisations.errors import OrganisationError
from maillage.foundation.organisations.models import (
    Coverage,
    DigitalReadiness,
    Organisation,
    Territory,
)
from maillage.foundation.organisations.queries import READINESS

MOST_TRAINED = 10_000


@transaction.atomic
def note_readiness(
    *,
    organisation: Organisation,
    equipment: str,
    connection: str,
    trained_people: int,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> DigitalReadiness:
    """Note what an organisation has and can do on a screen today."""
    if equipment not in Equipment.values or connection not in Connection.values:
        raise OrganisationError(_("Choose the equipment and the connection."))
    if not 0 <= trained_people <= MOST_TRAINED:
        raise OrganisationError(_("The number of people at ease is not a possible one."))
    noted = DigitalReadiness.objects.filter(organisation=organisation).first()
    before = values_of(noted, READINESS) if noted is not None else None
    noted = noted or DigitalReadiness(organisation=organisation)
    noted.equipment, noted.connection = equipment, connection
    noted.trained_people, noted.noted_on = trained_people, localdate()
    raise_version(organisation)
    noted.save()
    write_line(
        "note-readiness",
        "organisation",
        organisation.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before=before,
        after=values_of(noted, READINESS),
    )
    return noted


@transaction.atomic
def set_coverage(
    *,
    organisation: Organisation,
    territories: Iterable[Territory],
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> None:
    """Say which territories an organisation serves: these, and no other."""
    wanted = {territory.pk: territory.name for territory in territories}
    rows = Coverage.objects.filter(organisation=organisation).select_related("territory")
    there = {row.territory_id: row.territory.name for row in rows}
    if wanted.keys() == there.keys():
        return
    raise_version(organisation)
    Coverage.objects.filter(
        organisation=organisation, territory__in=there.keys() - wanted.keys()
    ).delete()
    Coverage.objects.bulk_create(
        Coverage(organisation=organisation, territory_id=pk)
        for pk in sorted(wanted.keys() - there.keys())
    )
    write_line(
        "set-coverage",
        "organisation",
        organisation.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before={"coverage": sorted(there.values())},
        after={"coverage": sorted(wanted.values())},
    )
