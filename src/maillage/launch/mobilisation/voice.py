"""Which share of the firms was heard, on which day: spoken with, met, or quoted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Min, QuerySet
from django.utils.timezone import localdate, localtime

from maillage.foundation.networks.models import Network
from maillage.foundation.notify.models import Contact
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.mobilisation.models import Motive, Obstacle
from maillage.launch.mobilisation.progress import Journey
from maillage.launch.mobilisation.queries import IN_PERSON

QUARTERS: Final = 5


@dataclass(frozen=True, slots=True)
class Voice:
    """On a day: how many firms were listed, and how many of them had been heard."""

    day: date
    heard: int
    listed: int

    @property
    def share(self) -> float | None:
        """The share of voice, None while nobody was listed."""
        return self.heard / self.listed if self.listed else None


def voice_of(
    network: Network, journeys: Sequence[Journey], today: date | None = None
) -> list[Voice]:
    """Return the share of firms heard at the end of the last quarters and today. Three queries."""
    first: dict[int, date] = {}
    for firm, day in _first_days(network, journeys):
        first[firm] = min(day, first.get(firm, day))
    known = [(one.listed_on, first.get(one.firm, date.max)) for one in journeys]
    return [
        Voice(
            day,
            sum(heard_on <= day for _listed_on, heard_on in known),
            sum(min(listed_on, heard_on) <= day for listed_on, heard_on in known),
        )
        for day in quarter_ends(today or localdate())
    ]


def _first_days(network: Network, journeys: Sequence[Journey]) -> Iterable[tuple[int, date]]:
    """Yield the days on which firms were first met, spoken with and quoted."""
    for journey in journeys:
        yield from ((journey.firm, day) for stage, day in journey.passages if stage == Stage.MET)
    numbers = {journey.public_id: journey.firm for journey in journeys}
    spoken = (
        Contact.objects.filter(network_id=network.public_id, channel__in=IN_PERSON)
        .order_by()
        .values_list("organisation_id")
        .annotate(first=Min("at"))
    )
    yield from ((numbers[firm], localtime(at).date()) for firm, at in spoken if firm in numbers)
    quoted: Sequence[QuerySet[Any]] = (Obstacle.objects.all(), Motive.objects.all())
    for rows in quoted:
        yield from (
            rows.filter(approach__network=network)
            .exclude(words="")
            .order_by()
            .values_list("approach__organisation_id")
            .annotate(first=Min("noted_on"))
        )


def quarter_ends(today: date) -> list[date]:
    """Return the last days of the quarters before today, and today, in order of time."""
    ends = [today]
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    while len(ends) < QUARTERS:
        ends.append(first - timedelta(days=1))
        before = ends[-1]
        first = date(before.year, before.month - 2, 1)
    return ends[::-1]
