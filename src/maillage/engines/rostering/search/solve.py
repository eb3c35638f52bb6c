"""Solve: a first plan at once, then better ones and a bound until the stop rule.

Work goes on in turns, on any executor; what the tasks of a turn bring is put together in a fixed
order, so that the plan after a number of turns depends on the seed alone.
"""

from __future__ import annotations

import time
from concurrent.futures import BrokenExecutor
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from maillage.engines.kernel.clock import deadline, remaining
from maillage.engines.kernel.executors import SerialExecutor
from maillage.engines.kernel.progress import Progress
from maillage.engines.kernel.status import Status
from maillage.engines.rostering.entities import Assignment
from maillage.engines.rostering.evaluation import evaluate
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.search.result import Result
from maillage.engines.rostering.search.sweeping import FEWEST_DAYS, Sweep
from maillage.engines.rostering.search.tasks import bench_of, pack, rebuild, walk, weaver_of
from maillage.engines.rostering.search.trails import leaves_out, one_slot_a_day
from maillage.engines.rostering.search.walking import Walker
from maillage.engines.rostering.search.weaving import PRICING_SHARE, Weave

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from maillage.engines.kernel.progress import ProgressCallback
    from maillage.engines.kernel.stop import StopRule
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.search.boards import Lines

FEW_DAYS = 35  # of a horizon: with more, some at a time are rebuilt
SWEEP_SHARE = 0.5  # of the time, at most, before anything is priced
FEWEST_TURNS = 10  # of pricing: with time for fewer, nothing would come of it
SWEEPS = 4  # of as many turns, all but one


