"""The question: what firms need, what firms offer, and who may not be brought together.

Hours are counted in half-hours a week for each of the twelve months, as whole numbers; distances in
metres. Words are compared as they are given: whoever makes the instance folds them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.engines.kernel.errors import InstanceError

MONTHS = 12
MAX_HALF_HOURS = 2 * 24 * 7  # half-hours there are in a week
POLE, ANTIMERIDIAN = 90, 180  # degrees
WEAKEST, STRONGEST = 1, 5


def sorted_pairs(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return unordered pairs in the one form an `Instance` takes: each sorted, none twice."""
    return frozenset((min(pair), max(pair)) for pair in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A need or an offer of a firm.

    `occupation` is a code or any label, "" when none is meant; `trade_words` are the words that
    name it, `words` the others. `half_hours` is empty when no hours of work are meant; `place` is
    latitude and longitude, None when unknown; `strength` goes from 1 to 5.
    """

    statement_id: str
    firm_id: str
    topic: str
    strength: int
    occupation: str = ""
    trade_words: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    half_hours: tuple[int, ...] = ()
    place: tuple[float, float] | None = None
    sector: str = ""

    @property
    def all_words(self) -> frozenset[str]:
        """Every word it says."""
        return self.words | self.trade_words


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Needs and offers to match, and the limits of a match.

    `kept_apart` holds pairs of firm ids and `akin` pairs of topics, each pair sorted (see
    `sorted_pairs`); `refused` pairs of a need and an offer. Firms no farther than `near_metres` are
    near; a need is strong from `strong_from`. At most `offers_per_need` offers go to a need, and
    `needs_per_offer` needs to an offer. Raises InstanceError when a value makes no sense.
    """

    needs: tuple[Statement, ...]
    offers: tuple[Statement, ...]
    kept_apart: frozenset[tuple[str, str]] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    akin: frozenset[tuple[str, str]] = frozenset()
    near_metres: int = 30_000
    strong_from: int = 3
    offers_per_need: int = 3
    needs_per_offer: int = 5

    def __post_init__(self) -> None:
        self._check_limits()
        for kind, statements in (("need", self.needs), ("offer", self.offers)):
            seen: set[str] = set()
            for one in statements:
                row = f"{kind} {one.statement_id}"
                if one.statement_id in seen:
                    raise InstanceError(row=row, field="statement_id", message="is given twice")
                seen.add(one.statement_id)
                _check_statement(row, one)

    def _check_limits(self) -> None:
        for field in ("near_metres", "offers_per_need", "needs_per_offer"):
            if getattr(self, field) < 1:
                raise InstanceError(row="limits", field=field, message="must be at least 1")
        for field, pairs in (("kept_apart", self.kept_apart), ("akin", self.akin)):
            for first, second in pairs:
                if first >= second:
                    raise InstanceError(
                        row=f"pair {first}, {second}",
                        field=field,
                        message="give two different names in alphabetical order",
                    )


def _check_statement(row: str, one: Statement) -> None:
    if not WEAKEST <= one.strength <= STRONGEST:
        raise InstanceError(row=row, field="strength", message="goes from 1 to 5")
    if one.half_hours and len(one.half_hours) != MONTHS:
        raise InstanceError(row=row, field="half_hours", message="give 12 months, or nothing")
    if not all(0 <= half_hours <= MAX_HALF_HOURS for half_hours in one.half_hours):
        raise InstanceError(row=row, field="half_hours", message="hours a week go from 0 to 168")
    if one.place is not None:
        latitude, longitude = one.place
        if not (abs(latitude) <= POLE and abs(longitude) <= ANTIMERIDIAN):
            raise InstanceError(row=row, field="place", message="is not a place on Earth")
