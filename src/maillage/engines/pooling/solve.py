"""Solve: a first answer at once, then better ones and tighter bounds until the stop rule.

Two lines of work go on side by side, on any executor. *Improving* works in turns: in each, every
region is annealed and merged, and the outcomes are put together in a fixed order, so that the
answer after a number of turns depends on the seed alone. *Bounding* takes each part that no job
crosses up a ladder: relaxation, whole numbers of jobs and odd sets, integer program. A part
whose bound is reached is not worked on any more.
"""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from maillage.engines.kernel.clock import deadline
from maillage.engines.kernel.executors import SerialExecutor
from maillage.engines.kernel.progress import Progress
from maillage.engines.kernel.status import Status
from maillage.engines.pooling.catalogue import some_jobs
from maillage.engines.pooling.checks import verify
from maillage.engines.pooling.graph import compatibility_graph
from maillage.engines.pooling.improving import greedy
from maillage.engines.pooling.parts import Part
from maillage.engines.pooling.proving import prove
from maillage.engines.pooling.regions import components
from maillage.engines.pooling.result import Result
from maillage.engines.pooling.solution import SharedJob, Solution, objective_of
from maillage.engines.pooling.turns import Slice, put_together, slices

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from maillage.engines.kernel.progress import ProgressCallback
    from maillage.engines.kernel.stop import StopRule
    from maillage.engines.pooling.instance import Instance, Need
    from maillage.engines.pooling.proving import Proof
    from maillage.engines.pooling.regions import Region
    from maillage.engines.pooling.turns import Improved

POLL = 0.1  # seconds between two looks at whether to stop
GRACE = 3.0  # seconds left to running tasks once the time is over
FIRST_ROOM = 200_000  # jobs drawn for the first answer when there are too many to list


