"""What would let a slot that lacks somebody be filled: the cheapest ways, each verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.engines.rostering.explaining.explain import explain
from maillage.run.planning.bridge.instances import Question
from maillage.run.planning.bridge.repairs import Passing

if TYPE_CHECKING:
    from maillage.run.planning.gathering import Ground
    from maillage.run.planning.models import Slot


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Somebody who could take the slot if something changed, said in a sentence.

    `moves` are the slots that would pass from hand to hand. `settled` says that those are all
    that must change: no document, agreement, time or skill as well.
    """

    worker_id: str
    text: str
    moves: tuple[Passing, ...]
    settled: bool


def relaxations_of(ground: Ground, slot: Slot, *, language: str) -> tuple[Relaxation, ...]:
    """Return the cheapest relaxations for a slot, the easiest first; none when nobody is lacking.

    `language` is "en" or "fr".
    """
    question, need_id = Question(ground), str(slot.public_id)
    if need_id not in question.instance.need_by_id:
        return ()
    instance = question.instance
    found = explain(instance, question.plan, need_ids=[need_id], assignments=False)
    return tuple(
        Relaxation(
            worker_id=one.worker_id,
            text=one.text(instance, language),
            moves=tuple(
                Passing(move.need.need_id, move.left_by, move.worker_id)
                for move in one.moves
                if move.left_by
            ),
            settled=not one.cures,
        )
        for empty in found.empty
        for one in empty.relaxations
    )
