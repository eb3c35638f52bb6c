"""Bob and Gaëlle are introduced once both said yes; Alice reads all of it; Emma nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.organisations.models import Site
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import Consent
from maillage.launch.needs.models import Match, Need
from maillage.web.needs.matches_words import band
from tests.cast import Cast, inside, more_firms
from tests.launch.needs.matches import garagist, matched, need_of_bob, offer_of_the_garage
from tests.launch.needs.stories import SUMMER, stated

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/needs/"
MINE = f"{AREA}mine/matches/"


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def gaelle(cast: Cast, client_of: ClientOf) -> Client:
    """Gaëlle's browser: the garage is hers."""
    return client_of(garagist(cast))


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def answered(client: Client, match: Match, answer: str) -> str:
    """Answer a match, and return what the page that follows says."""
    page = client.post(f"{MINE}{match.public_id}/{answer}/", follow=True)
    assert page.redirect_chain == [(MINE, 302)]
    return page.content.decode()


def test_bob_reads_why_and_nothing_that_names_the_garage(
    cast: Cast, bob: Client, gaelle: Client
) -> None:
    with inside(cast.network):
        matched(cast)
    page = text_of(bob, MINE)
    for told in (
        "Your need “Livreuse”",
        "A firm offers something that may answer it.",
        "30 to 50 km from you",
        "The same occupation: Livreuse",
        "Words in common: fourgon",
        "Hours that fit in July, August",
        "How strong your need is: Urgent",
    ):
        assert told in page
    for hidden in ("Lemoine", "Kévin", "Lices", "Vendôme", "N4105"):
        assert hidden not in page
    page = text_of(gaelle, MINE)
    for told in ("Your offer “Notre livreur Kévin”", "It matters to the other firm"):
        assert told in page
    for hidden in ("Martin", "Livreuse", "Pain", "brioches", "Blois", "Urgent"):
        assert hidden not in page


def test_two_who_say_yes_read_each_other_s_name(cast: Cast, bob: Client, gaelle: Client) -> None:
    with inside(cast.network):
        match = matched(cast)
    page = answered(bob, match, "yes")
    assert "Kept. Your name is told only if they say yes too." in page
    assert "Garage Lemoine" not in page
    assert "You have already said yes" in answered(bob, match, "yes")
    assert "Boulangerie Martin" not in text_of(gaelle, MINE)
    page = answered(gaelle, match, "yes")
    assert "You both said yes: here is who it is." in page
    assert "Boulangerie Martin" in page
    page = text_of(bob, MINE)
    assert "Garage Lemoine" in page
    assert f'href="/n/metiers-partages/firms/{cast.garage.public_id}/"' in page
    introductions = reverse("trust:introductions", args=[cast.network.slug])
    assert "Garage Lemoine" in text_of(bob, introductions)


def test_a_no_is_shown_as_closed_and_taken_back(cast: Cast, bob: Client, gaelle: Client) -> None:
    with inside(cast.network):
        match = matched(cast)
    answered(bob, match, "yes")
    page = answered(gaelle, match, "no")
    assert "Kept. The other firm is not told." in page
    assert "You said no." in page
    page = text_of(bob, MINE)
    assert "For “Livreuse”, Staff. Closed." in page
    assert "said no" not in page
    assert "Taken back: you may answer again." in answered(gaelle, match, "back")
    assert "Your offer “Notre livreur Kévin”" in text_of(gaelle, MINE)


