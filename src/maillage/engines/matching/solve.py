"""How the answer is found: the best pairs first, until each need and each offer has its fill.

Nobody is proposed everything: an offer that would suit three hundred needs goes to the few that it
suits best. Whatever the order of the rows, the answer is the same: pairs worth the same go by
their ids.
"""

import numpy as np

from maillage.engines.matching.instance import Instance, Statement
from maillage.engines.matching.result import Result
from maillage.engines.matching.solution import Match, Reason, ReasonKind, Solution
from maillage.engines.matching.weighing import UNKNOWN, Weighed, weigh


def solve(instance: Instance) -> Result:
    """Return which offers go to which needs, with their reasons."""
    weighed = weigh(instance)
    matches = tuple(
        _match(instance, weighed, need, offer) for need, offer in _pairs(instance, weighed)
    )
    return Result(instance, Solution(matches), weighed)


def _pairs(instance: Instance, weighed: Weighed) -> list[tuple[int, int]]:
    """Return rows and columns of the matches, the best first."""
    needs, offers = np.nonzero(weighed.fits)
    by_need, by_offer = _ranks(instance.needs)[needs], _ranks(instance.offers)[offers]
    order = np.lexsort((by_offer, by_need, -weighed.points[needs, offers]))
    offers_left = [instance.offers_per_need] * len(instance.needs)
    needs_left = [instance.needs_per_offer] * len(instance.offers)
    kept = []
    for need, offer in zip(needs[order].tolist(), offers[order].tolist(), strict=True):
        if offers_left[need] and needs_left[offer]:
            offers_left[need] -= 1
            needs_left[offer] -= 1
            kept.append((need, offer))
    return kept


def _ranks(statements: tuple[Statement, ...]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    order = sorted(range(len(statements)), key=lambda row: statements[row].statement_id)
    ranks = np.empty(len(statements), dtype=np.int64)
    ranks[order] = np.arange(len(statements))
    return ranks


def _match(instance: Instance, weighed: Weighed, row: int, column: int) -> Match:
    need, offer = instance.needs[row], instance.offers[column]
    held = {kind: int(table[row, column]) for kind, table in weighed.tables.items()}
    metres = int(weighed.metres[row, column])
    known = None if metres == UNKNOWN else metres
    reasons = tuple(
        _reason(kind, thousandths, need, offer, known)
        for kind, thousandths in held.items()
        if thousandths
    )
    return Match(need.statement_id, offer.statement_id, reasons, known)


def _reason(
    kind: ReasonKind, thousandths: int, need: Statement, offer: Statement, metres: int | None
) -> Reason:
    if kind == ReasonKind.WORDS:
        same_trade = need.occupation and need.occupation == offer.occupation
        common = need.words & offer.words if same_trade else need.all_words & offer.all_words
        return Reason(kind=kind, thousandths=thousandths, words=tuple(sorted(common)))
    if kind == ReasonKind.MONTHS:
        hours = enumerate(zip(need.half_hours, offer.half_hours, strict=True), start=1)
        months = tuple(month for month, (wanted, given) in hours if wanted and given)
        return Reason(kind=kind, thousandths=thousandths, months=months)
    if kind == ReasonKind.NEAR:
        return Reason(kind=kind, thousandths=thousandths, metres=metres)
    return Reason(kind=kind, thousandths=thousandths)
