"""The compatibility graph against the checks: an edge wherever no rule but the minima says no."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.pooling import Instance, SharedJob, Solution, breaches
from maillage.engines.pooling.graph import Graph, compatibility_graph
from tests.engines.pooling.surveys import instances, need, survey


def edges(graph: Graph) -> set[tuple[int, int]]:
    return {
        (i, int(j))
        for i in range(graph.size)
        for j in graph.neighbours[graph.starts[i] : graph.starts[i + 1]]
    }


def without_minima(instance: Instance) -> Instance:
    lenient = replace(instance.contract, mean_min_half_hours=0, period_min_half_hours=0)
    return replace(instance, contract=lenient)


@settings(max_examples=150)
@given(instances())
def test_edge_joins_two_needs_wherever_only_the_minima_could_object(instance: Instance) -> None:
    lenient = without_minima(instance)
    allowed = {
        (i, j)
        for i, j in combinations(range(len(instance.needs)), 2)
        if not breaches(
            lenient,
            Solution((SharedJob((instance.needs[i].need_id, instance.needs[j].need_id)),)),
        )
    }

    assert edges(compatibility_graph(instance)) == allowed | {(j, i) for i, j in allowed}


@settings(max_examples=60)
@given(instances(), st.data())
def test_graph_among_some_needs_is_that_of_the_survey_cut_down_to_them(
    instance: Instance, data: st.DataObject
) -> None:
    positions = st.permutations(range(len(instance.needs)))
    items = data.draw(positions)[: data.draw(st.integers(1, len(instance.needs)))]
    cut = compatibility_graph(replace(instance, needs=tuple(instance.needs[i] for i in items)))
    part = compatibility_graph(instance).subgraph(np.array(items, np.int64))

    assert edges(part) == edges(cut)
    assert (part.hours == cut.hours).all()
    assert (part.units == cut.units).all()
    assert (part.degrees() == cut.degrees()).all()


def test_graph_grows_past_its_first_thousand_edges() -> None:
    instance = survey(*(need(f"n{k}", 1) for k in range(60)))

    assert compatibility_graph(instance).degrees().tolist() == [59] * 60


def test_survey_without_needs_has_an_empty_graph() -> None:
    graph = compatibility_graph(survey())

    assert graph.size == 0
    assert edges(graph) == set()
