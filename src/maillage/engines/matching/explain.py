"""Why a need is left alone: the first of the conditions of a match that no offer passes."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from maillage.engines.matching.instance import Instance
from maillage.engines.matching.solution import Solution
from maillage.engines.matching.weighing import Weighed


class Why(StrEnum):
    """What leaves a need alone; offers that passed the conditions before it remain."""

    NO_OFFER = "no_offer"  # nobody offers anything on its topic
    ANOTHER_THING = "another_thing"  # what is offered there is something else
    OTHER_MONTHS = "other_months"  # it is offered in other months
    TOO_FEW_REASONS = "too_few_reasons"  # only one reason holds besides the topic
    KEPT_APART = "kept_apart"  # by the firm itself, a competitor, or a pair refused
    TAKEN = "taken"  # the offers that fit suit other needs better


@dataclass(frozen=True, slots=True)
class Lone:
    """A need without an offer; `offers` is how many passed every condition before `why`."""

    need_id: str
    why: Why
    offers: int


def explain(instance: Instance, solution: Solution, weighed: Weighed) -> tuple[Lone, ...]:
    """Say why each need that has no match has none, in the order of the instance."""
    matched = {match.need_id for match in solution.matches}
    gates = (
        (Why.NO_OFFER, weighed.alike),
        (Why.ANOTHER_THING, weighed.same_thing),
        (Why.OTHER_MONTHS, ~weighed.months_clash),
        (Why.TOO_FEW_REASONS, weighed.enough),
        (Why.KEPT_APART, ~weighed.apart),
    )
    lone = []
    for row, need in enumerate(instance.needs):
        if need.statement_id in matched:
            continue
        left = np.ones(len(instance.offers), dtype=np.bool_)
        for why, gate in gates:
            before, left = left, left & gate[row]
            if not left.any():
                lone.append(Lone(need.statement_id, why, int(before.sum())))
                break
        else:
            lone.append(Lone(need.statement_id, Why.TAKEN, int(left.sum())))
    return tuple(lone)
