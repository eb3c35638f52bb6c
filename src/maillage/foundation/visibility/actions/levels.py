"""How far each part of a record is seen."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import FieldLevels
from maillage.foundation.visibility.refusals import LevelError
from maillage.foundation.visibility.seen import PARTS


@transaction.atomic
def set_levels(
    *, acting: Acting, organisation: Organisation, levels: Mapping[str, Level]
) -> FieldLevels:
    """Change how far some parts of a record are seen; raises LevelError.

    No part may be seen further than the presence of the organisation itself.
    """
    kept, _created = FieldLevels.objects.select_for_update().get_or_create(
        organisation=organisation
    )
    before = {part: getattr(kept, part) for part in PARTS}
    after = before | {part: int(level) for part, level in levels.items()}
    for part in PARTS:
        if after[part] > after["presence"]:
            raise LevelError(
                _(
                    "This line cannot be seen further than the firm itself: widen “name, commune "
                    "and kind” first, or narrow this one."
                ),
                part,
            )
    for part in levels:
        setattr(kept, part, after[part])
    kept.save(update_fields=list(levels))
    record(
        actor_id=acting.person.public_id,
        act="set levels",
        subject_type="Organisation",
        subject_id=organisation.public_id,
        network_id=acting.network.public_id if acting.network else None,
        before=before,
        after=after,
    )
    return kept