def solve(
    instance: Instance,
    *,
    stop: StopRule,
    seed: int = 0,
    executor: Executor | None = None,
    at_once: int = 2,
    on_progress: ProgressCallback | None = None,
    on_answer: Callable[[Plan], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """Find the cheapest plan, and prove how cheap a plan can be.

    `executor` is any `concurrent.futures.Executor` (None: here, one task after the other) that
    runs about `at_once` tasks at the same time. `on_progress` is told of each better plan or
    bound, in whole internal prices (points times the scale of the model), `on_answer` is given
    each better plan that breaks no rule; `should_stop` ends the solve with the best so far.
    With the same seed and a `MaxIterations` rule (an iteration is one turn) the plan is the same
    on any executor.

    The plan has passed every check of `checks`, unless the status says that none was found.
    """
    run = _Run(instance, stop, seed, executor or SerialExecutor(), at_once)
    run.on_progress, run.on_answer, run.should_stop = on_progress, on_answer, should_stop
    return run.result()


class _Run:
    """One call of `solve`."""

    on_progress: ProgressCallback | None = None
    on_answer: Callable[[Plan], None] | None = None
    should_stop: Callable[[], bool] | None = None

    def __init__(
        self, instance: Instance, stop: StopRule, seed: int, executor: Executor, at_once: int
    ) -> None:
        self.started = time.monotonic()
        self.until = deadline(stop.seconds)
        self.instance, self.stop, self.seed = instance, stop, seed
        self.executor, self.at_once = executor, at_once
        self.question = pack(instance)
        self.bench = bench_of(self.question)
        self.turn = 0
        self.bound: int | None = None
        self.best: Lines = ()
        self.value = (0, 0)
        self.told: tuple[int, int | None] | None = None

    def result(self) -> Result:
        """Do the whole work."""
        if one_slot_a_day(self.bench.model):
            self._weave()
        else:
            self._walk()
        return self._finish()

    def _walk(self) -> None:
        """Turns of annealing, from a greedy plan."""
        self._begin(self.bench.greedy(self.seed))
        self._tell("first_answer")
        walker = Walker(self.bench, self.best, self.seed, self.at_once)
        while not self._over():
            self._step(walker)

    def _step(self, walker: Walker) -> None:
        """One turn of annealing."""
        walks = walker.walks(self.turn, self._part())
        outcomes = self._run([(walk, self.question, asked) for asked in walks])
        self._offer(walker.take_in(walks, outcomes))
        walker.pace(outcomes, remaining(self.until))
        self.turn += 1
        self._tell("improving")

    def _weave(self) -> None:
        """Turns of pricing, then of rebuilding."""
        weave = Weave(weaver_of(self.question), self.question, self.seed, self.at_once)
        self._begin(tuple(tuple(line) for line in self.bench.model.forced))
        self._offer(weave.first(self.best, self._run, self.until))
        if self.value[0]:  # not everybody's line keeps to the rules
            self._offer(self.bench.greedy(self.seed))
        self._tell("first_answer")
        sweep = Sweep(self.bench, self.seed, self.at_once)
        if self._many_days:
            self._sweep(sweep, SWEEP_SHARE)
        self._price(weave)
        if not self._over() and not (self._many_days and self.bound is None):
            self._offer(weave.rebuilt(self.best, self._run(weave.dives(self.best, self.until))))
            self.turn += 1
            self._tell("improving")
        walker = Walker(self.bench, self.best, self.seed, self.at_once)
        while not self._over():
            if self.turn % 2 and leaves_out(self.bench.model):
                self._step(walker)
                continue
            if self.turn % SWEEPS and self.instance.horizon.days > FEWEST_DAYS:
                self._sweep(sweep, 0.0)
                continue
            calls = weave.rebuildings(self.best, self.turn, self.until)
            self._offer(weave.rebuilt(self.best, self._run(calls)))
            self.turn += 1
            self._tell("improving")

    def _price(self, weave: Weave) -> None:
        """Turns of pricing, for the bound and for lines to choose from."""
        until = self._pricing_ends()
        for calls in weave.pricing(until):
            if self._over() or remaining(until) == 0:
                break
            began = time.monotonic()
            weave.priced(self._run(calls))
            self.bound = weave.bound
            self.turn += 1
            self._tell("proving")
            left, took = remaining(until), time.monotonic() - began
            if self._many_days and left is not None and took * FEWEST_TURNS > left:
                break
        weave.settle()

    def _sweep(self, sweep: Sweep, share: float) -> None:
        """Turns of rebuilding some days, until a share of the time or once all were looked at."""
        rounds = sweep.rounds
        while not self._over():
            asked = sweep.asked(self.best, self.turn, self.until)
            outcomes = self._run([(rebuild, self.question, one) for one in asked])
            self._offer(sweep.taken(asked, outcomes, self.best))
            self.turn += 1
            self._tell("improving")
            if sweep.rounds > rounds or (self._part() or 0.0) >= share:
                break

    def _run(self, calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Run the tasks of a turn; without the executor when it is broken."""
        try:
            futures = [self.executor.submit(*call) for call in calls]
            return [future.result() for future in futures]
        except BrokenExecutor:  # a worker was killed
            self.executor = SerialExecutor()
            return [call[0](*call[1:]) for call in calls]

    def _part(self) -> float | None:
        if self.stop.seconds is None:
            return None
        return min(1.0, (time.monotonic() - self.started) / self.stop.seconds)

    @property
    def _many_days(self) -> bool:
        return self.instance.horizon.days > FEW_DAYS

    def _pricing_ends(self) -> float | None:
        left = remaining(self.until)
        return None if left is None else deadline(left * PRICING_SHARE)

    def _over(self) -> bool:
        if self.should_stop is not None and self.should_stop():
            return True
        seconds = time.monotonic() - self.started
        if self.stop.reached(seconds=seconds, iterations=self.turn):
            return True
        return self.bound is not None and self.value[0] == 0 and self.value[1] <= self.bound

    def _begin(self, lines: Lines) -> None:
        self.best, self.value = lines, self.bench.value(lines)

    def _offer(self, lines: Lines) -> None:
        """Keep a plan that is better."""
        value = self.bench.value(lines)
        if value < self.value:
            self.best, self.value = lines, value

    def _plan(self) -> Plan:
        needs = self.bench.model.ground.needs
        return Plan(
            frozenset(
                Assignment(worker.worker_id, needs[n].need_id)
                for worker, line in zip(self.instance.workers, self.best, strict=True)
                for n in line
            )
        )

    def _finish(self) -> Result:
        plan = self._plan()
        found = evaluate(self.instance, plan)
        weighted = self.instance.objective != "lexicographic"
        scale = self.bench.model.scale
        bound = Fraction(self.bound, scale) if self.bound is not None and weighted else None
        return Result(
            instance=self.instance,
            status=self._status(legal=not found.forbidden),
            plan=plan,
            objective=found.points,
            bound=bound,
            runtime=time.monotonic() - self.started,
            iterations=self.turn,
            seed=self.seed,
        )

    def _status(self, *, legal: bool) -> Status:
        if not legal:
            return Status.UNKNOWN
        proved = self.bound is not None and self.value[1] <= self.bound
        return Status.OPTIMAL if proved else Status.FEASIBLE

    def _tell(self, phase: str) -> None:
        """Report a better plan or bound."""
        now = (self.value[1], self.bound)
        if now == self.told or self.value[0]:
            return
        if self.on_answer is not None and (self.told is None or now[0] != self.told[0]):
            self.on_answer(self._plan())
        self.told = now
        if self.on_progress is None:
            return
        seconds = time.monotonic() - self.started
        self.on_progress(Progress(seconds, phase, now[0], now[1], self.turn))
