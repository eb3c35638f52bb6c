"""The cheapest ways in which an empty slot could be filled after all, each of them verified."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import Assignment
from maillage.engines.rostering.explaining.cures import EFFORT, Cure, cures_of
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.repairing.chains import Search, Way
from maillage.engines.rostering.repairing.desk import in_order
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.words import slot_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.repairing.chains import Move
    from maillage.engines.rostering.repairing.desk import Charge, Desk

SHOWN: Final = 3  # relaxations for one slot
TRIALS: Final = 60  # lines tried while looking for chains
TOGETHER: Final = 2  # changes to the question asked for at once
TRIED: Final = 8  # combinations of changes tried for one worker

TAKE = Sentence("{worker} could take it as things are", "{worker} pourrait le prendre en l’état")
COULD = Sentence("{worker} could, if {conditions}", "{worker} pourrait, si {conditions}")
MOVED = Sentence("the slot of {slot} moved to {other}", "le créneau du {slot} passait à {other}")
AND = Sentence(" and ", " et ")


@dataclass(frozen=True, kw_only=True)
class Relaxation:
    """What would let a worker take a slot: other slots that move, or changes to the question.

    `kind` is the hardest of its parts, in the order of `EFFORT`. `charges` say what the plan
    would then cost more, the slot it fills aside.
    """

    kind: str
    worker_id: str
    need_id: str
    moves: tuple[Move, ...]
    cures: tuple[Cure, ...]
    charges: tuple[Charge, ...]

    @property
    def points(self) -> Fraction:
        """What the plan would cost more, the slot it fills aside."""
        return sum((charge.points for charge in self.charges), Fraction(0))

    def applied_to(self, instance: Instance, plan: Plan) -> tuple[Instance, Plan]:
        """Return the question and the plan as they would be."""
        for cure in self.cures:
            instance = cure.applied_to(instance)
        gone = {Assignment(m.left_by, m.need.need_id) for m in self.moves if m.left_by}
        new = {Assignment(move.worker_id, move.need.need_id) for move in self.moves}
        new.add(Assignment(self.worker_id, self.need_id))
        return instance, Plan(plan.assignments - gone | new)

    def text(self, instance: Instance, language: str = "en") -> str:
        """Say it in "en" or "fr"."""
        worker = instance.worker_by_id[self.worker_id].label
        conditions = [cure.text(instance, language) for cure in self.cures]
        conditions += [
            MOVED.text(
                language,
                slot=slot_in_words(instance, move.need, language),
                other=instance.worker_by_id[move.worker_id].label,
            )
            for move in self.moves
            if move.left_by
        ]
        if not conditions:
            return TAKE.text(language, worker=worker)
        return COULD.text(language, worker=worker, conditions=AND.text(language).join(conditions))


def relaxations_of(
    desk: Desk,
    need: Need,
    obstacles: Sequence[tuple[Worker, Sequence[Breach]]],
) -> tuple[Relaxation, ...]:
    """Return the cheapest relaxations for a slot, at most one for each worker."""
    found = [*_of_chains(desk, need)]
    found += islice(_of_cures(desk, need, obstacles), SHOWN)
    best: dict[str, Relaxation] = {}
    for relaxation in sorted(found, key=_effort):
        best.setdefault(relaxation.worker_id, relaxation)
    return tuple(islice(best.values(), SHOWN))


def _effort(relaxation: Relaxation) -> tuple[int, int, Fraction, str]:
    return (
        EFFORT.index(relaxation.kind),
        len(relaxation.cures) + len(relaxation.moves),
        relaxation.points,
        relaxation.worker_id,
    )


def _of_chains(desk: Desk, need: Need) -> Iterator[Relaxation]:
    search = Search(desk, TRIALS)
    for way in search.fill(need, Way(), TOGETHER, enough=SHOWN):
        yield Relaxation(
            kind="move" if way.given_up else "take",
            worker_id=way.moves[0].worker_id,
            need_id=need.need_id,
            moves=way.moves,
            cures=(),
            charges=tuple(way.charges),
        )


def _of_cures(
    desk: Desk, need: Need, obstacles: Sequence[tuple[Worker, Sequence[Breach]]]
) -> Iterator[Relaxation]:
    """Yield changes to the question that are enough for a worker, the easiest to obtain first."""
    combinations = [
        (worker, cures)
        for worker, breaches in obstacles
        for cures in _combined(desk, need, worker, breaches)
    ]
    combinations.sort(key=lambda found: (_hardest(found[1]), len(found[1])))
    served: set[str] = set()
    for worker, cures in combinations:
        if worker.worker_id in served:
            continue
        charges = _enough(desk, need, worker, cures)
        if charges is not None:
            served.add(worker.worker_id)
            yield Relaxation(
                kind=EFFORT[_hardest(cures)],
                worker_id=worker.worker_id,
                need_id=need.need_id,
                moves=(),
                cures=cures,
                charges=charges,
            )


def _hardest(cures: Sequence[Cure]) -> int:
    return max(EFFORT.index(cure.kind) for cure in cures)


def _combined(
    desk: Desk, need: Need, worker: Worker, breaches: Sequence[Breach]
) -> Iterator[tuple[Cure, ...]]:
    """Yield one cure for each rule in the way, the worst breach of each; few rules only."""
    by_rule: dict[str, Breach] = {}
    for breach in breaches:
        if breach.amount > (by_rule[breach.rule].amount if breach.rule in by_rule else 0):
            by_rule[breach.rule] = breach
    if not 0 < len(by_rule) <= TOGETHER:
        return
    before = desk.needs_of[worker.worker_id]
    ways = [[*cures_of(desk.instance, worker, need, breach, before)] for breach in by_rule.values()]
    for cures in islice(product(*ways), TRIED):
        if desk.staff.get(need.need_id) and any(cure.kind == "time" for cure in cures):
            continue  # others are in the slot already
        yield cures


def _enough(
    desk: Desk, need: Need, worker: Worker, cures: tuple[Cure, ...]
) -> tuple[Charge, ...] | None:
    """What it costs when, so changed, nothing stands in the way; None when something still does."""
    instance = desk.instance
    if desk.is_kept_busy(worker, need) and not any(
        cure.kind == "time" or cure.rule == "no_overlap" for cure in cures
    ):
        return None  # nothing that changes would let them be in two slots at once
    for cure in cures:
        instance = cure.applied_to(instance)
    there = desk.changed(instance, {})
    someone = instance.worker_by_id[worker.worker_id]
    before = there.needs_of[worker.worker_id]
    after = in_order((*before, instance.need_by_id[need.need_id]))
    if any(there.forbidden(someone, before, after)):
        return None
    return tuple(there.charges(someone, before, after))
