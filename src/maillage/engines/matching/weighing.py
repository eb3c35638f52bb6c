"""Every need against every offer at once: how far each reason holds, and what bars a match.

Each table has a row for each need and a column for each offer, in the order of the instance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from maillage.engines.matching.instance import MONTHS, Instance, Statement
from maillage.engines.matching.solution import (
    AKIN,
    EARTH_RADIUS_METRES,
    LEAST_REASONS,
    LEAST_WORDS,
    SUBJECTS,
    WEIGHTS,
    WHOLE,
    ReasonKind,
)

type Whole = NDArray[np.int64]
type Truth = NDArray[np.bool_]

UNKNOWN = -1  # metres, when one of the two places is unknown


@dataclass(frozen=True)
class Weighed:
    """How far each reason holds, in thousandths, and who may not be brought together."""

    tables: Mapping[ReasonKind, Whole]
    metres: Whole
    months_clash: Truth
    apart: Truth

    @cached_property
    def alike(self) -> Truth:
        """Whether topics are the same, or may go together."""
        return self.tables[ReasonKind.TOPIC] > 0

    @cached_property
    def same_thing(self) -> Truth:
        """Whether an occupation or some words say that both are about one thing."""
        first, second = (self.tables[kind] > 0 for kind in SUBJECTS)
        return first | second

    @cached_property
    def enough(self) -> Truth:
        """Whether there are enough reasons besides the topic."""
        held = np.zeros_like(self.metres)
        for kind, table in self.tables.items():
            held += (table > 0) & (kind != ReasonKind.TOPIC)
        enough: Truth = held >= LEAST_REASONS
        return enough

    @cached_property
    def fits(self) -> Truth:
        """Whether the pair is a match, were there no limit to how many each one gets."""
        about = self.alike & self.same_thing & ~self.months_clash
        return about & self.enough & ~self.apart

    @cached_property
    def points(self) -> Whole:
        """What the reasons of each pair count for."""
        total = np.zeros_like(self.metres)
        for kind, table in self.tables.items():
            total += WEIGHTS[kind] * table
        return total


def weigh(instance: Instance) -> Weighed:
    """Weigh every need of an instance against every offer."""
    needs, offers = instance.needs, instance.offers
    occupations = _equal(needs, offers, lambda one: one.occupation)
    metres = _metres(needs, offers)
    near = (metres != UNKNOWN) & (metres <= instance.near_metres)
    months, months_clash = _months(needs, offers)
    strong = np.array([one.strength for one in needs], dtype=np.int64)
    strength = np.where(strong >= instance.strong_from, strong * WHOLE // 5, 0)
    tables = {
        ReasonKind.TOPIC: _topics(instance),
        ReasonKind.OCCUPATION: WHOLE * occupations.astype(np.int64),
        ReasonKind.WORDS: _words(needs, offers, occupations),
        ReasonKind.MONTHS: months,
        ReasonKind.NEAR: np.where(near, WHOLE - AKIN * metres // instance.near_metres, 0),
        ReasonKind.SECTOR: WHOLE * _equal(needs, offers, lambda one: one.sector).astype(np.int64),
        ReasonKind.STRENGTH: np.repeat(strength[:, np.newaxis], len(offers), axis=1),
    }
    return Weighed(tables, metres, months_clash, _apart(instance))


def _equal(
    needs: Sequence[Statement], offers: Sequence[Statement], of: Callable[[Statement], str]
) -> Truth:
    """Return where both say the same thing; what is not said is like nothing."""
    number: dict[str, int] = {"": 0}
    for one in (*needs, *offers):
        number.setdefault(of(one), len(number))
    left = np.array([number[of(one)] for one in needs], dtype=np.int64)[:, np.newaxis]
    right = np.array([number[of(one)] for one in offers], dtype=np.int64)
    equal: Truth = (left == right) & (left > 0)
    return equal


def _topics(instance: Instance) -> Whole:
    """Return how alike topics are: few of them, so each pair of topics is asked once."""
    rows = _rows_of(instance.needs, lambda one: one.topic)
    columns = _rows_of(instance.offers, lambda one: one.topic)
    table = np.zeros((len(instance.needs), len(instance.offers)), dtype=np.int64)
    for wanted, needs in rows.items():
        for given, offers in columns.items():
            if wanted == given:
                table[np.ix_(needs, offers)] = WHOLE
            elif (min(wanted, given), max(wanted, given)) in instance.akin:
                table[np.ix_(needs, offers)] = AKIN
    return table


def _words(needs: Sequence[Statement], offers: Sequence[Statement], same: Truth) -> Whole:
    """Return the share of words in common, of whoever says less.

    Where the occupation is the same, the words that name it are no second reason.
    """
    anywhere = _words_in_common(needs, offers, lambda one: one.all_words)
    besides = _words_in_common(needs, offers, lambda one: one.words)
    return np.where(same, besides, anywhere)


def _words_in_common(
    needs: Sequence[Statement],
    offers: Sequence[Statement],
    of: Callable[[Statement], frozenset[str]],
) -> Whole:
    known = set().union(*map(of, needs)) & set().union(*map(of, offers))
    number = {word: rank for rank, word in enumerate(sorted(known))}
    common = (_said(needs, of, number) @ _said(offers, of, number).T).astype(np.int64)
    left = np.array([len(of(one)) for one in needs], dtype=np.int64)[:, np.newaxis]
    right = np.array([len(of(one)) for one in offers], dtype=np.int64)
    shorter = np.minimum(left, right)
    holds = (common > 0) & (LEAST_WORDS * common >= shorter)
    return np.where(holds, WHOLE * common // np.maximum(shorter, 1), 0)


def _said(
    statements: Sequence[Statement],
    of: Callable[[Statement], frozenset[str]],
    number: Mapping[str, int],
) -> NDArray[np.float32]:
    """Return who says which word, as ones: counts of words stay exact in these numbers."""
    said = np.zeros((len(statements), len(number)), dtype=np.float32)
    for row, one in enumerate(statements):
        said[row, [number[word] for word in of(one) if word in number]] = 1
    return said


def _months(needs: Sequence[Statement], offers: Sequence[Statement]) -> tuple[Whole, Truth]:
    """Return the share of the hours needed that are offered, and where no month is in common."""
    wanted, given = _hours(needs), _hours(offers)
    both = np.zeros((len(needs), len(offers)), dtype=np.int64)
    for month in range(MONTHS):
        both += np.minimum(wanted[:, month, np.newaxis], given[:, month])
    asked = wanted.sum(axis=1)[:, np.newaxis]
    said = (asked > 0) & (given.sum(axis=1) > 0)
    # Rounded up: a single half-hour in common is a reason.
    share = np.where(said, -(-WHOLE * both // np.maximum(asked, 1)), 0)
    return share, said & (both == 0)


def _hours(statements: Sequence[Statement]) -> Whole:
    rows = [one.half_hours or (0,) * MONTHS for one in statements]
    return np.array(rows, dtype=np.int64).reshape(len(statements), MONTHS)


def _metres(needs: Sequence[Statement], offers: Sequence[Statement]) -> Whole:
    """Return distances in whole metres, as `solution.metres_between` counts them."""
    here, there = _radians(needs)[:, np.newaxis], _radians(offers)[np.newaxis]
    half = (there - here) / 2
    chord = (
        np.sin(half[..., 0]) ** 2
        + np.cos(here[..., 0]) * np.cos(there[..., 0]) * np.sin(half[..., 1]) ** 2
    )
    metres = np.rint(2 * EARTH_RADIUS_METRES * np.arcsin(np.minimum(1.0, np.sqrt(chord))))
    whole: Whole = np.nan_to_num(metres, nan=UNKNOWN).astype(np.int64)
    return whole


def _radians(statements: Sequence[Statement]) -> NDArray[np.float64]:
    nowhere = (np.nan, np.nan)
    places = [nowhere if one.place is None else one.place for one in statements]
    return np.radians(np.array(places, dtype=np.float64).reshape(len(statements), 2))


def _apart(instance: Instance) -> Truth:
    """Return who may not be brought together: one firm, two kept apart, a pair refused."""
    rows = _rows_of(instance.needs, lambda one: one.firm_id)
    columns = _rows_of(instance.offers, lambda one: one.firm_id)
    apart = np.zeros((len(instance.needs), len(instance.offers)), dtype=np.bool_)
    for one, other in _both_ways(instance, rows):
        if one in rows and other in columns:
            apart[np.ix_(rows[one], columns[other])] = True
    need_row = {one.statement_id: row for row, one in enumerate(instance.needs)}
    offer_column = {one.statement_id: column for column, one in enumerate(instance.offers)}
    for need_id, offer_id in instance.refused:
        if need_id in need_row and offer_id in offer_column:
            apart[need_row[need_id], offer_column[offer_id]] = True
    return apart


def _both_ways(instance: Instance, firms: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for firm in firms:
        yield firm, firm
    for first, second in instance.kept_apart:
        yield first, second
        yield second, first


def _rows_of(
    statements: Sequence[Statement], of: Callable[[Statement], str]
) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(statements):
        rows[of(one)].append(row)
    return rows
