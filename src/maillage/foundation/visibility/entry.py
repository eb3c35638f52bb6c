"""Organisations enter the directory of a network."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.networks.presets import preset
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import FieldLevels


@transaction.atomic
def list_in_network(*, network: Network, organisation_ids: Iterable[int]) -> int:
    """Put organisations of the register (row numbers) in the directory; return how many are new.

    Each gets the levels that the preset of the network gives by default, unless it already has
    levels of its own. Those that are listed already stay as they are. At most four queries.
    """
    wanted = list(dict.fromkeys(organisation_ids))
    there = set(
        Membership.objects.filter(network=network, organisation__in=wanted).values_list(
            "organisation_id", flat=True
        )
    )
    new = [pk for pk in wanted if pk not in there]
    today = localdate()
    Membership.objects.bulk_create(
        Membership(network=network, organisation_id=pk, listed_on=today) for pk in new
    )
    levels = default_levels(network)
    FieldLevels.objects.bulk_create(
        (FieldLevels(organisation_id=pk, **levels) for pk in new), ignore_conflicts=True
    )
    return len(new)


def default_levels(network: Network) -> dict[str, Level]:
    """Return how far each part of a record is seen by default in a network, from its preset."""
    return {part: Level[name.upper()] for part, name in preset(network.preset).levels.items()}
