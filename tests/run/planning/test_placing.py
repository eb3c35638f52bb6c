"""Nobody is placed past a blocking rule, whichever door the placement comes through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from maillage.foundation.audit.models import AuditLine
from maillage.run.planning.models import Assignment
from maillage.run.planning.placing import Override, PlacementError, move, place, take_away
from tests.cast import Cast, acting, inside
from tests.run.apart import answer_of
from tests.run.planning.drops import drops
from tests.run.stories import shared_baker, slot_of


@pytest.fixture
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.mark.usefixtures("_in_the_network")
def test_alice_places_moves_and_takes_away(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot, later = slot_of(cast, cast.bakery, 0, 6, 12), slot_of(cast, cast.bakery, 1, 6, 12)
    placed = place(acting=alice, slot=slot, worker=gaelle)
    moved = move(acting=alice, assignment=placed, slot=later)
    given = move(acting=alice, assignment=moved, worker=hugo)
    assert list(Assignment.objects.values_list("slot", "worker")) == [(later.pk, hugo.pk)]
    take_away(acting=alice, assignment=given, why="The firm has enough people")
    assert not Assignment.objects.exists()
    acts = AuditLine.objects.filter(subject_type="Slot").order_by("pk")
    assert [line.act for line in acts] == [
        "place",
        "take away",
        "place",
        "take away",
        "place",
        "take away",
    ]


@pytest.mark.usefixtures("_in_the_network")
def test_a_refusal_names_the_rule_and_its_article_and_changes_nothing(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle = shared_baker(cast)
    place(acting=alice, slot=slot_of(cast, cast.bakery, 0, 14, 20), worker=gaelle)
    with pytest.raises(PlacementError) as refused:
        place(acting=alice, slot=slot_of(cast, cast.bakery, 1, 6, 9), worker=gaelle)
    assert [each.rule for each in refused.value.findings] == ["daily_rest"]
    assert "L3131-1" in str(refused.value)
    assert Assignment.objects.count() == 1


@pytest.mark.usefixtures("_in_the_network")
def test_a_blocking_rule_cannot_be_overridden(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    alice = acting(cast.alice, cast.network)
    place(acting=alice, slot=slot_of(cast, cast.bakery, 0, 14, 20), worker=gaelle)
    with pytest.raises(PlacementError):
        place(
            acting=alice,
            slot=slot_of(cast, cast.bakery, 1, 6, 9),
            worker=gaelle,
            overrides=[Override(rule="daily_rest", document="Letter", reason="Urgent")],
        )


@pytest.mark.usefixtures("_in_the_network")
def test_a_document_and_a_reason_allow_what_needs_a_document(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, sunday = shared_baker(cast), slot_of(cast, cast.bakery, 6, 7, 12)
    for given in ([], [Override(rule="sunday_work", document="Her written agreement", reason=" ")]):
        with pytest.raises(PlacementError):
            place(acting=alice, slot=sunday, worker=gaelle, overrides=given)
    paper = Override(rule="sunday_work", document="Her written agreement", reason="Town fair")
    placed = place(acting=alice, slot=sunday, worker=gaelle, overrides=[paper])
    assert placed.overrides == [
        {"rule": "sunday_work", "document": "Her written agreement", "reason": "Town fair"}
    ]


@pytest.mark.usefixtures("_in_the_network")
def test_only_who_plans_may_place(cast: Cast) -> None:
    gaelle, slot = shared_baker(cast), slot_of(cast, cast.bakery, 0, 6, 12)
    for person in (cast.bob, cast.farid):
        with pytest.raises(PermissionDenied):
            place(acting=acting(person, cast.network), slot=slot, worker=gaelle)


@pytest.mark.usefixtures("_in_the_network")
def test_a_slot_takes_as_many_people_as_it_asks_for(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot = slot_of(cast, cast.bakery, 0, 6, 12)
    place(acting=alice, slot=slot, worker=gaelle)
    with pytest.raises(PlacementError, match="nobody is missing"):
        place(acting=alice, slot=slot, worker=hugo)
    with pytest.raises(PlacementError, match="Gaëlle has this slot already"):
        place(acting=alice, slot=slot, worker=gaelle)


def test_of_two_simultaneous_drops_one_is_refused_with_its_article(
    transactional_db: None, data_folder: Path
) -> None:
    assert answer_of(drops, data_folder) == ["L3131-1", "placed"]