def test_a_proposal_that_is_closed_says_so(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        match = matched(cast)
        Need.objects.filter(pk=match.offer_id).update(state="served")
    page = answered(bob, match, "yes")
    assert "This proposal is closed: it can no longer be answered." in page


def test_nobody_else_reads_or_answers(
    cast: Cast, alice: Client, client_of: ClientOf, bob: Client
) -> None:
    with inside(cast.network):
        match = matched(cast)
    emma = client_of(cast.emma)
    assert "fourgon" not in text_of(emma, MINE)
    for answer in ("yes", "no", "back"):
        path = f"{MINE}{match.public_id}/{answer}/"
        assert emma.post(path).status_code == 404
        assert alice.post(path).status_code == 403
        assert bob.get(path).status_code == 405
    assert alice.get(MINE).status_code == 403
    assert bob.get(f"{AREA}matches/").status_code == 403
    assert bob.post(f"{AREA}matches/look/").status_code == 403
    assert bob.get(f"{AREA}matches/alone/").status_code == 403


def test_bob_agrees_that_what_he_keeps_private_is_proposed_unnamed(
    cast: Cast, bob: Client, gaelle: Client
) -> None:
    with inside(cast.network):
        match = matched(cast)
        Need.objects.filter(pk=match.need_id).update(level=Level.PRIVATE)
    assert "Your offer" not in text_of(gaelle, MINE)
    page = text_of(bob, MINE)
    assert "What you keep private is proposed to nobody" in page
    agree = "/n/metiers-partages/trust/consents/introductions/give/"
    assert f'action="{agree}"' in page
    bob.post(agree)
    with inside(cast.network):
        assert Consent.objects.get().purpose == "introductions"
    assert "What you keep private" not in text_of(bob, MINE)
    assert "Your offer “Notre livreur Kévin”" in text_of(gaelle, MINE)


def test_alice_looks_for_matches_and_reads_all_of_them(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        match = matched(cast)
        Match.objects.all().delete()
        stated(cast, cast.rival, title="Ascenseur", topic="equipment")
    page = alice.post(f"{AREA}matches/look/", follow=True).content.decode()
    assert "1 new match. Needs without an offer: 1." in page
    for told in (
        "Livreuse",
        "Boulangerie Martin",
        "Notre livreur Kévin",
        "Garage Lemoine",
        "The same topic: Staff · The same occupation: Livreuse · Words in common: fourgon",
        "Hours that fit in July, August · Urgent",
    ):
        assert told in page
    assert "1 match" in text_of(alice, f"{AREA}matches/?q=lemoine&state=proposed&sort=need")
    assert "Notre livreur" not in text_of(alice, f"{AREA}matches/?state=both")
    looks = ReadLine.objects.filter(organisation_id=cast.garage.public_id, page="needs:matches")
    assert looks.exists()
    with inside(cast.network):
        Need.objects.filter(pk=match.need_id).update(level=Level.PRIVATE)
    assert "Not shown: a firm keeps it private" in text_of(alice, f"{AREA}matches/")
    exported = b"".join(alice.get(f"{AREA}matches/?export=csv")).decode("utf-8-sig")
    assert exported.splitlines()[1].startswith("Livreuse,Notre livreur Kévin,")


def test_alice_reads_why_a_need_has_no_offer(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        need_of_bob(cast, title="Four", topic="equipment", occupation="", occupation_label="")
        stated(cast, cast.bakery, kind="offer", title="Four", topic="equipment")
        stated(cast, cast.rival, title="Ascenseur", topic="equipment")
    page = text_of(alice, f"{AREA}matches/alone/")
    assert "2 needs without an offer" in page
    assert "What is offered about this is something else." in page
    assert "It is offered by the firm itself, by a competitor, or one of the two said no." in page


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, "Distance unknown"),
        (0, "Less than 10 km from you"),
        (9_999, "Less than 10 km from you"),
        (10_000, "10 to 20 km from you"),
        (49_999, "30 to 50 km from you"),
        (50_000, "More than 50 km from you"),
    ],
)
def test_a_distance_is_told_by_bands(metres: int | None, words: str) -> None:
    with override("en"):
        assert band(metres) == words


def test_pages_of_many_matches_ask_the_database_as_little_as_of_few(
    cast: Cast,
    alice: Client,
    bob: Client,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    with inside(cast.network):
        firms = more_firms(cast, 60)
        for rank in range(20):
            need_of_bob(cast, title=f"Livreuse {rank}")
        for firm in firms:
            words = {"title": "Livreur", "occupation_label": "Livreur", "occupation": "N4105"}
            stated(cast, firm, kind="offer", half_hours=SUMMER, level=Level.NETWORK, **words)
        assert Match.objects.count() == 60
    for client, path in ((alice, f"{AREA}matches/"), (alice, f"{AREA}matches/alone/"), (bob, MINE)):
        client.get(path)
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
            client.get(path)


def test_a_firm_without_a_place_is_matched_at_an_unknown_distance(
    cast: Cast, bob: Client, gaelle: Client
) -> None:
    with inside(cast.network):
        Site.objects.filter(organisation=cast.garage).delete()
        matched(cast)
    assert "Distance unknown" in text_of(bob, MINE)


def test_a_firm_nearby_is_told_by_its_band_alone(
    cast: Cast, alice: Client, bob: Client, gaelle: Client
) -> None:
    with inside(cast.network):
        Site.objects.filter(organisation=cast.garage).update(latitude=47.65, longitude=1.30)
        match = matched(cast)
        assert {"kind": "near", "thousandths": 878, "metres": 7343} in match.reasons
    page = text_of(bob, MINE)
    assert "Staff. Less than 10 km from you." in page
    assert page.count("<li>") == text_of(gaelle, MINE).count("<li>")
    for exact in ("7.3", "7343", "7\u00a0km", "apart"):
        assert exact not in page
    assert "7.3\u00a0km apart" in text_of(alice, f"{AREA}matches/")


def test_the_offer_alone_is_there(cast: Cast, gaelle: Client) -> None:
    with inside(cast.network):
        offer_of_the_garage(cast)
    assert "Nothing waits for your answer." in text_of(gaelle, MINE)
