"""A slot that nobody can take as things are: what would make it possible."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied

from maillage.run.planning.filling import fill, ways_to_fill
from maillage.run.planning.models import Assignment, Slot
from maillage.run.planning.placing import PlacementError, place
from tests.cast import Cast, acting, inside
from tests.run.stories import lend, shared_baker, slot_of, worker_of


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def busy_gaelle(cast: Cast) -> tuple[Slot, Slot]:
    """Gaëlle is at the bakery when the garage lacks somebody; Hugo may only go to the bakery."""
    alice = acting(cast.alice, cast.network)
    lend(worker_of(cast, "Hugo"), cast.bakery)
    held = slot_of(cast, cast.bakery, 0, 6, 12)
    place(acting=alice, slot=held, worker=shared_baker(cast))
    return held, slot_of(cast, cast.garage, 0, 8, 12)


def seats() -> dict[int, str]:
    return dict(Assignment.objects.values_list("slot", "worker__name"))


def test_the_way_that_moves_one_slot_is_named_first_and_done_whole(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    held, gap = busy_gaelle(cast)

    way = ways_to_fill(gap)[0]

    assert way.ready
    assert way.text.startswith("Gaëlle could, if the slot of ")
    assert way.text.endswith(" moved to Hugo")
    fill(acting=alice, slot=gap, worker_id=way.worker_id, handovers=way.handovers)
    assert seats() == {held.pk: "Hugo", gap.pk: "Gaëlle"}


def test_a_way_that_no_longer_holds_changes_nothing(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    held, gap = busy_gaelle(cast)
    way = ways_to_fill(gap)[0]
    hugo = cast.network.workers.get(name="Hugo")
    elsewhere = slot_of(cast, cast.bakery, 0, 9, 11)
    place(acting=alice, slot=elsewhere, worker=hugo)

    with pytest.raises(PlacementError):
        fill(acting=alice, slot=gap, worker_id=way.worker_id, handovers=way.handovers)

    assert seats() == {held.pk: "Gaëlle", elsewhere.pk: "Hugo"}


def test_what_takes_more_than_a_move_is_said_and_cannot_be_done_by_a_click(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    place(acting=alice, slot=slot_of(cast, cast.bakery, 0, 14, 20), worker=shared_baker(cast))

    ways = ways_to_fill(slot_of(cast, cast.garage, 1, 6, 10))

    assert [(way.text, way.ready) for way in ways] == [
        ("Gaëlle could, if the slot began at 7:00 instead", False)
    ]


def test_bob_may_not_fill_a_slot(cast: Cast) -> None:
    _, gap = busy_gaelle(cast)
    way = ways_to_fill(gap)[0]
    with pytest.raises(PermissionDenied):
        fill(
            acting=acting(cast.bob, cast.network),
            slot=gap,
            worker_id=way.worker_id,
            handovers=way.handovers,
        )
