"""Why this worker in this slot: who else could be there, and what it would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.explaining.names import rule_name
from maillage.engines.rostering.repairing.desk import in_order
from maillage.engines.rostering.repairing.options import merged
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Assignment
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.repairing.desk import Charge, Desk

SENTENCES: Final = {
    "fixed": Sentence(
        "{worker}: the assignment is fixed", "{worker}\u00a0: l’affectation est fixée"
    ),
    "only_able": Sentence(
        "{worker} is the only one whom skills, agreements and absences allow there",
        "{worker} est la seule personne que compétences, conventions et absences permettent d’y "
        "placer",
    ),
    "only_free": Sentence(
        "{worker} is the only one free then; others who could do it at another time: {able}",
        "{worker} est la seule personne libre à ce moment\u00a0; autres personnes capables à un "
        "autre moment\u00a0: {able}",
    ),
    "cheapest": Sentence(
        "{worker} costs least: {other} would cost {points} points more (rule “{rule}”)",
        "{worker} coûte le moins\u00a0: {other} coûterait {points} points de plus (règle "
        "«\u00a0{rule}\u00a0»)",
    ),
    "equal": Sentence(
        "{worker} or {other}: it is the same", "{worker} ou {other}\u00a0: c’est égal"
    ),
    "elsewhere": Sentence(
        "{worker} is there because of the rest of the plan: alone, {other} would cost {points} "
        "points less",
        "{worker} y est à cause du reste du planning\u00a0: seul, {other} coûterait {points} "
        "points de moins",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a worker is in a slot: a stable code, who comes next and the points between them.

    `able` others may do such a slot, `free` of them could take this one as the plan is.
    """

    worker_id: str
    need_id: str
    code: str
    able: int
    free: int
    next_worker_id: str = ""
    points: Fraction = Fraction(0)
    rule: str = ""

    def text(self, instance: Instance, language: str = "en") -> str:
        """Say it in "en" or "fr"."""
        people = instance.worker_by_id
        other = people[self.next_worker_id].label if self.next_worker_id else ""
        return SENTENCES[self.code].text(
            language,
            worker=people[self.worker_id].label,
            other=other,
            able=self.able,
            points=f"{float(abs(self.points)):g}",
            rule=rule_name(self.rule, language) if self.rule else "",
        )


def reason_of(desk: Desk, assignment: Assignment) -> Reason:
    """Return why this worker is there, the other assignments staying as they are."""
    instance = desk.instance
    need = instance.need_by_id[assignment.need_id]
    others = [w for w in desk.able(need) if w.worker_id != assignment.worker_id]
    reason = Reason(
        worker_id=assignment.worker_id,
        need_id=assignment.need_id,
        code="only_able",
        able=len(others),
        free=0,
    )
    if assignment in instance.fixed:
        return replace(reason, code="fixed")
    if not others:
        return reason
    rivals: list[tuple[Fraction, str, tuple[Charge, ...]]] = []
    for other in others:
        before = desk.needs_of[other.worker_id]
        after = in_order((*before, need))
        busy = desk.is_busy(other.worker_id, need)
        if not busy and not any(desk.forbidden(other, before, after)):
            charges = tuple(desk.charges(other, before, after))
            rivals.append((_points(charges), other.worker_id, charges))
    if not rivals:
        return replace(reason, code="only_free")
    worker = instance.worker_by_id[assignment.worker_id]
    with_it = desk.needs_of[assignment.worker_id]
    without = tuple(n for n in with_it if n.need_id != need.need_id)
    own = tuple(desk.charges(worker, without, with_it))
    points, name, charges = min(rivals, key=lambda rival: rival[:2])
    more = points - _points(own)
    against = merged((*charges, *(_taken_back(charge) for charge in own)))
    code = "cheapest" if more > 0 else "elsewhere" if more < 0 else "equal"
    return replace(
        reason,
        code=code,
        free=len(rivals),
        next_worker_id=name,
        points=more,
        rule=against[0].rule if against else "",
    )


def _points(charges: tuple[Charge, ...]) -> Fraction:
    return sum((charge.points for charge in charges), Fraction(0))


def _taken_back(charge: Charge) -> Charge:
    return type(charge)(charge.rule, -charge.amount, charge.unit, -charge.points, charge.priority)
