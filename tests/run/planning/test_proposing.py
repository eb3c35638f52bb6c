"""A search proposes a plan; nothing changes until Alice applies it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.run.planning.bridge.searching import search
from maillage.run.planning.enums import ProposalState
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, PlanProposal, Slot
from maillage.run.planning.placing import PlacementError
from maillage.run.planning.proposing import (
    ProposalError,
    apply_proposal,
    asked,
    keep_best,
    propose_plan,
)
from tests.cast import Cast, acting, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

NEXT = monday_of(localdate()) + timedelta(weeks=1)
SHIFT = (NEXT - MONDAY).days


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def proposed(cast: Cast) -> PlanProposal:
    """Search the plan of next week, here and now."""
    alice = acting(cast.alice, cast.network)
    made = propose_plan(acting=alice, monday=NEXT, weeks=1, seconds=2)
    answer = search(lambda _found: None, asked(made), 1)
    keep_best(made, answer, state=ProposalState.DONE)
    return made


def mornings(cast: Cast) -> list[Slot]:
    """The bakery needs somebody from Monday to Thursday, the garage on Friday."""
    return [
        *(slot_of(cast, cast.bakery, SHIFT + day, 6, 12) for day in range(4)),
        slot_of(cast, cast.garage, SHIFT + 4, 8, 12),
    ]


def test_alice_applies_the_plan_that_was_found(cast: Cast) -> None:
    gaelle, slots = shared_baker(cast), mornings(cast)
    made = proposed(cast)
    assert not Assignment.objects.exists()
    assert (made.figures["wanted"], made.figures["missing"]) == (5, 0)
    assert apply_proposal(acting=acting(cast.alice, cast.network), proposal=made) == (0, 5)
    assert set(Assignment.objects.values_list("slot", "worker")) == {
        (slot.pk, gaelle.pk) for slot in slots
    }
    with pytest.raises(ProposalError, match="no plan to apply"):
        apply_proposal(acting=acting(cast.alice, cast.network), proposal=made)


def test_what_is_fixed_stays(cast: Cast) -> None:
    hugo, _gaelle = shared_baker(cast, "Hugo"), shared_baker(cast)
    slots = mornings(cast)
    Assignment.objects.create(slot=slots[0], worker=hugo, fixed=True)
    made = proposed(cast)
    apply_proposal(acting=acting(cast.alice, cast.network), proposal=made)
    assert Assignment.objects.get(slot=slots[0]).worker == hugo


def test_a_plan_that_no_longer_fits_is_refused_whole(cast: Cast) -> None:
    gaelle, _slots = shared_baker(cast), mornings(cast)
    made = proposed(cast)
    late = slot_of(cast, cast.bakery, SHIFT, 16, 20)
    Assignment.objects.create(slot=late, worker=gaelle, fixed=True)
    gaelle.contracts.update(ended_on=NEXT, end_reason="resigned")
    with pytest.raises(PlacementError):
        apply_proposal(acting=acting(cast.alice, cast.network), proposal=made)
    assert Assignment.objects.count() == 1


def test_a_search_wants_slots_and_one_at_a_time(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with pytest.raises(ProposalError, match="enter its slots"):
        propose_plan(acting=alice, monday=NEXT, weeks=1, seconds=2)
    mornings(cast)
    propose_plan(acting=alice, monday=NEXT, weeks=1, seconds=2)
    with pytest.raises(ProposalError, match="under way"):
        propose_plan(acting=alice, monday=NEXT, weeks=1, seconds=2)
    with pytest.raises(ProposalError, match="one to eight"):
        propose_plan(acting=alice, monday=NEXT + timedelta(days=1), weeks=1, seconds=2)
    with pytest.raises(PermissionDenied):
        propose_plan(acting=acting(cast.bob, cast.network), monday=NEXT, weeks=1, seconds=2)
