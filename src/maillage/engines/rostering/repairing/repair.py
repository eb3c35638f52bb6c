"""Repair: an absence or an urgent need against a published plan, answered while people wait.

The plan stays as it is but for a few slots: first somebody free, then chains in which others hand
a slot on. Everything is judged by the checks themselves, on the lines concerned only, and the work
is bounded by a number of trials: the same question always gets the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import Assignment
from maillage.engines.rostering.repairing.chains import Search, Way, order
from maillage.engines.rostering.repairing.changes import (
    MISSING,
    UNKNOWN,
    Absence,
    Call,
    Change,
    with_absence,
    with_need,
)
from maillage.engines.rostering.repairing.desk import Desk
from maillage.engines.rostering.repairing.options import Option, Repair, option_of
from maillage.engines.rostering.sentences import RosterError

if TYPE_CHECKING:
    from fractions import Fraction

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan

TOUCHED: Final = 3
OPTIONS: Final = 5
EFFORT: Final = 120  # trials of a line for each hole
WIDTH: Final = 8  # ways kept from one hole to the next


def repair(
    instance: Instance,
    plan: Plan,
    change: Change,
    *,
    most_touched: int = TOUCHED,
    most_options: int = OPTIONS,
    effort: int = EFFORT,
    desk: Desk | None = None,
) -> Repair:
    """Return ranked options against a change; `most_touched` other assignments may move.

    `desk` is `Desk(instance, plan)`, kept from one call to the next: it is what takes time to
    prepare. `effort` is how many lines may be tried for each hole. Raises `RosterError` when
    the change names what is not there.
    """
    desk = desk or Desk(instance, plan)
    changed, holes, vacated, kept = _holes(desk, change)
    away = change if isinstance(change, Absence) else None
    here = desk.changed(changed, _by_worker(vacated), away)
    ways = _ways(here, holes, most_touched, most_options, effort)
    options = [option_of(here, way, vacated, way.left) for way in ways]
    undone = option_of(here, Way(), vacated, holes)
    return Repair(
        instance=changed,
        holes=tuple(need.need_id for need in holes),
        kept=kept,
        options=(*_best(changed, options, most_options), undone),
    )


def _holes(
    desk: Desk, change: Change
) -> tuple[Instance, tuple[Need, ...], frozenset[Assignment], tuple[Assignment, ...]]:
    """The question as changed, slots that lack somebody, who loses what, and what must stay."""
    instance = desk.instance
    if isinstance(change, Absence):
        changed = with_absence(instance, change)
        met = [
            need for need in desk.needs_of[change.worker_id] if need.firm_id and change.meets(need)
        ]
        stay = tuple(
            Assignment(change.worker_id, need.need_id)
            for need in met
            if Assignment(change.worker_id, need.need_id) in instance.fixed
            or need.start < instance.now
        )
        names = {assignment.need_id for assignment in stay}
        holes = tuple(need for need in met if need.need_id not in names)
        lost = frozenset(Assignment(change.worker_id, need.need_id) for need in holes)
        return changed, holes, lost, stay
    if isinstance(change, Call):
        changed = with_need(instance, change.need)
        return changed, (change.need,) * change.need.count, frozenset(), ()
    need = instance.need_by_id.get(change.need_id)
    if need is None:
        raise RosterError("vacancy", "need_id", UNKNOWN, value=change.need_id)
    missing = need.count - desk.staff.get(need.need_id, 0)
    if missing <= 0:
        raise RosterError(f"need {need.need_id}", "count", MISSING, count=need.count)
    return instance, (need,) * missing, frozenset(), ()


def _by_worker(vacated: frozenset[Assignment]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for assignment in vacated:
        found.setdefault(assignment.worker_id, set()).add(assignment.need_id)
    return {worker_id: frozenset(names) for worker_id, names in found.items()}


def _ways(
    desk: Desk,
    holes: tuple[Need, ...],
    most_touched: int,
    enough: int,
    effort: int,
) -> list[Way]:
    """Fill the holes one after the other, those that fewest workers could fill first."""
    ways = [Way()]
    for hole in sorted(holes, key=lambda need: (len(desk.able(need)), need.start, need.need_id)):
        search = Search(desk, effort)
        longer = [
            on
            for way in ways
            for on in search.fill(hole, way, most_touched - way.given_up, enough=enough)
        ]
        leaving = [
            Way(way.moves, (*way.left, hole), way.given_up, way.lines, way.costs) for way in ways
        ]
        ways = sorted(longer, key=order)[: WIDTH * 4] or leaving[:1]
        if len(holes) > 1:
            ways = ways[:WIDTH]
    return [way for way in ways if way.moves]


def _best(instance: Instance, options: list[Option], most: int) -> list[Option]:
    """The best options, one for each set of people who would take what is left open."""
    levels = 1 + max((setting.priority for setting in instance.pack.settings), default=0)
    lexicographic = instance.objective == "lexicographic"

    def rank(option: Option) -> tuple[object, ...]:
        cost: tuple[Fraction, ...] = (
            option.by_priority(levels) if lexicographic else (option.points,)
        )
        return (
            len(option.left),
            cost,
            option.touched,
            len(option.told),
            sum(not taking.knows_firm for taking in option.takings),
            sum(taking.urgent_calls for taking in option.takings),
            sum(taking.travel_minutes for taking in option.takings),
            tuple(taking.worker_id for taking in option.takings),
        )

    found: dict[frozenset[Assignment], Option] = {}
    for option in sorted(options, key=rank):
        direct = frozenset(
            Assignment(t.worker_id, t.need_id) for t in option.takings if not t.left_by
        )
        found.setdefault(direct, option)
    return [*found.values()][:most]
