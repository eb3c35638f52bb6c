"""What can be done about a change: options, each with what it changes, costs and asks of whom."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import Assignment
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.repairing.desk import Charge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.repairing.chains import Move, Way
    from maillage.engines.rostering.repairing.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Taking:
    """A worker takes a slot, which `left_by` leaves for it ("" when nobody had it).

    `knows_firm`: the worker has worked there, before or in this plan. `travel_minutes` are from
    home to the slot. `urgent_calls` counts those of the worker so far, past and planned.
    """

    worker_id: str
    need_id: str
    left_by: str
    knows_firm: bool
    travel_minutes: int
    urgent_calls: int


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to mend a plan; it breaks no rule that the plan did not break already.

    `removed` are assignments that end, `added` those that begin. `touched` of the other
    assignments pass to somebody else; `told` are the workers to be told, the absent one left
    out. `left` slots stay without the person they lack. `charges` say what it costs, by rule,
    above the plan as it was; `points` is their sum.
    """

    takings: tuple[Taking, ...]
    left: tuple[str, ...]
    removed: frozenset[Assignment]
    added: frozenset[Assignment]
    touched: int
    told: tuple[str, ...]
    charges: tuple[Charge, ...]

    @property
    def points(self) -> Fraction:
        """What it costs in all."""
        return sum((charge.points for charge in self.charges), Fraction(0))

    def by_priority(self, levels: int) -> tuple[Fraction, ...]:
        """Points of each priority, the most important first."""
        found = [Fraction(0)] * levels
        for charge in self.charges:
            found[charge.priority] += charge.points
        return tuple(found)

    def applied_to(self, plan: Plan) -> Plan:
        """Return the plan as this option makes it."""
        return Plan(plan.assignments - self.removed | self.added)


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The answer to a change.

    `instance` is the question as the change makes it: check a mended plan against it. `holes`
    are the slots that lack somebody, once for each person; `kept` are fixed assignments, or past
    ones, that the absence meets and that nobody may take away. `options` come best first; the
    last one leaves everything undone.
    """

    instance: Instance
    holes: tuple[str, ...]
    kept: tuple[Assignment, ...]
    options: tuple[Option, ...]


def option_of(
    desk: Desk, way: Way, vacated: frozenset[Assignment], left: tuple[Need, ...]
) -> Option:
    """Put a way to fill holes into an option."""
    passed = {Assignment(move.left_by, move.need.need_id) for move in way.moves if move.left_by}
    added = {Assignment(move.worker_id, move.need.need_id) for move in way.moves}
    people = dict.fromkeys(
        name for move in way.moves for name in (move.worker_id, move.left_by) if name
    )
    charges = [*way.charges]
    for need in left:
        staffed = desk.staff.get(need.need_id, 0)
        charges += (
            desk.cover_charges(need, need.count, need.count - 1) if (staffed < need.count) else ()
        )
    return Option(
        takings=tuple(_taking(desk, move) for move in _in_order(way.moves)),
        left=tuple(need.need_id for need in sorted(left, key=lambda need: need.start)),
        removed=vacated | passed,
        added=frozenset(added),
        touched=way.given_up,
        told=tuple(people),
        charges=merged(charges),
    )


def merged(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """Add up the charges of each rule; those that come to nothing are left out."""
    found: dict[tuple[str, int], Charge] = {}
    for charge in charges:
        key = charge.rule, charge.priority
        so_far = found.get(key)
        found[key] = (
            charge
            if so_far is None
            else Charge(
                charge.rule,
                so_far.amount + charge.amount,
                charge.unit,
                so_far.points + charge.points,
                charge.priority,
            )
        )
    kept = (charge for charge in found.values() if charge.amount or charge.points)
    return tuple(sorted(kept, key=lambda charge: (-charge.points, charge.rule)))


def _in_order(moves: tuple[Move, ...]) -> list[Move]:
    """Moves by the time of the hole they fill, each chain in one piece."""
    chains: list[list[Move]] = []
    for move in moves:
        if move.left_by and chains:
            chains[-1].append(move)
        else:
            chains.append([move])
    return [move for chain in sorted(chains, key=lambda c: c[0].need.start) for move in chain]


def _taking(desk: Desk, move: Move) -> Taking:
    instance = desk.instance
    worker, need = instance.worker_by_id[move.worker_id], move.need
    own = [n for n in desk.needs_of[move.worker_id] if n.firm_id]
    known = worker.history.known_firm_ids.union(n.firm_id for n in own)
    return Taking(
        worker_id=move.worker_id,
        need_id=need.need_id,
        left_by=move.left_by,
        knows_firm=need.firm_id in known,
        travel_minutes=instance.travel_minutes(worker.home_id, instance.place_of(need))
        if worker.home_id
        else 0,
        urgent_calls=worker.history.urgent_calls + sum(n.urgent for n in own),
    )
