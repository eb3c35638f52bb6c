"""Offers that could answer needs: found, told to firms that may know, never between competitors."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import Membership
from maillage.foundation.notify.models import Notification
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import Competition
from maillage.launch.needs.actions import Words, change_need, move_need
from maillage.launch.needs.enums import MatchState, NeedState
from maillage.launch.needs.matching import look_for_matches, why_alone
from maillage.launch.needs.models import Match, Need
from tests.cast import Cast, acting, cast_of, inside, more_firms
from tests.launch.needs.matches import agreed, garagist, matched, need_of_bob, offer_of_the_garage
from tests.launch.needs.stories import SUMMER, stated


def pairs() -> list[tuple[str, str]]:
    """Return the titles of what is matched, the best first."""
    return [(one.need.title, one.offer.title) for one in Match.objects.all()]


def looked(cast: Cast) -> int:
    """Let Alice look for matches; return how many are new."""
    return look_for_matches(acting=acting(cast.alice, cast.network)).new


def test_an_offer_stated_after_a_need_is_matched_with_its_reasons(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        assert (match.state, match.metres) == (MatchState.PROPOSED, 30397)
        assert match.reasons == [
            {"kind": "topic", "thousandths": 1000},
            {"kind": "occupation", "thousandths": 1000},
            {"kind": "words", "thousandths": 333, "words": ["fourgon"]},
            # 15 of 30 half-hours in July and in August, of 90 in the summer
            {"kind": "months", "thousandths": 334, "months": [7, 8]},
            {"kind": "strength", "thousandths": 800},
        ]


def test_competitors_are_never_matched_whatever_they_show(cast: Cast) -> None:
    with inside(cast.network):
        need_of_bob(cast, level=Level.PUBLIC)
        words = {"title": "Livreur", "occupation_label": "Livreur", "occupation": "N4105"}
        stated(cast, cast.rival, kind="offer", level=Level.PUBLIC, half_hours=SUMMER, **words)
        assert looked(cast) == 0
        assert pairs() == []
        assert [why for _need, why in why_alone(cast.network)] == ["kept_apart"]


def test_a_firm_is_never_matched_with_itself(cast: Cast) -> None:
    with inside(cast.network):
        need = need_of_bob(cast)
        need_of_bob(cast, kind="offer")
        assert pairs() == []
        assert why_alone(cast.network) == [(need, "kept_apart")]


def test_looking_again_changes_nothing_and_drops_what_fits_no_more(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        assert looked(cast) == 0
        assert Match.objects.get() == match
        Need.objects.filter(pk=match.offer_id).update(topic="export")
        assert looked(cast) == 0
        assert pairs() == []
        line = AuditLine.objects.filter(act="match").latest("at")
        assert line.subject_id == cast.network.public_id


def test_words_changed_are_weighed_again_and_not_told_twice(cast: Cast) -> None:
    with inside(cast.network):
        match = matched(cast)
        told = Notification.objects.count()
        need = match.need
        words = Words(
            topic="staff",
            title="Livreuse",
            detail="",
            occupation="N4105",
            occupation_label="Livreuse",
            half_hours=tuple(need.half_hours),
            strength=4,
            territory=None,
            sector="",
            job_category="",
            public="",
        )
        bob = acting(cast.bob, cast.network)
        change_need(acting=bob, need=need, version=1, words=words)
        again = Match.objects.get()
        assert again == match
        assert "words" not in {reason["kind"] for reason in again.reasons}
        assert Notification.objects.count() == told
        Match.objects.update(state=MatchState.DECLINED, need_said=False)
        assert looked(cast) == 0
        assert Match.objects.get().state == MatchState.DECLINED


def test_needs_that_are_closed_or_gone_are_not_matched(cast: Cast) -> None:
    with inside(cast.network):
        need = need_of_bob(cast)
        alice = acting(cast.alice, cast.network)
        move_need(acting=alice, need=need, to=NeedState.DROPPED, reason="Embauchée")
        offer_of_the_garage(cast)
        assert pairs() == []
        Need.objects.filter(pk=need.pk).update(state=NeedState.FELT)
        Membership.objects.filter(organisation=cast.garage).delete()
        assert looked(cast) == 0


def test_an_offer_is_proposed_to_the_few_that_it_suits_best(cast: Cast) -> None:
    firms = more_firms(cast, 7)
    with inside(cast.network):
        offer_of_the_garage(cast)
        for firm in firms:
            stated(cast, firm, title="Livreuse", occupation_label="Livreuse", half_hours=SUMMER)
        assert Match.objects.count() == 5
        strong = Need.objects.filter(kind="need", organisation=firms[-1])
        strong.update(strength=5)
        assert looked(cast) == 1
        assert Match.objects.count() == 5
        assert Match.objects.filter(need__in=strong).exists()
        need_of_bob(cast)  # suits it better, and comes when the offer has its fill
        assert not Match.objects.filter(need__organisation=cast.bakery).exists()
        assert looked(cast) == 1
        assert Match.objects.filter(need__organisation=cast.bakery).exists()


def test_each_firm_that_lets_itself_be_proposed_is_told_once(cast: Cast) -> None:
    garagist(cast)
    with inside(cast.network):
        need_of_bob(cast, level=Level.PRIVATE)
        offer_of_the_garage(cast)
        assert len(pairs()) == 1
        assert Notification.objects.count() == 0
        Match.objects.all().delete()
        agreed(cast, "bakery")
        assert looked(cast) == 1
        assert sorted(Notification.objects.values_list("person__name", flat=True)) == [
            "Bob",
            "Gaëlle",
        ]
        message = Notification.objects.first()
        assert message is not None
        assert (message.about_id, message.url) == (None, "/n/metiers-partages/needs/mine/matches/")
        assert looked(cast) == 0
        assert Notification.objects.count() == 2


def test_only_who_follows_needs_looks_for_matches(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(PermissionDenied):
        look_for_matches(acting=acting(cast.bob, cast.network))


def test_networks_are_matched_apart(cast: Cast) -> None:
    other = cast_of("autre-reseau")
    with inside(other.network):
        offer_of_the_garage(other)
    with inside(cast.network):
        need_of_bob(cast)
        assert looked(cast) == 0


def test_competitors_since_are_proposed_no_more(cast: Cast) -> None:
    with inside(cast.network):
        matched(cast)
        first, second = sorted((cast.bakery, cast.garage), key=lambda firm: firm.pk)
        Competition.objects.create(
            first=first, second=second, source="animator", confirmed_at=now()
        )
        assert looked(cast) == 0
        assert pairs() == []


def test_many_are_matched_with_few_questions_to_the_database(
    cast: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    firms = more_firms(cast, 40)
    with inside(cast.network):
        for rank, firm in enumerate(firms):
            kind = "offer" if rank % 2 else "need"
            stated(cast, firm, title="Four à pain", topic="equipment", kind=kind, strength=3)
        Match.objects.all().delete()
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]  # a context manager
            assert looked(cast) == 60
