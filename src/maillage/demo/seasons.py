"""What one firm lives through the year, and the hours of help it then states."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from maillage.demo.trades import Help, Support, Trade

AUGUST = 8
# Weeks that a firm closes in August, of a trade that does: none to three, with their weights.
WEEKS_CLOSED = (25, 20, 35, 20)
WEEKS_IN_AUGUST = 31 / 7
PEAK_SHARE = 0.8  # of the busiest month, from which a month is a peak too
MOST_PEAK_MONTHS = 5
SHORTEST = 3  # half-hours a week: nobody is asked to come for less
COUNTED_IN_HALF_HOURS = 20  # from 10 hours a week on, people speak of whole hours

type Months = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """The year of one firm, month by month, in percent of its busiest month.

    `august_open` is the share of August when the firm is open: its needs of August shrink to it.
    """

    months: Months
    august_open: float

    @property
    def contrast(self) -> float:
        """How far the ordinary month is below the busiest, between 0 and 1."""
        return 1 - sum(self.months) / len(self.months) / 100

    @property
    def peak_months(self) -> tuple[int, ...]:
        """The months, 1 to 12, that the firm calls its peaks: the busiest five at most."""
        lived = [
            (percent * self.open_in(month), month)
            for month, percent in enumerate(self.months, start=1)
        ]
        enough = PEAK_SHARE * max(lived)[0]
        busiest = sorted(lived, reverse=True)[:MOST_PEAK_MONTHS]
        return tuple(sorted(month for percent, month in busiest if percent >= enough))

    def open_in(self, month: int) -> float:
        """Return the share of a month, 1 to 12, when the firm is open."""
        return self.august_open if month == AUGUST else 1


def season_of(trade: Trade, random: Random) -> Season:
    """Draw the year of one firm: that of its trade, a little early or late, never quite even."""
    shift = max(-0.5, min(0.5, random.gauss(0, 0.2)))  # of a month
    neighbour = -1 if shift > 0 else 1  # a late firm looks like its trade the month before
    moved = [
        (1 - abs(shift)) * trade.season[month] + abs(shift) * trade.season[(month + neighbour) % 12]
        for month in range(12)
    ]
    uneven = [percent * random.uniform(0.92, 1.08) for percent in moved]
    months = tuple(100 * percent / max(uneven) for percent in uneven)
    return Season(months, _august_open(trade, random))


def _august_open(trade: Trade, random: Random) -> float:
    weeks = random.choices(range(len(WEEKS_CLOSED)), weights=WEEKS_CLOSED)[0]
    return 1 - weeks / WEEKS_IN_AUGUST if trade.closes_in_august else 1


def seasonal_half_hours(
    wanted: Help, season: Season, size: float, random: Random
) -> tuple[int, ...]:
    """Return half-hours a week, month by month, of help in the season; `size` is 0 to 1."""
    peak = _between(wanted.hours, size, random)
    return _stated(peak, season.months, season)


def steady_half_hours(
    wanted: Support, season: Season, size: float, random: Random
) -> tuple[int, ...]:
    """Return half-hours a week, month by month, of steady help; `size` is 0 to 1."""
    return _stated(_between(wanted.hours, size, random), wanted.year, season)


def _between(hours: tuple[float, float], size: float, random: Random) -> float:
    """Draw hours a week between bounds, more for a large firm than for a small one."""
    low, high = hours
    return low + (high - low) * (random.random() + size) / 2


def _stated(hours: float, percents: Sequence[float], season: Season) -> tuple[int, ...]:
    return tuple(
        _as_people_say(2 * hours * percent / 100 * season.open_in(month))
        for month, percent in enumerate(percents, start=1)
    )


def _as_people_say(half_hours: float) -> int:
    """Round to half-hours, to whole hours when they are many, to nothing when they are few."""
    if half_hours < SHORTEST:
        return 0
    if half_hours < COUNTED_IN_HALF_HOURS:
        return round(half_hours)
    return 2 * round(half_hours / 2)
