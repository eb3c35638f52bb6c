import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.shared_jobs.reports.map_names import LETTER, Box, MapNames, Name, Point
from maillage.launch.shared_jobs.reports.sketch import TALLEST, WIDTH, Sketch, sketch_of
from tests.launch.shared_jobs.reports.results import (
    BLOIS,
    CAMPING,
    CHOCOLATE,
    STEADY,
    lone,
    many_jobs,
    need,
    outcome,
    survey,
)

DOT = re.compile(r"M(-?[\d.]+) (-?[\d.]+)h0")


def dots(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in DOT.findall(path)]


def names(sketch: Sketch) -> list[str]:
    return [name.text for name in sketch.names]


def test_job_is_a_link_between_its_firms() -> None:
    sketch = sketch_of(outcome())
    (layer,) = sketch.layers
    assert layer.slot == 1
    assert len(dots(layer.dots)) == 2
    assert layer.links.count("M") == 1
    (blois, cheverny) = dots(layer.dots)
    assert cheverny[0] > blois[0]  # Cheverny lies to the south-east
    assert cheverny[1] > blois[1]


def test_needs_left_alone_are_apart_from_those_served() -> None:
    sketch = sketch_of(outcome())
    assert len(dots(sketch.lone)) == 2
    assert {"Blois", "Vendôme"} <= set(names(sketch))


def test_firm_that_has_a_place_is_not_shown_alone_for_its_other_need() -> None:
    second = need("other", "Chocolaterie Bellanger", [8] * 12, occupation="M1607")
    sketch = sketch_of(
        outcome(survey=survey([CHOCOLATE, CAMPING, second]), alone=(lone(second, STEADY, None),))
    )
    assert dots(sketch.lone) == []


def test_firms_of_one_place_stand_side_by_side() -> None:
    neighbours = [need(f"n{rank}", f"Firm {rank}", [10] * 12) for rank in range(9)]
    alone = tuple(lone(each, STEADY, None) for each in neighbours)
    sketch = sketch_of(outcome(survey=survey(neighbours), jobs=(), alone=alone))
    places = dots(sketch.lone)
    assert len(set(places)) == 9
    for (ax, ay), (bx, by) in combinations(places, 2):
        assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 > sketch.dot * 0.5


def test_five_jobs_have_a_colour_each_and_six_one_for_all() -> None:
    assert [layer.slot for layer in sketch_of(many_jobs(5)).layers] == [1, 2, 3, 4, 5]
    crowded = sketch_of(many_jobs(6))
    assert [layer.slot for layer in crowded.layers] == [0]
    assert crowded.numbers
    assert sketch_of(many_jobs(50)).numbers == ()


def test_map_of_many_jobs_weighs_in_proportion() -> None:
    def weight(sketch: Sketch) -> int:
        return sum(len(layer.dots) + len(layer.links) for layer in sketch.layers)

    assert weight(sketch_of(many_jobs(300))) < 110 * weight(sketch_of(many_jobs(3)))
    assert sketch_of(many_jobs(300)).dot < sketch_of(many_jobs(3)).dot


@given(st.lists(st.tuples(st.floats(42, 51), st.floats(-5, 8)), min_size=1, max_size=25))
def test_everything_is_inside_the_map(places: list[tuple[float, float]]) -> None:
    needs = [need(f"n{rank}", f"Firm {rank}", [9] * 12, at=at) for rank, at in enumerate(places)]
    alone = tuple(lone(each, STEADY, None) for each in needs)
    sketch = sketch_of(outcome(survey=survey(needs), jobs=(), alone=alone))
    assert sketch.height <= TALLEST
    for x, y in dots(sketch.lone):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= sketch.height
    for name in sketch.names:
        assert 0 <= name.at.x <= WIDTH
        assert 0 <= name.at.y <= sketch.height


def box_of(name: Name, size: float) -> Box:
    wide = LETTER * size * len(name.text)
    left = name.at.x - {"start": 0, "middle": wide / 2, "end": wide}[name.anchor]
    return Box(left, name.at.y - size * 0.7, left + wide, name.at.y + size * 0.15)


@given(st.lists(st.tuples(st.floats(20, 440), st.floats(20, 380)), max_size=40, unique=True))
def test_names_never_overlap(points: list[tuple[float, float]]) -> None:
    towns = [(f"Commune {rank}", Point(*point)) for rank, point in enumerate(points)]
    writer = MapNames(Box(0, 0, WIDTH, 400), [point for _, point in towns], 9.0, [])
    placed = writer.place_towns(towns)
    boxes = [box_of(name, 13.0 if name.minor else 17.0) for name in placed]
    assert not any(first.meets(second) for first, second in combinations(boxes, 2))


def test_scale_is_a_round_number_of_kilometres_true_to_the_map() -> None:
    sketch = sketch_of(outcome())
    assert sketch.scale_km in {1, 2, 5, 10, 20, 50}
    (layer,) = sketch.layers
    (ax, ay), (bx, by) = dots(layer.dots)
    kilometres = ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 / sketch.scale_width * sketch.scale_km
    assert 13 < kilometres < 14  # from Blois to Cheverny


def test_survey_of_one_firm_has_a_map_too() -> None:
    single = need("a", "Bob", [20] * 12, at=BLOIS)
    sketch = sketch_of(
        outcome(survey=survey([single]), jobs=(), alone=(lone(single, STEADY, None),))
    )
    assert dots(sketch.lone) == [(WIDTH / 2, sketch.height / 2)]
    assert names(sketch) == ["Blois"]
