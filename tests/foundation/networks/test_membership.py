"""Entry, exit, return, change of place: dated, easy, and counted on any day."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.membership import (
    change_tier,
    come_back,
    enter,
    leave,
    stay,
    take_entry_back,
)
from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import Membership, MembershipPeriod
from maillage.foundation.networks.queries import (
    first_entries,
    headcount,
    members_on,
    standing_on,
    with_first_entry,
)
from maillage.foundation.networks.refusals import MembershipError
from maillage.foundation.notify.models import Notification
from maillage.foundation.organisations.models import Organisation
from tests.cast import START, Cast, acting, cast_of, inside, more_firms

TODAY = localdate()
DAY = timedelta(days=1)
PlaceOf = Callable[[Organisation], Membership]


def periods(membership: Membership) -> list[tuple[str, date, date | None]]:
    rows = MembershipPeriod.objects.filter(membership=membership).order_by("starts_on")
    return [(row.tier, row.starts_on, row.ends_on) for row in rows]


@pytest.fixture
def newcomer(here: Cast) -> Membership:
    """A joinery that is in the directory and has never been a member."""
    joinery, other = more_firms(here, 2)
    MembershipPeriod.objects.filter(membership__organisation=joinery).delete()
    assert not MembershipPeriod.objects.filter(membership__organisation=other).exists()
    return Membership.objects.get(organisation=joinery)


def test_entry_makes_a_member_and_leaves_a_trace(
    here: Cast, alice: Acting, newcomer: Membership
) -> None:
    enter(acting=alice, membership=newcomer, tier=Tier.PERIPHERY, starts_on=TODAY)
    assert periods(newcomer) == [("periphery", TODAY, None)]
    line = AuditLine.objects.get(subject_id=newcomer.public_id)
    assert (line.act, line.actor_id) == ("enter", here.alice.public_id)
    assert line.network_id == here.network.public_id


def test_second_entry_is_refused_with_the_day_of_the_first(
    alice: Acting, here: Cast, place_of: PlaceOf
) -> None:
    with pytest.raises(MembershipError, match="already a member, since 1 January 2020"):
        enter(acting=alice, membership=place_of(here.bakery), tier=Tier.CORE, starts_on=TODAY)


def test_firm_leaves_by_itself_from_today_on(here: Cast, bob: Acting, place_of: PlaceOf) -> None:
    bakery = place_of(here.bakery)
    with pytest.raises(MembershipError, match="today or a later day"):
        leave(acting=bob, membership=bakery, last_day=TODAY - DAY)
    leave(acting=bob, membership=bakery, last_day=TODAY)
    assert periods(bakery) == [("core", START, TODAY)]
    assert headcount(here.network, TODAY)[Tier.CORE] == 3
    assert headcount(here.network, TODAY + DAY)[Tier.CORE] == 2


def test_firm_does_not_make_another_one_leave(here: Cast, bob: Acting, place_of: PlaceOf) -> None:
    with pytest.raises(PermissionDenied):
        leave(acting=bob, membership=place_of(here.garage), last_day=TODAY)
    with pytest.raises(PermissionDenied):
        enter(acting=bob, membership=place_of(here.bakery), tier=Tier.CORE, starts_on=TODAY)


def test_worker_does_not_make_her_firm_leave(here: Cast, place_of: PlaceOf) -> None:
    chloe = acting(here.chloe, here.network)
    with pytest.raises(PermissionDenied):
        leave(acting=chloe, membership=place_of(here.bakery), last_day=TODAY)


def test_firm_changes_its_mind_until_its_last_day(
    here: Cast, alice: Acting, bob: Acting, place_of: PlaceOf
) -> None:
    bakery = place_of(here.bakery)
    leave(acting=bob, membership=bakery, last_day=TODAY, reason="Retirement")
    stay(acting=bob, membership=bakery)
    assert periods(bakery) == [("core", START, None)]
    leave(acting=alice, membership=bakery, last_day=TODAY - DAY)
    with pytest.raises(MembershipError, match="The last day has passed"):
        stay(acting=bob, membership=bakery)
    stay(acting=alice, membership=bakery)
    assert periods(bakery) == [("core", START, None)]


def test_exit_before_the_entry_is_refused(here: Cast, alice: Acting, place_of: PlaceOf) -> None:
    with pytest.raises(MembershipError, match="2020 only") as refused:
        leave(acting=alice, membership=place_of(here.bakery), last_day=START - DAY)
    assert refused.value.field == "last_day"


def test_return_is_another_period_and_never_covers_the_first(
    here: Cast, alice: Acting, place_of: PlaceOf
) -> None:
    bakery = place_of(here.bakery)
    left = TODAY - 30 * DAY
    leave(acting=alice, membership=bakery, last_day=left, reason="Moved away")
    with pytest.raises(MembershipError, match="record its return instead"):
        enter(acting=alice, membership=bakery, tier=Tier.CORE, starts_on=TODAY)
    with pytest.raises(MembershipError, match="it can return from the next day on"):
        come_back(acting=alice, membership=bakery, tier=Tier.CORE, starts_on=left)
    come_back(acting=alice, membership=bakery, tier=Tier.OBSERVER, starts_on=TODAY)
    assert periods(bakery) == [("core", START, left), ("observer", TODAY, None)]
    assert headcount(here.network, TODAY - 5 * DAY) == {"core": 2, "periphery": 0, "observer": 0}
    assert headcount(here.network, TODAY) == {"core": 2, "periphery": 0, "observer": 1}


def test_return_of_a_firm_that_never_came_is_an_entry(alice: Acting, newcomer: Membership) -> None:
    with pytest.raises(MembershipError, match="record its entry instead"):
        come_back(acting=alice, membership=newcomer, tier=Tier.CORE, starts_on=TODAY)


def test_change_of_place_keeps_the_days_before(
    here: Cast, alice: Acting, place_of: PlaceOf
) -> None:
    bakery = place_of(here.bakery)
    change_tier(acting=alice, membership=bakery, tier=Tier.OBSERVER, starts_on=TODAY)
    assert periods(bakery) == [("core", START, TODAY - DAY), ("observer", TODAY, None)]
    assert headcount(here.network, TODAY - DAY) == {"core": 3, "periphery": 0, "observer": 0}


def test_change_of_place_taken_back_leaves_one_period(
    here: Cast, alice: Acting, place_of: PlaceOf
) -> None:
    bakery = place_of(here.bakery)
    change_tier(acting=alice, membership=bakery, tier=Tier.OBSERVER, starts_on=TODAY)
    change_tier(acting=alice, membership=bakery, tier=Tier.CORE, starts_on=TODAY)
    assert periods(bakery) == [("core", START, None)]


def test_entry_taken_back_never_was(here: Cast, alice: Acting, newcomer: Membership) -> None:
    enter(acting=alice, membership=newcomer, tier=Tier.CORE, starts_on=TODAY)
    take_entry_back(acting=alice, membership=newcomer)
    assert periods(newcomer) == []
    acts = AuditLine.objects.filter(subject_id=newcomer.public_id).order_by("id")
    assert [line.act for line in acts] == ["enter", "take_entry_back"]


def test_day_mistyped_by_centuries_is_refused(alice: Acting, newcomer: Membership) -> None:
    for day in (date(26, 3, 3), TODAY + 400 * DAY):
        with pytest.raises(MembershipError, match="Check the year"):
            enter(acting=alice, membership=newcomer, tier=Tier.CORE, starts_on=day)


def test_unknown_place_is_refused(alice: Acting, newcomer: Membership) -> None:
    with pytest.raises(MembershipError, match="core, periphery or observer"):
        enter(acting=alice, membership=newcomer, tier="honorary", starts_on=TODAY)


def test_head_of_the_firm_is_told_and_the_competitor_is_not(
    here: Cast, alice: Acting, place_of: PlaceOf
) -> None:
    leave(acting=alice, membership=place_of(here.bakery), last_day=TODAY)
    told = Notification.objects.get()
    assert told.person == here.bob
    assert told.about_id == here.bakery.public_id
    assert "you are a member until" in told.title


def test_standing_says_who_is_in_who_left_and_since_when(
    here: Cast, alice: Acting, place_of: PlaceOf
) -> None:
    bakery, garage = place_of(here.bakery), place_of(here.garage)
    change_tier(acting=alice, membership=bakery, tier=Tier.OBSERVER, starts_on=TODAY)
    leave(acting=alice, membership=garage, last_day=TODAY - DAY)
    rows = {
        row.membership_id: (row.tier, row.ends_on, row.entered_on)
        for row in with_first_entry(standing_on(here.network, TODAY))
    }
    assert rows[bakery.pk] == ("observer", None, START)
    assert rows[garage.pk] == ("core", TODAY - DAY, START)
    assert len(rows) == 3
    assert first_entries([bakery.pk, garage.pk]) == {bakery.pk: START, garage.pk: START}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "come_back", "leave", "stay", "change_tier", "take_entry_back"]),
        st.sampled_from(Tier.values),
        st.integers(0, 40),
    ),
    max_size=12,
)


class Periods(TestCase):
    """Whatever is asked in whatever order, places never overlap and the count is right."""

    @given(ACTS)
    def test_periods_never_overlap_and_the_headcount_is_theirs(
        self, acts: list[tuple[str, str, int]]
    ) -> None:
        cast = cast_of("any-order")
        with inside(cast.network):
            membership = Membership.objects.get(organisation=cast.garage)
            MembershipPeriod.objects.all().delete()
            alice = acting(cast.alice, cast.network)
            for act, tier, offset in acts:
                _try(act, alice, membership, tier, TODAY - 40 * DAY + offset * DAY)
            rows = periods(membership)
            for (_t, _s, ends), (_u, starts, _e) in pairwise(rows):
                assert ends is not None
                assert ends < starts
            for offset in range(0, 45, 3):
                day = TODAY - 42 * DAY + offset * DAY
                expected = [tier for tier, s, e in rows if s <= day and (e is None or day <= e)]
                counts = headcount(cast.network, day)
                assert counts == {tier: expected.count(tier) for tier in Tier.values}
                assert members_on(cast.network, day).count() == len(expected)


def _try(act: str, alice: Acting, membership: Membership, tier: str, day: date) -> None:
    try:
        if act in {"enter", "come_back", "change_tier"}:
            chosen = {"enter": enter, "come_back": come_back, "change_tier": change_tier}[act]
            chosen(acting=alice, membership=membership, tier=tier, starts_on=day)
        elif act == "leave":
            leave(acting=alice, membership=membership, last_day=day)
        elif act == "stay":
            stay(acting=alice, membership=membership)
        else:
            take_entry_back(acting=alice, membership=membership)
    except MembershipError:
        return
