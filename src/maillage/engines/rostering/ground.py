"""An instance as whole-number arrays: workers are rows, slots are columns in order of start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.entities import OUTSIDE
from maillage.engines.rostering.plan import outside_needs
from maillage.engines.rostering.shapes import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Bools, Ints


@dataclass(frozen=True)
class Ground:
    """What rules compile from. Jobs elsewhere are columns too, of firm -1 and one owner."""

    instance: Instance

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Every slot, jobs elsewhere included, in order of start."""
        every = [*self.instance.needs]
        every += [need for worker in self.instance.workers for need in outside_needs(worker)]
        return tuple(sorted(every, key=lambda need: (need.start, need.end, need.need_id)))

    @cached_property
    def column(self) -> Mapping[str, int]:
        """The column of each slot."""
        return {need.need_id: n for n, need in enumerate(self.needs)}

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of each worker."""
        return {worker.worker_id: w for w, worker in enumerate(self.instance.workers)}

    @cached_property
    def firm_row(self) -> Mapping[str, int]:
        """The number of each firm; -1 for work elsewhere."""
        return {firm.firm_id: f for f, firm in enumerate(self.instance.firms)} | {OUTSIDE: -1}

    @cached_property
    def owner(self) -> Ints:
        """[N] the worker a job elsewhere belongs to; -1 for slots of firms."""
        owners = {
            need.need_id: self.row[worker.worker_id]
            for worker in self.instance.workers
            for need in outside_needs(worker)
        }
        return ints(owners.get(need.need_id, -1) for need in self.needs)

    @cached_property
    def start(self) -> Ints:
        """[N] first minute."""
        return ints(need.start for need in self.needs)

    @cached_property
    def end(self) -> Ints:
        """[N] minute after the last."""
        return ints(need.end for need in self.needs)

    @cached_property
    def day(self) -> Ints:
        """[N] day it belongs to."""
        return ints(need.day for need in self.needs)

    @cached_property
    def minutes(self) -> Ints:
        """[N] working time."""
        return ints(need.minutes for need in self.needs)

    @cached_property
    def firm(self) -> Ints:
        """[N] number of the firm."""
        return ints(self.firm_row[need.firm_id] for need in self.needs)

    @cached_property
    def _places(self) -> list[str]:
        """Names of places; the first one, nowhere, is that of jobs elsewhere."""
        known = {self.instance.place_of(n) for n in self.needs if n.firm_id != OUTSIDE}
        return [OUTSIDE, *sorted(known - {OUTSIDE})]

    @cached_property
    def place(self) -> Ints:
        """[N] number of the place."""
        number = {name: p for p, name in enumerate(self._places)}
        return ints(
            number[self.instance.place_of(need) if need.firm_id != OUTSIDE else OUTSIDE]
            for need in self.needs
        )

    @cached_property
    def travel(self) -> Ints:
        """[P, P] minutes from place to place."""
        minutes = self.instance.travel_minutes
        return np.array([[minutes(a, b) for b in self._places] for a in self._places], np.int64)

    @cached_property
    def scale(self) -> int:
        """Internal price of one point: every price is then a whole number."""
        return lcm(*(setting.per for setting in self.instance.pack.settings))

    @cached_property
    def kind(self) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
        """[N] the kind of each slot, empty when it has none."""
        return np.array([need.kind for need in self.needs], np.str_)

    @cached_property
    def _pairs(self) -> dict[int, tuple[Ints, Ints]]:
        return {}

    def pairs_within(self, reach: int) -> tuple[Ints, Ints]:
        """Columns of every two slots of which the second starts before `reach` after the first."""
        if reach not in self._pairs:
            size = len(self.needs)
            until = np.searchsorted(self.start, self.end + reach)
            lengths = np.maximum(until - np.arange(size) - 1, 0)
            first = np.repeat(np.arange(size), lengths)
            offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            self._pairs[reach] = first, first + 1 + offset
        return self._pairs[reach]

    def covers(self, setting: Setting) -> Bools:
        """[W] whom a setting is meant for."""
        return bools(setting.concerns(w.worker_id) for w in self.instance.workers)

    def hard(self, setting: Setting) -> Bools:
        """[W] to whom a breach is forbidden."""
        pack = self.instance.pack
        return self.covers(setting) & bools(
            pack.forbids(setting, worker.worker_id) for worker in self.instance.workers
        )

    def price(self, setting: Setting) -> Ints:
        """[W] what a unit of breach costs, in internal prices."""
        pack = self.instance.pack
        each = ints(pack.price(setting, worker.worker_id) for worker in self.instance.workers)
        return each * self.covers(setting) * (self.scale // setting.per)

    def matters(self, setting: Setting) -> bool:
        """Whether a breach of a setting is forbidden to somebody, or costs somebody something."""
        return bool(self.hard(setting).any() or self.price(setting).any())

    def in_force(self, setting: Setting) -> Bools:
        """[D] the days on which a setting holds."""
        horizon = self.instance.horizon
        return bools(setting.holds_on(horizon.date_of(day)) for day in range(horizon.days))

    def own_in_force(self, setting: Setting) -> Bools:
        """[N] slots of firms on days on which a setting holds."""
        return self.in_force(setting)[self.day] & (self.firm >= 0)

    def scope(self, setting: Setting) -> Scope:
        """Whom a setting forbids, and whom it charges."""
        return Scope(setting.rule, setting.priority, self.hard(setting), self.price(setting))


def ints(values: Iterable[int]) -> Ints:
    """Return an array of whole numbers."""
    return np.array(list(values), dtype=np.int64)


def bools(values: Iterable[bool]) -> Bools:
    """Return an array of truths."""
    return np.array(list(values), dtype=np.bool_)
