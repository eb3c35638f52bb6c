"""Reading indicators: for the board and the animator, never for a firm or a funder."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from maillage.bricks.indicators.measures import (
    Measure,
    in_words,
    is_past,
    month_of,
    months_before,
)
from maillage.bricks.indicators.models import Alert, MonthValue, Threshold
from maillage.bricks.indicators.registry import INDICATORS, Indicator
from maillage.foundation.networks.models import Network
from maillage.foundation.visibility.aggregates import FEWEST

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator as it stands: its kept values (oldest first), its threshold, its open alert."""

    indicator: Indicator
    months: tuple[MonthValue, ...]
    limit: Decimal
    voted: Threshold | None
    alert: Alert | None

    @property
    def now(self) -> Measure | None:
        """The value of the last month that was kept, None before the first."""
        if not self.months:
            return None
        last = self.months[-1]
        return Measure(last.value, last.part, last.whole, last.missing)

    @property
    def past(self) -> bool:
        """Whether the last value is past the threshold."""
        return self.now is not None and is_past(self.indicator.side, self.now.value, self.limit)

    @property
    def explanation(self) -> str:
        """One sentence: what the value says, and what the members set."""
        return explanation(self.indicator, self.now, self.limit, voted=self.voted is not None)


def explanation(
    indicator: Indicator, measure: Measure | None, limit: Decimal, *, voted: bool
) -> str:
    """Return one sentence: what a value says, and beside what it is read."""
    words = {"limit": in_words(indicator.unit, limit)}
    if measure is None or measure.value is None:
        said = _("Nothing to measure yet")
    else:
        said = indicator.said(measure)
    words["said"] = said
    if voted:
        return _("%(said)s; members set %(limit)s.") % words
    return _("%(said)s; the usual threshold is %(limit)s, members have voted none.") % words


def told_outside(reading: Reading) -> str:
    """Return the explanation for a text that firms and funders read.

    "" when it rests on fewer than five: it would tell of somebody.
    """
    now = reading.now
    return reading.explanation if now is not None and now.whole >= FEWEST else ""


def readings(
    network: Network, modules: Collection[str], day: date, keys: Iterable[str] = ()
) -> list[Reading]:
    """Return the indicators of the modules that are on, from what is kept. Three queries."""
    wanted = set(keys)
    known = [
        one
        for one in INDICATORS.values()
        if one.module in modules and (not wanted or one.key in wanted)
    ]
    since = months_before(month_of(day), MONTHS - 1)
    months: dict[str, list[MonthValue]] = defaultdict(list)
    values = MonthValue.objects.filter(network=network, month__gte=since, month__lte=day)
    for value in values.order_by("month"):
        months[value.key].append(value)
    voted = thresholds_of(network)
    alerts = {one.key: one for one in open_alerts(network)}
    return [
        Reading(
            one,
            tuple(months[one.key]),
            voted[one.key].value if one.key in voted else one.threshold,
            voted.get(one.key),
            alerts.get(one.key),
        )
        for one in known
    ]


def thresholds_of(network: Network) -> Mapping[str, Threshold]:
    """Return the threshold that holds for each indicator on which the members voted."""
    rows = Threshold.objects.filter(network=network).select_related("decision")
    return {one.key: one for one in rows}  # in the order of the votes: the last one stays


def limit_of(network: Network, key: str) -> Decimal:
    """Return the threshold of an indicator: the one voted, else the usual one."""
    last = Threshold.objects.filter(network=network, key=key).last()
    return INDICATORS[key].threshold if last is None else last.value


def open_alerts(network: Network) -> list[Alert]:
    """Return the alerts that have not ended, of the indicators there are."""
    rows = Alert.objects.filter(network=network, cleared_on=None, key__in=list(INDICATORS))
    return list(rows.select_related("decision").order_by("opened_on", "id"))
