"""Needs that overlap are put together; competitors only where nothing is given away."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.launch.needs.commons_groups import Ground, Group, Wanted, groups_of, linked_among

BLOIS = (47.586, 1.336)
CONTRES = (47.417, 1.428)  # 20 km from Blois
VENDOME = (47.793, 1.066)  # 31 km from Blois, 50 from Contres
GROUND = Ground(30_000, frozenset({(1, 2)}), lambda topic: topic == "safety")


def wanted(need: int, firm: int, marks: str = "oven", **more: object) -> Wanted:
    """Return a need of a firm, in Blois unless said otherwise."""
    plain = Wanted(need, firm, "equipment", frozenset(marks.split()), 2, BLOIS)
    return replace(plain, **more)  # type: ignore[arg-type]  # given by name


def needs_of(groups: list[Group]) -> list[list[int]]:
    """Return the needs of each group."""
    return [sorted(one.need for one in group.members) for group in groups]


def grouped(*rows: Wanted, least: int = 2) -> list[list[int]]:
    """Return the needs of the groups of at least two firms."""
    return needs_of(groups_of(rows, GROUND, least_firms=least))


def test_needs_of_two_firms_with_a_word_in_common_are_one_group() -> None:
    rows = (wanted(1, 3, "oven bread"), wanted(2, 4, "oven stone"), wanted(3, 5, "lift"))
    (group,) = groups_of(rows, GROUND, least_firms=2)
    assert [one.need for one in group.members] == [1, 2]
    assert group.core == {"oven"}
    assert group.firms == {3, 4}


def test_topics_words_and_firms_must_be_alike_near_and_several() -> None:
    assert grouped(wanted(1, 3), wanted(2, 4, topic="training")) == []
    assert grouped(wanted(1, 3), wanted(2, 4, "lift")) == []
    assert grouped(wanted(1, 3), wanted(2, 3)) == []
    assert grouped(wanted(1, 3), wanted(2, 4, place=VENDOME)) == []
    assert grouped(wanted(1, 3), wanted(2, 4, place=None)) == []
    assert grouped(wanted(1, 3, territory=7), wanted(2, 4, place=VENDOME, territory=7)) == [[1, 2]]
    assert grouped(wanted(1, 3, territory=7), wanted(2, 4, place=VENDOME, territory=8)) == []


def test_all_are_near_the_one_in_the_middle() -> None:
    rows = (wanted(1, 3, place=VENDOME), wanted(2, 4), wanted(3, 5, place=CONTRES))
    assert grouped(*rows) == [[2, 3]]
    (group,) = groups_of(rows, replace(GROUND, near_metres=31_000), least_firms=2)
    assert [one.need for one in group.members] == [2, 1, 3]


def test_the_largest_group_comes_first_and_a_need_is_in_one_at_most() -> None:
    rows = (
        wanted(1, 3, "oven bread"),
        wanted(2, 4, "oven bread"),
        wanted(3, 5, "oven"),
        wanted(4, 6, "bread"),
        wanted(5, 7, "bread"),
        wanted(6, 8, "oven"),
    )
    assert grouped(*rows) == [[1, 2, 4, 5], [3, 6]]


def test_two_competitors_are_never_put_together_but_on_what_is_safe() -> None:
    rows = (wanted(1, 1, strength=3), wanted(2, 2), wanted(3, 3))
    (group,) = groups_of(rows, GROUND, least_firms=2)
    assert (group.firms, group.left_out) == ({1, 3}, {2})
    safe = [replace(one, topic="safety") for one in rows]
    assert grouped(*safe) == [[1, 2, 3]]


def test_everybody_is_near_themselves_without_a_place() -> None:
    assert linked_among([wanted(1, 1, place=None)], 10).tolist() == [[True]]
    assert groups_of([], GROUND, least_firms=2) == []


rows_drawn = st.lists(
    st.builds(
        Wanted,
        need=st.integers(1, 99),
        firm=st.integers(1, 6),
        topic=st.sampled_from(("equipment", "safety")),
        marks=st.frozensets(st.sampled_from(("oven", "bread", "lift"))),
        strength=st.integers(1, 5),
        place=st.sampled_from((BLOIS, CONTRES, VENDOME, None)),
        territory=st.sampled_from((None, 7)),
    ),
    max_size=12,
    unique_by=lambda one: one.need,
)


@settings(max_examples=60)
@given(rows_drawn, st.randoms(use_true_random=False))
def test_groups_hold_what_they_promise(rows: list[Wanted], chance: object) -> None:
    groups = groups_of(rows, GROUND, least_firms=2)
    seen: set[int] = set()
    for group in groups:
        needs = {one.need for one in group.members}
        assert group.core
        assert len(group.firms) >= 2
        assert not needs & seen
        seen |= needs
        assert {1, 2} - group.firms or group.members[0].topic == "safety"
        middle = group.members[0]
        assert linked_among([middle, *group.members], 30_000)[0].all()
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert groups_of(shuffled, GROUND, least_firms=2) == groups
