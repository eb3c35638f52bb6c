"""The fast kernels say what the plain reference says."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.rostering.judging import weigh, weigh_plan
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.boards import Bench
from maillage.engines.rostering.search.looking import EXACT, Weaver
from tests.engines.rostering.search.shifts import a_ward, legal_lines
from tests.engines.rostering.test_agreement import a_plan, a_question


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), soft=st.booleans())
def test_kernel_weighs_a_line_as_the_reference(seed: int, soft: bool) -> None:
    chance = Random(seed)
    instance = a_question(chance, soft=soft)
    model = compile_model(instance)
    bench = Bench(model)
    lines = model.lines(a_plan(chance, instance))

    for worker, line in enumerate(lines):
        assert bench.weigh(worker, line) == weigh(model, worker, line)
    assert bench.value(lines) == weigh_plan(model, lines)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_labels_find_the_cheapest_legal_line(seed: int) -> None:
    chance = Random(seed)
    model = compile_model(a_ward(chance))
    weaver = Weaver(Bench(model))
    worth = np.array([float(chance.randint(-3, 30)) for _ in model.ground.needs])

    for worker in range(len(model.instance.workers)):
        found = weaver.search(worker, worth, EXACT)
        legal = legal_lines(model, worker)
        costs = [weigh(model, worker, line).price - sum(worth[n] for n in line) for line in legal]
        assert found.proved
        assert found.least == min(costs, default=float("inf"))
        if costs:
            assert found.lines[0] in legal


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_few_days_of_a_line_are_rebuilt_as_well_as_they_can_be(seed: int) -> None:
    chance = Random(seed)
    model = compile_model(a_ward(chance))
    weaver = Weaver(Bench(model))
    day, days = model.ground.day, model.instance.horizon.days

    for worker in range(len(model.instance.workers)):
        legal = legal_lines(model, worker)
        if not legal:
            continue
        held = chance.choice(sorted(legal))
        first = chance.randrange(days)
        last = chance.randint(first + 1, days)
        worth = np.array([float(chance.randint(-3, 30)) for _ in day])
        worth[(day < first) | (day >= last)] = 0.0
        part, beyond = weaver.part(worker, held, (first, last))
        found = weaver.search(worker, worth, EXACT, part=part)

        around = {n for n in held if not first <= day[n] < last}
        others = [
            line for line in legal if {n for n in line if not first <= day[n] < last} == around
        ]
        costs = [weigh(model, worker, line).price - sum(worth[n] for n in line) for line in others]
        assert found.least + beyond == min(costs)
        assert found.lines[0] in others
