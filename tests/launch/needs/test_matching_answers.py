"""Both say yes and are introduced; a no is told to nobody; each refusal is a clear sentence."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Membership
from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import Competition, Consent, Introduction
from maillage.launch.needs.enums import MatchState, NeedState
from maillage.launch.needs.matching_answers import MatchError, answer_match, take_back_answer
from maillage.launch.needs.matching_queries import SeenMatch, matches_for
from maillage.launch.needs.models import Match, Need
from maillage.launch.needs.queries import shown_needs
from tests.cast import Cast, acting, inside
from tests.launch.needs.matches import agreed, garagist, matched

CLOSED = "This proposal is closed: it can no longer be answered."


@pytest.fixture
def gaelle(cast: Cast) -> Person:
    """Gaëlle, who owns the garage."""
    return garagist(cast)


def say(cast: Cast, person: Person, match: Match, *, yes: bool = True) -> Match:
    """Let somebody answer."""
    return answer_match(acting=acting(person, cast.network), match=match, yes=yes)


def read(cast: Cast, person: Person) -> list[SeenMatch]:
    """Return what somebody reads of the matches of their firm."""
    role = acting(person, cast.network)
    assert role.firm is not None
    return matches_for(role, role.firm)


def test_each_side_reads_why_and_how_far_and_not_who(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        matched(cast)
        (for_bob,) = read(cast, cast.bob)
        (for_gaelle,) = read(cast, gaelle)
        assert (for_bob.stage, for_bob.topic, for_bob.met) == ("asked", "staff", None)
        assert for_bob.own.title == "Livreuse"
        assert for_gaelle.own.title == "Notre livreur Kévin"
        assert [reason["kind"] for reason in for_bob.reasons] == [
            "topic",
            "occupation",
            "words",
            "months",
            "strength",
        ]
        assert read(cast, cast.emma) == []


def test_one_yes_is_not_told_and_two_introduce(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        Notification.objects.all().delete()
        assert say(cast, cast.bob, match).state == MatchState.ONE
        assert [one.stage for one in read(cast, cast.bob)] == ["waiting"]
        assert [one.stage for one in read(cast, gaelle)] == ["asked"]
        assert Notification.objects.count() == 0
        assert say(cast, gaelle, match).state == MatchState.BOTH
        kept = Match.objects.get()
        assert kept.need_said_at is not None
        assert kept.offer_said_at is not None
        (for_bob,), (for_gaelle,) = read(cast, cast.bob), read(cast, gaelle)
        assert for_bob.met is not None
        assert for_gaelle.met is not None
        assert (for_bob.met.name, for_bob.met.title) == ("Garage Lemoine", "Notre livreur Kévin")
        assert (for_gaelle.met.name, for_gaelle.met.title) == ("Boulangerie Martin", "Livreuse")
        introduction = Introduction.objects.get()
        assert (introduction.asking, introduction.asked) == (cast.bakery, cast.garage)
        assert introduction.accepted_at is not None
        message = Notification.objects.get()  # Gaëlle, who acted, reads it on the page
        assert (message.person, message.about_id) == (cast.bob, cast.garage.public_id)
        assert message.title == "You and Garage Lemoine both said yes: you may now talk."
        assert OutgoingMail.objects.get().to == cast.bob.email
        titles = shown_needs(acting(cast.bob, cast.network)).values_list("title", flat=True)
        assert list(titles) == ["Notre livreur Kévin"]


def test_what_stays_private_is_not_told_even_to_whom_one_meets(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        agreed(cast, "garage")
        Need.objects.filter(pk=match.offer_id).update(level=Level.PRIVATE)
        say(cast, cast.bob, match)
        say(cast, gaelle, match)
        (seen,) = read(cast, cast.bob)
        assert seen.met is not None
        assert (seen.met.name, seen.met.title) == ("Garage Lemoine", "")


def test_a_no_reads_as_closed_for_the_other(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        say(cast, cast.bob, match)
        assert say(cast, gaelle, match, yes=False).state == MatchState.DECLINED
        assert [one.stage for one in read(cast, cast.bob)] == ["closed"]
        assert [one.stage for one in read(cast, gaelle)] == ["no"]
        assert Introduction.objects.count() == 0


def test_a_no_before_any_answer_leaves_nothing_to_answer(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        say(cast, gaelle, match, yes=False)
        assert read(cast, cast.bob) == []
        with pytest.raises(MatchError, match=CLOSED):
            say(cast, cast.bob, match)


def test_saying_yes_twice_is_told(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        say(cast, cast.bob, match)
        with pytest.raises(MatchError, match="You have already said yes"):
            say(cast, cast.bob, match)
        assert Match.objects.get().state == MatchState.ONE


def test_a_yes_after_the_other_left_is_told(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        Membership.objects.filter(organisation=cast.garage).delete()
        with pytest.raises(MatchError, match=CLOSED):
            say(cast, cast.bob, match)


@pytest.mark.parametrize("gone", ["served", "shut", "hidden", "competes", "forgotten"])
def test_a_yes_to_what_is_no_more_is_told(cast: Cast, gaelle: Person, gone: str) -> None:
    with inside(cast.network):
        match = matched(cast)
        if gone == "served":
            Need.objects.filter(pk=match.offer_id).update(state=NeedState.SERVED)
        elif gone == "shut":
            Organisation.objects.filter(pk=cast.garage.pk).update(closed_on=localdate())
        elif gone == "hidden":
            Need.objects.filter(pk=match.offer_id).update(level=Level.PRIVATE)
        elif gone == "competes":
            Competition.objects.create(
                first=min(cast.bakery, cast.garage, key=lambda firm: firm.pk),
                second=max(cast.bakery, cast.garage, key=lambda firm: firm.pk),
                source="animator",
                confirmed_at=now(),
            )
        else:
            Match.objects.all().delete()
        with pytest.raises(MatchError, match=CLOSED):
            say(cast, cast.bob, match)
        assert read(cast, cast.bob) == []
        assert read(cast, gaelle) == []


def test_a_yes_for_what_one_withdrew_is_told(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        Need.objects.filter(pk=match.need_id).update(state=NeedState.DROPPED)
        with pytest.raises(MatchError, match="What you stated is closed"):
            say(cast, cast.bob, match)


def test_an_answer_is_taken_back_until_the_two_have_met(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        bob = acting(cast.bob, cast.network)
        say(cast, cast.bob, match, yes=False)
        with pytest.raises(MatchError, match="You have already said no"):
            say(cast, cast.bob, match)
        assert take_back_answer(acting=bob, match=match).state == MatchState.PROPOSED
        assert Match.objects.get().need_said_at is None
        say(cast, cast.bob, match)
        say(cast, gaelle, match)
        for late in (take_back_answer, lambda **on: answer_match(**on, yes=True)):
            with pytest.raises(MatchError, match="know each other now"):
                late(acting=bob, match=match)


def test_who_keeps_its_needs_private_is_proposed_to_nobody(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        Need.objects.filter(pk=match.need_id).update(level=Level.PRIVATE)
        assert read(cast, cast.bob) == []
        assert read(cast, gaelle) == []
        agreed(cast, "bakery")
        assert [one.stage for one in read(cast, gaelle)] == ["asked"]
        say(cast, gaelle, match)
        Consent.objects.update(revoked_at=now())
        assert [one.stage for one in read(cast, gaelle)] == ["closed"]


def test_only_the_two_firms_answer(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        for person in (cast.alice, cast.chloe, cast.emma, cast.farid):
            with pytest.raises(PermissionDenied):
                say(cast, person, match)


def test_an_introduction_already_asked_is_accepted(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        asked = Introduction.objects.create(
            network=cast.network, asking=cast.garage, asked=cast.bakery
        )
        say(cast, cast.bob, match)
        say(cast, gaelle, match)
        asked.refresh_from_db()
        assert asked.accepted_at is not None
        assert Introduction.objects.count() == 1


def test_those_who_have_met_before_stay_introduced(cast: Cast, gaelle: Person) -> None:
    with inside(cast.network):
        match = matched(cast)
        day = now()
        Introduction.objects.create(
            network=cast.network, asking=cast.garage, asked=cast.bakery, accepted_at=day
        )
        say(cast, cast.bob, match)
        say(cast, gaelle, match)
        assert Introduction.objects.get().accepted_at == day


def test_the_database_refuses_names_that_one_side_alone_would_give(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Match.objects.filter(pk=match.pk).update(state=MatchState.BOTH, need_said=True)
