"""The demonstration territory: the survey of 460 craft firms of the Loir-et-Cher, made up again.

The figures of the survey are those of the 1999 report on cooperation between small firms: 460
firms, 43 % with regular work peaks, 23 % interested in sharing staff. Communes, trades and
occupations are real; firms, their names and their answers are invented from a seed. Nothing is
chosen with the result in view: what the firms can do together is for the engine to find.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from random import Random

from maillage.demo.names import FirmNamer
from maillage.demo.places import draw_site, metres_apart
from maillage.demo.seasons import Season, season_of, seasonal_half_hours, steady_half_hours
from maillage.demo.trades import Trade, occupation_label, read_trades, related_pairs

WITH_PEAKS = 198  # 43 %
INTERESTED = 106  # 23 %

NEEDS_STATED = (38, 40, 22)  # weights of stating one, two, three needs
SECOND_PEAK_JOB = 0.25  # of the firms that state several needs and whose trade has two busy jobs
PULL_OF_PEAKS = 2.2  # a firm with peaks is that much likelier to be interested
PULL_OF_STAFF = 1.3  # and one that already employs somebody

COMPETITOR_REACH_METRES = 20_000
COMPETITOR_SHARE = 0.5  # of the neighbours of one trade within reach


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the territory; `ape` and `activity` are its official code and label."""

    firm_id: str
    name: str
    trade: str
    ape: str
    activity: str
    commune: str
    insee: str
    postcode: str
    latitude: float
    longitude: float
    staff: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a firm answers to the survey; `peak_months` go from 1 to 12."""

    firm_id: str
    has_peaks: bool
    peak_months: tuple[int, ...]
    interested: bool


@dataclass(frozen=True, slots=True)
class StatedNeed:
    """Help that an interested firm lacks: `half_hours` a week, one number per month."""

    need_id: str
    firm_id: str
    occupation: str  # ROME code
    label: str  # how the register calls that occupation
    half_hours: tuple[int, ...]


@dataclass(frozen=True)
class Territory:
    """The survey: every firm, one answer each, the needs stated, the competitors declared.

    `competitors` holds pairs of ids of interested firms, each pair sorted.
    """

    firms: tuple[Firm, ...]
    answers: tuple[Answer, ...]
    needs: tuple[StatedNeed, ...]
    competitors: frozenset[tuple[str, str]]

    @cached_property
    def related(self) -> frozenset[tuple[str, str]]:
        """Pairs of the occupations wanted that one person can hold, each pair sorted."""
        return related_pairs(need.occupation for need in self.needs)

    @cached_property
    def firm_by_id(self) -> dict[str, Firm]:
        """Each firm under its id."""
        return {firm.firm_id: firm for firm in self.firms}

    def write(self, folder: Path) -> None:
        """Write `firms.csv`, `survey.csv`, `needs.csv` and its companions into `folder`.

        `needs.csv`, `competitors.csv` and `related.csv` are what `maillage pool` reads. The folder
        is created when needed.
        """
        folder.mkdir(parents=True, exist_ok=True)
        _write_csv(folder / "firms.csv", FIRM_COLUMNS, map(_firm_cells, self.firms))
        _write_csv(folder / "survey.csv", ANSWER_COLUMNS, map(self._answer_cells, self.answers))
        _write_csv(folder / "needs.csv", NEED_COLUMNS, map(self._need_cells, self.needs))
        _write_csv(folder / "competitors.csv", ["firm_a", "firm_b"], sorted(self.competitors))
        _write_csv(folder / "related.csv", ["occupation_a", "occupation_b"], sorted(self.related))

    def _answer_cells(self, answer: Answer) -> list[str]:
        return [
            answer.firm_id,
            self.firm_by_id[answer.firm_id].name,
            YES_NO[answer.has_peaks],
            " ".join(map(str, answer.peak_months)),
            YES_NO[answer.interested],
        ]

    def _need_cells(self, need: StatedNeed) -> list[str]:
        firm = self.firm_by_id[need.firm_id]
        hours = [f"{half_hours / 2:g}" for half_hours in need.half_hours]
        who = [need.need_id, firm.firm_id, firm.name, need.occupation, need.label]
        return [*who, *_place_cells(firm), *hours]


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """A firm while its answers are being made up."""

    firm: Firm
    trade: Trade
    season: Season

    @property
    def size(self) -> float:
        """Between 0 for the smallest firm of the trade and 1 for the largest."""
        fewest, most = self.trade.staff
        return (self.firm.staff - fewest) / (most - fewest)


def territory(seed: int = 1) -> Territory:
    """Make the territory up; the same seed gives the same one."""
    # One stream a subject: changing how needs are drawn leaves the firms as they were.
    firms = _firms(Random(f"firms of territory {seed}"))
    answers = _answers(firms, Random(f"answers of territory {seed}"))
    busy = {answer.firm_id for answer in answers if answer.has_peaks}
    willing = {answer.firm_id for answer in answers if answer.interested}
    interested = [surveyed for surveyed in firms if surveyed.firm.firm_id in willing]
    return Territory(
        firms=tuple(surveyed.firm for surveyed in firms),
        answers=tuple(answers),
        needs=tuple(_needs(interested, busy, Random(f"needs of territory {seed}"))),
        competitors=_competitors(interested, Random(f"competitors of territory {seed}")),
    )


# Firms


def _firms(random: Random) -> list[_Surveyed]:
    namer = FirmNamer(random)
    trades = [trade for trade in read_trades() for _ in range(trade.firms)]
    random.shuffle(trades)  # firms come in the order they answered, not trade by trade
    return [_firm(rank, trade, namer, random) for rank, trade in enumerate(trades, start=1)]


def _firm(rank: int, trade: Trade, namer: FirmNamer, random: Random) -> _Surveyed:
    site = draw_site(trade, random)
    fewest, most = trade.staff
    firm = Firm(
        firm_id=f"F{rank:03}",
        name=namer.name(trade),
        trade=trade.name,
        ape=trade.ape,
        activity=trade.activity,
        commune=site.town.name,
        insee=site.town.insee,
        postcode=site.town.postcode,
        latitude=site.latitude,
        longitude=site.longitude,
        # Most craft firms are small: the square leans towards the fewest.
        staff=fewest + int((most - fewest + 1) * random.random() ** 2),
    )
    return _Surveyed(firm, trade, season_of(trade, random))


# Answers


def _answers(firms: Sequence[_Surveyed], random: Random) -> list[Answer]:
    busy = _drawn(WITH_PEAKS, [surveyed.season.contrast for surveyed in firms], random)
    pull = [
        (PULL_OF_PEAKS if rank in busy else 1) * (PULL_OF_STAFF if surveyed.firm.staff > 1 else 1)
        for rank, surveyed in enumerate(firms)
    ]
    willing = _drawn(INTERESTED, pull, random)
    return [
        Answer(
            firm_id=surveyed.firm.firm_id,
            has_peaks=rank in busy,
            peak_months=surveyed.season.peak_months if rank in busy else (),
            interested=rank in willing,
        )
        for rank, surveyed in enumerate(firms)
    ]


def _drawn(count: int, weights: Sequence[float], random: Random) -> set[int]:
    """Draw that many ranks, none twice, each time in proportion to the weights left."""
    # Waiting times at rates equal to the weights come in just that order.
    waits = [random.expovariate(weight) for weight in weights]
    return set(sorted(range(len(weights)), key=waits.__getitem__)[:count])


# Needs


def _needs(interested: Iterable[_Surveyed], busy: set[str], random: Random) -> Iterable[StatedNeed]:
    rank = 0
    for surveyed in interested:
        has_peaks = surveyed.firm.firm_id in busy
        for occupation, half_hours in _needs_of(surveyed, random, has_peaks=has_peaks):
            rank += 1
            yield StatedNeed(
                need_id=f"N{rank:03}",
                firm_id=surveyed.firm.firm_id,
                occupation=occupation,
                label=occupation_label(occupation),
                half_hours=half_hours,
            )


def _needs_of(
    surveyed: _Surveyed, random: Random, *, has_peaks: bool
) -> list[tuple[str, tuple[int, ...]]]:
    """Make up the needs of one firm: help in its season if it has one, then steady help."""
    trade, season, size = surveyed.trade, surveyed.season, surveyed.size
    count = 1 + random.choices(range(len(NEEDS_STATED)), weights=NEEDS_STATED)[0]
    jobs = 0
    if has_peaks:
        several = count > 1 and len(trade.help) > 1
        jobs = 2 if several and random.random() < SECOND_PEAK_JOB else 1
    wanted = [
        (help_.occupation, seasonal_half_hours(help_, season, size, random))
        for help_ in random.sample(trade.help, jobs)
    ]
    taken = {occupation for occupation, _ in wanted}
    others = [role for role in trade.support if role.occupation not in taken]
    roles = random.sample(others, count - jobs)
    return wanted + [
        (role.occupation, steady_half_hours(role, season, size, random)) for role in roles
    ]


# Competitors


def _competitors(interested: Sequence[_Surveyed], random: Random) -> frozenset[tuple[str, str]]:
    """Draw the declared pairs, among the interested firms of one trade that are neighbours."""
    return frozenset(
        (first.firm.firm_id, second.firm.firm_id)
        for first, second in combinations(interested, 2)
        if first.trade is second.trade
        and metres_apart(first.firm, second.firm) <= COMPETITOR_REACH_METRES
        and random.random() < COMPETITOR_SHARE
    )


# Files

YES_NO = {True: "yes", False: "no"}
PLACE_COLUMNS = ["commune", "postcode", "lat", "lon"]
FIRM_COLUMNS = [
    *("firm_id", "firm", "trade", "ape", "activity"),
    *("insee", *PLACE_COLUMNS, "staff"),
]
ANSWER_COLUMNS = ["firm_id", "firm", "has_peaks", "peak_months", "interested"]
NEED_COLUMNS = [
    *("need_id", "firm_id", "firm", "occupation", "occupation_label"),
    *PLACE_COLUMNS,
    *(f"m{month:02}" for month in range(1, 13)),
]


def _firm_cells(firm: Firm) -> list[str]:
    what = [firm.firm_id, firm.name, firm.trade, firm.ape, firm.activity]
    return [*what, firm.insee, *_place_cells(firm), str(firm.staff)]


def _place_cells(firm: Firm) -> list[str]:
    return [firm.commune, firm.postcode, f"{firm.latitude:.5f}", f"{firm.longitude:.5f}"]


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
