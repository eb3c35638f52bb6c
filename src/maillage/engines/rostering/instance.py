"""The question: who may work where and when, what firms need, and which rules hold."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

from maillage.engines.rostering.consistency import (
    Known,
    check_assignment,
    check_firm_pair,
    check_horizon,
    check_need,
    check_no_twins,
    check_objective,
    check_setting,
    check_travel,
    check_worker,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.engines.rostering.entities import Assignment, Firm, Horizon, Need, Worker
    from maillage.engines.rostering.settings import RulePack


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Everything a roster depends on; raises `RosterError` when a value makes no sense.

    `fixed` assignments stay whatever happens; `published` ones were told to people; `now` is
    the minute at which the plan is made (0 or less: before the horizon). `competitors` and
    `lifted` are unordered pairs, `travel` gives minutes for an ordered or unordered pair of
    places (missing: none). `objective` is "weighted" or "lexicographic".
    """

    horizon: Horizon
    workers: tuple[Worker, ...]
    firms: tuple[Firm, ...]
    needs: tuple[Need, ...]
    pack: RulePack
    competitors: frozenset[tuple[str, str]] = frozenset()
    lifted: frozenset[tuple[str, str]] = frozenset()
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    fixed: frozenset[Assignment] = frozenset()
    published: frozenset[Assignment] = frozenset()
    now: int = 0
    holidays: frozenset[int] = frozenset()
    objective: str = "weighted"

    def __post_init__(self) -> None:
        object.__setattr__(self, "pack", self.pack.meant_for(self.workers))
        check_horizon(self.horizon)
        check_objective(self.objective)
        check_no_twins("firm", "firm_id", (firm.firm_id for firm in self.firms))
        check_no_twins("worker", "worker_id", (worker.worker_id for worker in self.workers))
        check_no_twins("need", "need_id", (need.need_id for need in self.needs))
        for need in self.needs:
            check_need(need, self.known)
        for worker in self.workers:
            check_worker(worker, self.known)
        self._check_links(self.known)

    def _check_links(self, known: Known) -> None:
        for name in ("competitors", "lifted"):
            for pair in sorted(getattr(self, name)):
                check_firm_pair(pair, name, known)
        for name in ("fixed", "published"):
            for assignment in sorted(getattr(self, name)):
                check_assignment(assignment, name, known)
        for pair, minutes in self.travel.items():
            check_travel(pair, minutes)
        for setting in self.pack.settings:
            check_setting(setting, known)

    @cached_property
    def known(self) -> Known:
        """What its parts may refer to."""
        return Known(
            horizon=self.horizon,
            firm_ids=frozenset(self.firm_by_id),
            worker_ids=frozenset(self.worker_by_id),
            need_ids=frozenset(self.need_by_id),
        )

    @cached_property
    def need_by_id(self) -> Mapping[str, Need]:
        """Each need under its id."""
        return {need.need_id: need for need in self.needs}

    @cached_property
    def worker_by_id(self) -> Mapping[str, Worker]:
        """Each worker under their id."""
        return {worker.worker_id: worker for worker in self.workers}

    @cached_property
    def firm_by_id(self) -> Mapping[str, Firm]:
        """Each firm under its id."""
        return {firm.firm_id: firm for firm in self.firms}

    @cached_property
    def rivals(self) -> frozenset[tuple[str, str]]:
        """Competitor pairs that were not lifted, in both orders."""
        lifted = self.lifted | {(b, a) for a, b in self.lifted}
        pairs = self.competitors - lifted
        return frozenset(pairs | {(b, a) for a, b in pairs})

    @cached_property
    def published_by_worker(self) -> Mapping[str, frozenset[str]]:
        """The needs each worker was told of."""
        told: dict[str, set[str]] = {worker.worker_id: set() for worker in self.workers}
        for assignment in self.published:
            told[assignment.worker_id].add(assignment.need_id)
        return {worker_id: frozenset(need_ids) for worker_id, need_ids in told.items()}

    @cached_property
    def limits_known(self) -> dict[tuple[int, int, int], object]:
        """Limits worked out by rules on totals (see `families.totals`), kept from line to line."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        """What makes the question; what was worked out of it is worked out again elsewhere."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    def place_of(self, need: Need) -> str:
        """Where a need is served."""
        return need.place_id or (
            self.firm_by_id[need.firm_id].place_id if need.firm_id in self.firm_by_id else ""
        )

    def travel_minutes(self, first: str, second: str) -> int:
        """Minutes from one place to another; none within a place, or when not known."""
        if first == second:
            return 0
        return self.travel.get((first, second), self.travel.get((second, first), 0))