def solve(
    instance: Instance,
    *,
    stop: StopRule,
    seed: int = 0,
    executor: Executor | None = None,
    at_once: int = 2,
    on_progress: ProgressCallback | None = None,
    on_answer: Callable[[Solution], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """Find the permanent jobs that cover the most hours, and prove how good they are.

    `executor` is any `concurrent.futures.Executor` (None: here, one task after the other) that
    runs about `at_once` tasks at the same time. `on_progress` is told of each better answer or
    bound, in units, after `on_answer` was given the better answer; `should_stop` is asked often,
    and ends the solve with the best so far. With the same seed and a `MaxIterations` rule (an
    iteration is one turn over all regions) the answer is the same on any executor.

    The answer has passed every check of `checks`; a `SolutionError` would be a fault of ours.
    """
    run = _Run(instance, stop, seed, executor or SerialExecutor(), at_once)
    run.on_progress, run.on_answer, run.should_stop = on_progress, on_answer, should_stop
    return run.result()


class _Run:
    """One call of `solve`."""

    on_progress: ProgressCallback | None = None
    on_answer: Callable[[Solution], None] | None = None
    should_stop: Callable[[], bool] | None = None

    def __init__(
        self, instance: Instance, stop: StopRule, seed: int, executor: Executor, at_once: int
    ) -> None:
        self.started = time.monotonic()
        self.until = deadline(stop.seconds)
        self.instance = instance
        self.stop = stop
        self.seed = seed
        self.executor = executor
        self.proofs_at_once = max(1, at_once // 2)
        self.order = sorted(instance.needs, key=_content)
        self.parts: list[Part] = []
        self.turn = 0
        self.improving: dict[Future[Improved], Slice] = {}
        self.improved: list[tuple[Slice, Improved]] = []
        self.waiting: list[tuple[Part, Proof, Callable[[], Any]]] = []
        self.proving: dict[Future[Any], tuple[Part, Proof, Callable[[], Any]]] = {}
        self.told: tuple[int, int] | None = None
        self.given = -1  # units of the last answer given to `on_answer`

    def result(self) -> Result:
        """Do the whole work."""
        self._first_answer()
        self._tell("first_answer")
        for part in self.parts:
            self._go_on(part, prove(part, seed=self.seed, until=self.until), None)
        while not self._over():
            try:
                self._submit()
                self._collect()
            except BrokenExecutor:  # a worker was killed
                self._work_here()
        with suppress(BrokenExecutor):  # then there is nothing more to take in
            self._collect_late()
        return self._finish()

    @property
    def repeatable(self) -> bool:
        """Whether outcomes must be taken in a fixed order rather than as they come."""
        return self.until is None

    def _first_answer(self) -> None:
        graph = compatibility_graph(_in_order(self.instance, self.order))
        for number, (region, every) in enumerate(components(graph)):
            part = Part(region, number)
            jobs = every
            if jobs is None:
                jobs = some_jobs(region.graph, seed=self.seed, room=FIRST_ROOM)
            part.offer(greedy(region.graph, jobs))
            self.parts.append(part)

    def _over(self) -> bool:
        """Whether to stop: by the rule, by the caller, or because nothing is left to do."""
        if self.should_stop is not None and self.should_stop():
            return True
        seconds = time.monotonic() - self.started
        enough = self.stop.reached(seconds=seconds, iterations=self.turn)
        if enough and self.until is not None:
            return True
        busy = self.improving or self.proving or self.waiting
        return not busy and (enough or all(part.settled for part in self.parts))

    def _submit(self) -> None:
        """Start a turn if none is running, and as many proofs as may run beside it."""
        seconds = time.monotonic() - self.started
        more = not self.stop.reached(seconds=seconds, iterations=self.turn)
        if more and not self.improving and not (self.repeatable and self.proving):
            for part in self.parts:
                if not part.settled:
                    for piece in slices(part, turn=self.turn, seed=self.seed, until=self.until):
                        self.improving[self.executor.submit(piece.call)] = piece
        at_once = len(self.waiting) if self.repeatable else self.proofs_at_once
        self.waiting.sort(key=lambda entry: (entry[0].steps, entry[0].graph.size))
        while self.waiting and len(self.proving) < at_once:
            entry = self.waiting[0]
            self.proving[self.executor.submit(entry[2])] = entry
            self.waiting.pop(0)

    def _collect(self) -> None:
        """Wait a little, and take in what is done."""
        running = {*self.improving, *self.proving}
        done, unfinished = wait(running, timeout=POLL, return_when=FIRST_COMPLETED)
        if self.repeatable and unfinished:
            return
        self._take(done)

    def _work_here(self) -> None:
        """Do without the executor: what was lost with it is done again in this process."""
        self.executor = SerialExecutor()
        self.improving, self.improved = {}, []
        self.waiting += self.proving.values()
        self.proving = {}

    def _take(self, done: set[Future[Any]]) -> None:
        """Take in finished tasks; a turn ends when all its regions are done."""
        for future in [f for f in self.improving if f in done]:
            self.improved.append((self.improving[future], future.result()))
            del self.improving[future]
        if self.improved and not self.improving:
            self._end_turn()
        for future in [f for f in self.proving if f in done]:
            outcome = future.result()
            part, proof, _ = self.proving.pop(future)
            self._go_on(part, proof, outcome)
            self._tell("proving")

    def _end_turn(self) -> None:
        by_part: dict[int, list[tuple[Region, Improved]]] = {}
        for piece, outcome in self.improved:
            by_part.setdefault(piece.part.number, []).append((piece.region, outcome))
        for number, outcomes in by_part.items():
            put_together(self.parts[number], outcomes)
        self.improved = []
        self.turn += 1
        self._tell("improving")

    def _go_on(self, part: Part, proof: Proof, outcome: object) -> None:
        """Send a proof the outcome it waits for, and queue the next call it makes."""
        try:
            call = next(proof) if outcome is None else proof.send(outcome)
        except StopIteration:
            return
        part.steps += 1
        self.waiting.append((part, proof, call))

    def _collect_late(self) -> None:
        """Take in the tasks that end soon after the time is over; they watch the clock too.

        Without a time limit they do not, and are left behind.
        """
        if self.until is None:
            return
        late = {*self.improving, *self.proving}
        done, unfinished = wait(late, timeout=GRACE)
        for future in unfinished:
            future.cancel()
            self.improving.pop(future, None)
            self.proving.pop(future, None)
        self._take(done)

    def _finish(self) -> Result:
        solution = self._solution()
        verify(self.instance, solution)
        objective = objective_of(self.instance, solution).units
        bound = sum(part.bound for part in self.parts)
        return Result(
            instance=self.instance,
            status=Status.OPTIMAL if objective >= bound else Status.FEASIBLE,
            solution=solution,
            objective=objective,
            bound=bound,
            runtime=time.monotonic() - self.started,
            iterations=self.turn,
            seed=self.seed,
        )

    def _solution(self) -> Solution:
        jobs = [
            sorted((self.order[i] for i in row if i >= 0), key=lambda need: -need.units)
            for part in self.parts
            for row in part.region.to_global(part.answer)
        ]
        jobs.sort(key=lambda needs: (-sum(n.units for n in needs), [n.need_id for n in needs]))
        return Solution(tuple(SharedJob(tuple(n.need_id for n in needs)) for needs in jobs))

    def _tell(self, phase: str) -> None:
        """Report a better answer or bound."""
        now = (sum(p.units for p in self.parts), sum(p.bound for p in self.parts))
        if self.on_answer is not None and now[0] > self.given:
            self.given = now[0]
            self.on_answer(self._solution())
        if self.on_progress is None or now == self.told:
            return
        self.told = now
        seconds = time.monotonic() - self.started
        self.on_progress(Progress(seconds, phase, now[0], now[1], self.turn))


def _content(need: Need) -> tuple[object, ...]:
    """Order needs by what they are, so that neither row order nor names change the search."""
    return (need.latitude, need.longitude, need.half_hours, need.occupation)


def _in_order(instance: Instance, needs: list[Need]) -> Instance:
    return replace(instance, needs=tuple(needs))
