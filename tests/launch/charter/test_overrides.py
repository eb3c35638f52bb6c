"""No worker shared by competitors, unless both have written otherwise; others learn nothing."""

from collections.abc import Sequence

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.actions.competitors import end_competition
from maillage.foundation.visibility.models import Competition, CompetitionLift, CompetitorClaim
from maillage.launch.charter.models import Override
from maillage.launch.charter.overrides import (
    OverrideError,
    agree_to_override,
    ask_override,
    end_override,
)
from maillage.launch.charter.queries import is_in_force, kept_apart, known_competitors, overrides_of
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.charter.stories import met, published


def asked(cast: Cast) -> Override:
    """Let Bob ask Emma."""
    return ask_override(
        acting=acting(cast.bob, cast.network),
        firm=cast.bakery,
        competition=Competition.objects.get(),
        reason="Un vendeur du samedi pour nous deux",
    )


def pair(cast: Cast) -> frozenset[tuple[int, int]]:
    """Return the pair of Bob and Emma."""
    first, second = sorted((cast.bakery.pk, cast.rival.pk))
    return frozenset({(first, second)})


def test_competitors_are_kept_apart_before_and_after_the_charter_says_so(cast: Cast) -> None:
    with inside(cast.network):
        assert kept_apart(cast.network) == pair(cast)
        published(cast)
        assert kept_apart(cast.network) == pair(cast)
        Competition.objects.update(confirmed_at=None)
        assert kept_apart(cast.network) == frozenset()


def test_one_side_alone_changes_nothing(cast: Cast) -> None:
    with inside(cast.network):
        published(cast)
        met(cast)
        override = asked(cast)
        assert not is_in_force(override)
        assert kept_apart(cast.network) == pair(cast)
        with pytest.raises(OverrideError, match="you answered it already"):
            agree_to_override(
                acting=acting(cast.bob, cast.network), firm=cast.bakery, override=override
            )
        assert kept_apart(cast.network) == pair(cast)


def test_two_sides_lift_it_and_either_ends_it(cast: Cast) -> None:
    bob, emma = acting(cast.bob, cast.network), acting(cast.emma, cast.network)
    with inside(cast.network):
        published(cast)
        met(cast)
        override = agree_to_override(acting=emma, firm=cast.rival, override=asked(cast))
        assert is_in_force(override)
        assert kept_apart(cast.network) == frozenset()
        end_override(acting=emma, firm=cast.rival, override=override)
        assert kept_apart(cast.network) == pair(cast)
        with pytest.raises(OverrideError, match="has ended already"):
            end_override(acting=bob, firm=cast.bakery, override=override)
        again = agree_to_override(acting=emma, firm=cast.rival, override=asked(cast))
        end_override(acting=bob, firm=cast.bakery, override=again)
        assert kept_apart(cast.network) == pair(cast)
        acts = AuditLine.objects.filter(subject_type="Override").order_by("id")
        assert (
            list(acts.values_list("act", flat=True))
            == [
                "ask override",
                "agree to override",
                "end override",
            ]
            * 2
        )


def test_what_was_ended_is_no_longer_agreed_to(cast: Cast) -> None:
    bob, emma = acting(cast.bob, cast.network), acting(cast.emma, cast.network)
    with inside(cast.network):
        published(cast)
        met(cast)
        override = asked(cast)
        end_override(acting=bob, firm=cast.bakery, override=override)
        with pytest.raises(OverrideError, match="no longer asked"):
            agree_to_override(acting=emma, firm=cast.rival, override=override)
        assert kept_apart(cast.network) == pair(cast)


def test_a_firm_asks_only_a_competitor_that_it_knows(cast: Cast) -> None:
    with inside(cast.network):
        published(cast)
        CompetitorClaim.objects.create(
            organisation=cast.bakery,
            name=cast.rival.name,
            commune="Blois",
            competition=Competition.objects.get(),
        )
        with pytest.raises(OverrideError, match="a competitor whom you have agreed to meet"):
            asked(cast)
        lift = CompetitionLift.objects.create(
            competition=Competition.objects.get(),
            topic="Farine",
            proposed_by_id=cast.alice.public_id,
            first_agreed_at=now(),
        )
        assert not known_competitors(cast.bakery).exists()
        lift.second_agreed_at = now()
        lift.save()
        assert [one.second for one in known_competitors(cast.bakery)] == [cast.rival]
        lift.ended_at = now()
        lift.save()
        assert not known_competitors(cast.bakery).exists()
        assert not Override.objects.exists()


