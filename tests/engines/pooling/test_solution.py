"""What a job amounts to: hours, distance, and which of two answers is worth more."""

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engines.pooling import SharedJob, Solution, objective_of
from maillage.engines.pooling.graph import compatibility_graph
from maillage.engines.pooling.kernels.pairs import metres_apart, widest
from maillage.engines.pooling.solution import (
    EARTH_RADIUS_METRES,
    Objective,
    half_hours_of,
    metres_between,
    metres_of,
    needs_of,
)
from tests.engines.pooling.surveys import BLOIS, need, survey

VENDOME = (47.793, 1.066)
TOURS = (47.394, 0.685)
QUARTER = round(EARTH_RADIUS_METRES * pi / 2)

in_france = st.tuples(
    st.floats(41, 51.5, allow_subnormal=False), st.floats(-5, 10, allow_subnormal=False)
)


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        (BLOIS, BLOIS, 0),
        ((0.0, 0.0), (1.0, 0.0), round(EARTH_RADIUS_METRES * pi / 180)),  # up a meridian
        ((0.0, 179.5), (0.0, -179.5), round(EARTH_RADIUS_METRES * pi / 180)),  # over the date line
        ((0.0, 0.0), (90.0, 0.0), QUARTER),
        ((60.0, 0.0), (60.0, 180.0), round(EARTH_RADIUS_METRES * pi / 3)),  # over the pole
        ((0.0, 0.0), (0.0, 180.0), 2 * QUARTER),
    ],
)
def test_distance_of_places_known_by_geometry(
    here: tuple[float, float], there: tuple[float, float], metres: int
) -> None:
    assert metres_between(need("a", 1, place=here), need("b", 1, place=there)) == pytest.approx(
        metres, abs=1
    )


def test_vendome_is_thirty_kilometres_and_a_half_from_blois() -> None:
    # By hand: 0.207 degrees of latitude are 23.02 km; 0.269 of longitude, times cos 47.69, 20.13.
    assert 30_500 < metres_between(need("a", 1), need("b", 1, place=VENDOME)) < 30_650


@given(in_france, in_france)
def test_kernel_measures_the_same_metres_both_ways(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    a, b = need("a", 17.5, place=here), need("b", 17.5, place=there)
    radians = compatibility_graph(survey(a, b)).radians
    metres = metres_between(a, b)

    assert metres_between(b, a) == metres
    assert metres_apart(radians, 0, 1) == metres_apart(radians, 1, 0) == metres


@given(st.lists(in_france, min_size=2, max_size=5))
def test_kernel_finds_the_two_farthest_places_of_a_job(places: list[tuple[float, float]]) -> None:
    needs = [need(f"n{k}", 7, place=place) for k, place in enumerate(places)]
    instance = survey(*needs)
    row = list(range(len(needs))) + [-1] * (5 - len(needs))
    graph = compatibility_graph(instance)
    job = SharedJob(tuple(n.need_id for n in needs))

    [metres] = widest(graph.radians, np.array([row], np.int32))

    assert metres == pytest.approx(metres_of(instance, job), abs=1)


def test_job_adds_up_hours_and_spans_its_farthest_places() -> None:
    bob = need("bob", (10,) * 6 + (20,) * 6)
    emma = need("emma", (20.5,) * 6 + (10,) * 6, place=VENDOME)
    farid = need("farid", 5, place=TOURS)
    instance = survey(bob, emma, farid)
    job = SharedJob(("farid", "bob", "emma"))

    assert needs_of(instance, job) == (farid, bob, emma)
    assert half_hours_of(instance, job) == (71,) * 6 + (70,) * 6
    assert metres_of(instance, job) == max(
        metres_between(bob, emma), metres_between(bob, farid), metres_between(emma, farid)
    )
    assert metres_of(instance, SharedJob(("bob",))) == 0


def test_objective_counts_units_then_employers_beyond_two_then_metres() -> None:
    needs = [need(f"n{k}", 7, place=VENDOME if k == 4 else BLOIS) for k in range(5)]
    instance = survey(*needs)
    solution = Solution((SharedJob(("n0", "n1", "n2")), SharedJob(("n3", "n4"))))
    metres = metres_between(needs[3], needs[4])

    assert objective_of(instance, solution) == Objective(5 * 14 * 12, -1, -metres)
    assert objective_of(instance, Solution(())) == Objective(0, 0, 0)


def test_hours_outweigh_employers_and_employers_outweigh_metres() -> None:
    ranked = [
        Objective(100, -9, -900_000),
        Objective(99, 0, -500_000),
        Objective(99, 0, -500_001),
        Objective(99, -1, 0),
    ]

    assert sorted(ranked, reverse=True) == ranked
