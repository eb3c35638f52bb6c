"""A plan during the search: its lines as arrays, with their weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.rostering.search.kernels.annealing import anneal, fill, weigh_all
from maillage.engines.rostering.search.kernels.weighing import weigh_line
from maillage.engines.rostering.search.tables import room, tables
from maillage.engines.rostering.shapes import NO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.engines.rostering.model import Model

Array = np.ndarray[Any, Any]
TOLL = 20.0  # dearest prices that one forbidden thing is reckoned at
Lines = tuple[tuple[int, ...], ...]


class Board(NamedTuple):
    """Lines (columns in order, `size` of them used), weights of lines, people in each slot."""

    lines: Array
    size: Array
    staffed: Array
    price: Array
    strain: Array
    excess: Array


@dataclass(frozen=True)
class Bench:
    """A model laid out for kernels, made once per process."""

    model: Model

    @cached_property
    def tables(self) -> Any:
        """The arrays."""
        return tables(self.model)

    @cached_property
    def room(self) -> Any:
        """Scratch space."""
        return room(self.tables)

    @cached_property
    def who(self) -> tuple[Array, Array]:
        """Who may have each slot: of n, who[ptr[n]:ptr[n + 1]]."""
        slots, workers = np.nonzero(self.model.allowed.T)
        sizes = np.searchsorted(slots, np.arange(len(self.model.ground.needs) + 1))
        return sizes.astype(np.int64), workers.astype(np.int64)

    @cached_property
    def toll(self) -> float:
        """The price put on one forbidden thing while searching: more than it could ever earn."""
        under = self.model.cover.under[self.model.cover.under < NO_LIMIT]
        dearest = float(under.max(initial=0))
        return TOLL * max(dearest, float(np.abs(self.model.slot_price).max(initial=1)), 1.0)

    def board(self, lines: Sequence[Sequence[int]]) -> Board:
        """Lay lines out, and weigh them."""
        workers, size = self.model.allowed.shape
        longest = max(
            int(self.model.allowed.sum(axis=1).max(initial=0)), max(map(len, lines), default=0)
        )
        board = Board(
            lines=np.zeros((workers, longest + 2), np.int64),
            size=np.array([len(line) for line in lines], np.int64),
            staffed=np.zeros(size, np.int64),
            price=np.zeros(workers, np.int64),
            strain=np.zeros(workers, np.float64),
            excess=np.zeros(workers, np.int64),
        )
        for w, line in enumerate(lines):
            board.lines[w, : len(line)] = line
        weigh_all(self.tables, board, self.room)
        return board

    def lines(self, board: Board) -> Lines:
        """Read the lines back."""
        return tuple(
            tuple(int(n) for n in row[:size])
            for row, size in zip(board.lines, board.size, strict=True)
        )

    def value(self, lines: Sequence[Sequence[int]]) -> tuple[int, int]:
        """Return (excess, price) of a plan."""
        board = self.board(lines)
        excess, price = weigh_all(self.tables, board, self.room)
        return int(board.excess.sum()) + int(excess), int(board.price.sum()) + int(price)

    def weigh(self, worker: int, line: Sequence[int]) -> tuple[int, int]:
        """Return (excess, price) of a line."""
        columns = np.array(line, np.int64)
        excess, price, _ = weigh_line(self.tables, worker, columns, len(columns), self.room)
        return int(excess), int(price)

    def greedy(self, seed: int) -> Lines:
        """A plan at once: the slots with fewest candidates first, each to whom it suits best."""
        board = self.board(self.model.forced)
        ptr, who = self.who
        chance = np.random.default_rng(seed)
        ground = self.model.ground
        week = ground.day // 7
        order = np.lexsort((chance.random(len(ptr) - 1), np.diff(ptr), week))
        order = order[ground.firm[order] >= 0]
        fill(self.tables, board, ptr, who, order, self.toll, self.room)
        return self.lines(board)

    def anneal(
        self,
        lines: Lines,
        *,
        workers: Sequence[int],
        slots: Array,
        steps: int,
        heat: tuple[float, float],
        seed: tuple[int, ...],
    ) -> tuple[Lines, Lines]:
        """Walk from a plan; return the plan where the walk ended and the best one on the way."""
        board, best = self.board(lines), self.board(lines)
        mine = np.zeros(len(board.size), np.bool_)
        mine[list(workers)] = True
        anneal(
            self.tables,
            board,
            *self.who,
            mine,
            slots,
            steps,
            heat[0] * self.model.scale,
            heat[1] * self.model.scale,
            self.toll,
            random_state(*seed),
            self.room,
            best,
        )
        return self.lines(board), self.lines(best)