def test_others_never_learn_of_it(cast: Cast) -> None:
    with inside(cast.network):
        published(cast)
        met(cast)
        override = asked(cast)
        assert list(overrides_of(cast.garage)) == []
        for person, firm in ((cast.emma, cast.bakery), (cast.alice, cast.rival)):
            with pytest.raises(PermissionDenied):
                agree_to_override(acting=acting(person, cast.network), firm=firm, override=override)
        with pytest.raises(PermissionDenied):
            end_override(
                acting=acting(cast.chloe, cast.network), firm=cast.bakery, override=override
            )


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_it_is_written_why(cast: Cast, reason: str) -> None:
    with inside(cast.network):
        published(cast)
        competition = met(cast)
        with pytest.raises(OverrideError, match="Write why") as refusal:
            ask_override(
                acting=acting(cast.bob, cast.network),
                firm=cast.bakery,
                competition=competition,
                reason=reason,
            )
        assert refusal.value.field == "reason"


def test_it_is_asked_once_and_only_while_the_charter_forbids(cast: Cast) -> None:
    with inside(cast.network):
        met(cast)
        with pytest.raises(OverrideError, match="The charter forbids nothing of the kind"):
            asked(cast)
        published(cast)
        asked(cast)
        with pytest.raises(OverrideError, match="asked between you already"):
            asked(cast)
        assert Override.objects.count() == 1


def test_competitors_recorded_anew_are_kept_apart_anew(cast: Cast) -> None:
    emma = acting(cast.emma, cast.network)
    with inside(cast.network):
        published(cast)
        competition = met(cast)
        override = agree_to_override(acting=emma, firm=cast.rival, override=asked(cast))
        end_competition(acting=acting(cast.alice, cast.network), competition=competition)
        override = overrides_of(cast.rival).get(pk=override.pk)
        assert not is_in_force(override)
        assert kept_apart(cast.network) == frozenset()
        Competition.objects.create(
            first=competition.first,
            second=competition.second,
            source="animator",
            declared_by_id=cast.alice.public_id,
            confirmed_at=now(),
        )
        assert kept_apart(cast.network) == pair(cast)


# What may have happened to a pair: competitors confirmed or not, dismissed, ended; and what the two
# wrote: nothing, one side, both, both and ended.
PAIRS = st.lists(
    st.tuples(
        st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "one", "both", "over"])
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(PAIRS)
def test_exactly_the_pairs_that_must_be_are_kept_apart(
    cast: Cast, pairs: Sequence[tuple[bool, bool, bool, str]]
) -> None:
    firms = more_firms(cast, 2 * len(pairs))
    with inside(cast.network):
        Competition.objects.all().delete()
        if not charter_is_out(cast):
            published(cast)
        expected = set()
        for rank, (confirmed, dismissed, ended, wrote) in enumerate(pairs):
            first, second = firms[2 * rank : 2 * rank + 2]
            made = Competition.objects.create(
                first=first,
                second=second,
                source="animator",
                confirmed_at=now() if confirmed else None,
                dismissed_at=now() if dismissed else None,
                ended_at=now() if ended else None,
            )
            written(cast, made, first, wrote)
            if confirmed and not dismissed and not ended and wrote != "both":
                expected.add((first.pk, second.pk))
        assert kept_apart(cast.network) == expected


def charter_is_out(cast: Cast) -> bool:
    """Whether an earlier example published the charter."""
    return bool(cast.network.agreements.exists())


def written(cast: Cast, competition: Competition, firm: Organisation, wrote: str) -> None:
    """Let the two have written what is told."""
    if wrote:
        Override.objects.create(
            network=cast.network,
            competition=competition,
            rule="no_shared_worker_between_competitors",
            asked_by=firm,
            reason="Accord",
            first_agreed_at=now(),
            second_agreed_at=now() if wrote != "one" else None,
            ended_at=now() if wrote == "over" else None,
        )
