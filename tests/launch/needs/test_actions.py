"""Stating a need, moving it on, changing its words."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Organisation
from maillage.launch.needs.actions import (
    NeedChangedError,
    NeedError,
    Words,
    change_need,
    move_need,
    state_need,
)
from maillage.launch.needs.enums import MOVES, ROAD, NeedState, needs_reason
from maillage.launch.needs.models import Need, NeedPassage
from tests.cast import Cast, acting, inside
from tests.launch.needs.stories import SUMMER, stated


def words_of(need: Need, **changes: object) -> Words:
    """Return what a need says, with changes."""
    said = {name: getattr(need, name) for name in Words.__dataclass_fields__}
    return Words(**{**said, "half_hours": tuple(need.half_hours), **changes})


def test_a_need_is_stated_with_its_first_passage_and_a_line_in_the_trail(cast: Cast) -> None:
    with inside(cast.network):
        need = stated(cast, cast.bakery, title="  Vendeuse   le samedi ", half_hours=SUMMER)
        passage = NeedPassage.objects.get(need=need)
        assert need.title == "Vendeuse le samedi"
        assert need.half_hours == list(SUMMER)
        assert (passage.from_state, passage.to_state) == ("", "felt")
        assert (passage.on, passage.by_id) == (localdate(), cast.alice.public_id)
        line = AuditLine.objects.get(subject_id=need.public_id)
        assert (line.act, line.actor_id) == ("state", cast.alice.public_id)


def test_a_firm_states_its_own_needs_and_no_other_firm_s(cast: Cast) -> None:
    bob = acting(cast.bob, cast.network)
    said = {"kind": "need", "topic": "training", "title": "Hygiène"}
    with inside(cast.network):
        need = state_need(acting=bob, network=cast.network, organisation=cast.bakery, **said)  # type: ignore[arg-type]  # given by name
        assert need.organisation == cast.bakery
        with pytest.raises(PermissionDenied):
            state_need(acting=bob, network=cast.network, organisation=cast.garage, **said)  # type: ignore[arg-type]  # given by name
        chloe = acting(cast.chloe, cast.network)
        with pytest.raises(PermissionDenied):
            state_need(acting=chloe, network=cast.network, organisation=cast.bakery, **said)  # type: ignore[arg-type]  # given by name


def test_an_answer_sent_twice_states_a_need_once(cast: Cast) -> None:
    answer = uuid4()
    said = {"kind": "need", "topic": "staff", "title": "Vendeuse"}
    with inside(cast.network):
        first, second = (
            state_need(network=cast.network, organisation=cast.bakery, came_from=answer, **said)  # type: ignore[arg-type]  # given by name
            for _time in range(2)
        )
        assert first == second
        assert Need.objects.count() == 1
        assert NeedPassage.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": "  "}, "Say what it is, in a few words."),
        (
            {"half_hours": [400] * 12},
            "Hours a week go from 0 to 168, for each of the twelve months.",
        ),
        ({"half_hours": [10]}, "Hours a week go from 0 to 168, for each of the twelve months."),
        ({"state": NeedState.SERVED}, "A need begins as felt, made precise or asked for."),
    ],
)
def test_an_impossible_statement_is_refused(
    cast: Cast, words: dict[str, object], sentence: str
) -> None:
    with inside(cast.network):
        with pytest.raises(NeedError) as refusal:
            stated(cast, cast.bakery, **words)
        assert str(refusal.value) == sentence
        assert not Need.objects.exists()


def test_a_firm_that_is_closed_or_not_listed_states_nothing(cast: Cast) -> None:
    with inside(cast.network):
        Membership.objects.filter(organisation=cast.garage).delete()
        with pytest.raises(NeedError, match="not in the directory"):
            stated(cast, cast.garage)
        Organisation.objects.filter(pk=cast.bakery.pk).update(closed_on=localdate())
        with pytest.raises(NeedError, match="This firm is closed"):
            stated(cast, Organisation.objects.get(pk=cast.bakery.pk))


def test_a_need_goes_on_step_by_step(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        need = stated(cast, cast.bakery)
        for state in ROAD[1:]:
            need = move_need(acting=alice, need=need, to=state)
        assert need.state == "served"
        went = NeedPassage.objects.filter(need=need).values_list("from_state", "to_state")
        assert list(went) == [
            ("", "felt"),
            ("felt", "characterised"),
            ("characterised", "expressed"),
            ("expressed", "committed"),
            ("committed", "served"),
        ]


def test_a_step_too_far_is_refused(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        need = stated(cast, cast.bakery)
        with pytest.raises(NeedError) as refusal:
            move_need(acting=alice, need=need, to=NeedState.SERVED)
        assert str(refusal.value) == "From “Felt”, this cannot go to “Served”."
        need.refresh_from_db()
        assert need.state == "felt"


def test_a_step_back_and_giving_up_say_why(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        need = stated(cast, cast.bakery, state=NeedState.CHARACTERISED)
        for to in (NeedState.FELT, NeedState.DROPPED):
            with pytest.raises(NeedError, match="Say why"):
                move_need(acting=alice, need=need, to=to, reason="  ")
        move_need(acting=alice, need=need, to=NeedState.DROPPED, reason="A embauché seule")
        last = NeedPassage.objects.filter(need=need).last()
        assert last is not None
        assert last.reason == "A embauché seule"


def test_a_firm_withdraws_its_own_and_moves_nothing_else(cast: Cast) -> None:
    bob, emma = acting(cast.bob, cast.network), acting(cast.emma, cast.network)
    with inside(cast.network):
        need = stated(cast, cast.bakery)
        with pytest.raises(PermissionDenied):
            move_need(acting=bob, need=need, to=NeedState.CHARACTERISED)
        with pytest.raises(PermissionDenied):
            move_need(acting=emma, need=need, to=NeedState.DROPPED, reason="x")
        assert move_need(acting=bob, need=need, to=NeedState.DROPPED, reason="x").state == "dropped"


def test_words_changed_meanwhile_are_not_written_over(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        need = stated(cast, cast.bakery)
        changed = change_need(
            acting=alice, need=need, version=1, words=words_of(need, title="Vendeur", strength=4)
        )
        assert (changed.title, changed.strength, changed.version) == ("Vendeur", 4, 2)
        with pytest.raises(NeedChangedError) as refusal:
            change_need(acting=alice, need=need, version=1, words=words_of(need, title="Autre"))
        assert refusal.value.now.title == "Vendeur"
        need.refresh_from_db()
        assert need.title == "Vendeur"


def test_words_kept_as_they_are_make_no_new_version(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        need = stated(cast, cast.bakery, half_hours=SUMMER)
        same = change_need(acting=alice, need=need, version=1, words=words_of(need))
        assert same.version == 1


@given(st.sampled_from(NeedState), st.sampled_from(NeedState))
def test_only_a_step_forward_needs_no_reason(state: NeedState, to: NeedState) -> None:
    forward = state in ROAD and to in ROAD and ROAD.index(to) == ROAD.index(state) + 1
    if to in MOVES[state]:
        assert needs_reason(state, to) is not forward
    else:
        assert not forward
