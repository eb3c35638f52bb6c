"""Alice answers an absence on one screen; nobody else knows of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.run.employment.models import Absence
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.models import Assignment, Call, CallOffer, Hand
from tests.cast import Cast, inside
from tests.run.stories import shared_baker
from tests.web.calls.weeks import CALLS, NETWORK, ill, next_monday, only_call, slot_on, works

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_alice_answers_a_telephone_call(cast: Cast, alice: Client) -> None:
    day = next_monday()
    with inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        slot = slot_on(cast, day)
        works(gaelle, slot)
    typed = {
        "worker": str(gaelle.public_id),
        "day": day.isoformat(),
        "expected_on": (day + timedelta(days=1)).isoformat(),
        "kind": "sickness",
    }
    answer = alice.post(f"{CALLS}away/", typed)
    with inside(cast.network):
        call = only_call()
    page = f"{CALLS}{call.public_id}/"
    assert answer["Location"] == page
    text = text_of(alice, page)
    assert "1 slot lacks somebody" in text
    assert "Gaëlle is away (said by Alice)." in text
    assert "Ask Hugo" in text
    assert "L3131-1" in text
    assert 'href="tel:0600000000"' in text
    assert "Ask Hugo" in text_of(alice, CALLS)
    alice.post(f"{page}ask/", {"worker": str(hugo.public_id)})
    text = text_of(alice, page)
    assert "“Hello Hugo, could you come to Boulangerie Martin on Monday" in text
    with inside(cast.network):
        offer = CallOffer.objects.get()
    alice.post(f"{CALLS}offers/{offer.public_id}/yes/")
    assert "Hugo comes. Everyone concerned was told." in text_of(alice, page)
    with inside(cast.network):
        assert Assignment.objects.get().worker == hugo
    assert "Everybody is there" in text_of(alice, CALLS)


def test_a_no_on_the_telephone_is_written_down(cast: Cast, alice: Client) -> None:
    day = next_monday()
    with inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        works(gaelle, slot_on(cast, day))
        ill(gaelle, day)
        call = only_call()
    alice.post(f"{CALLS}{call.public_id}/ask/", {"worker": str(hugo.public_id)})
    with inside(cast.network):
        offer = CallOffer.objects.get()
    alice.post(f"{CALLS}offers/{offer.public_id}/no/")
    text = text_of(alice, f"{CALLS}{call.public_id}/")
    assert "Nothing is held against Hugo." in text
    assert "Asked: 1; no: 1." in text
    alice.post(f"{CALLS}{call.public_id}/", {"because": "Everybody rests"})
    with inside(cast.network):
        assert only_call().state == CallState.UNANSWERED


def test_alice_puts_the_return_off_and_takes_the_absence_back(cast: Cast, alice: Client) -> None:
    day = next_monday()
    with inside(cast.network):
        gaelle = shared_baker(cast)
        works(gaelle, slot_on(cast, day), slot_on(cast, day + timedelta(days=1)))
        absence = ill(gaelle, day)
    page = f"{CALLS}absences/{absence.public_id}/"
    assert "Still planned after that" in text_of(alice, page)
    later = (day + timedelta(days=2)).isoformat()
    alice.post(page, {"expected_on": later})
    with inside(cast.network):
        assert Call.objects.filter(state=CallState.OPEN).count() == 2
    assert alice.post(page, {"expected_on": day.isoformat()}).status_code == 422
    alice.post(f"{page}back/")
    assert "Gaëlle has 2 slots back" in text_of(alice, page)
    with inside(cast.network):
        assert Assignment.objects.filter(worker=gaelle).count() == 2


def test_alice_writes_down_that_a_firm_asks_for_help(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        shared_baker(cast)
    typed = {
        "organisation": str(cast.garage.public_id),
        "day": next_monday().isoformat(),
        "hours": "6 h 30 - 12 h",
        "what": "D1102",
    }
    assert alice.post(f"{CALLS}help/", {**typed, "hours": "early"}).status_code == 422
    alice.post(f"{CALLS}help/", typed)
    with inside(cast.network):
        call = only_call()
    assert (call.slot.organisation, call.slot.urgent) == (cast.garage, True)
    assert (call.slot.start_minute, call.slot.end_minute) == (390, 720)
    assert "Ask Gaëlle" in text_of(alice, f"{CALLS}{call.public_id}/")
    alice.post(f"{CALLS}{call.public_id}/withdraw/")
    with inside(cast.network):
        assert only_call().state == CallState.WITHDRAWN


def test_hands_are_written_down_but_not_between_competitors(cast: Cast, alice: Client) -> None:
    typed = {
        "giver": str(cast.garage.public_id),
        "receiver": str(cast.bakery.public_id),
        "day": localdate().isoformat(),
        "hours": "1.5",
        "what": "Loaded the van",
    }
    alice.post(f"{CALLS}hands/", typed)
    assert "Garage Lemoine helped Boulangerie Martin" in text_of(alice, f"{CALLS}hands/")
    refused = alice.post(f"{CALLS}hands/", {**typed, "giver": str(cast.rival.public_id)})
    assert refused.status_code == 422
    assert "These two are competitors" in refused.content.decode()
    with inside(cast.network):
        hand = Hand.objects.get()
        assert hand.minutes == 90
    alice.post(f"{CALLS}hands/{hand.public_id}/remove/")
    with inside(cast.network):
        assert not Hand.objects.exists()


def test_no_firm_knows_of_these_pages(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.bob, cast.chloe, cast.emma, cast.farid):
        assert client_of(person).get(CALLS).status_code == 404


def test_whoever_is_asked_by_hand_must_be_among_the_answers(cast: Cast, alice: Client) -> None:
    day = next_monday()
    with inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        works(gaelle, slot_on(cast, day))
        works(hugo, slot_on(cast, day, organisation=cast.garage))
        ill(gaelle, day)
        call = only_call()
    page = f"{CALLS}{call.public_id}/"
    assert "Nobody can come within the law and the charter." in text_of(alice, page)
    assert "Hugo would be in two slots at once" in text_of(alice, page)
    alice.post(f"{page}ask/", {"worker": str(hugo.public_id)})
    assert "Hugo is not among those who could come" in text_of(alice, page)
    alice.post(f"{page}ask/", {"worker": "nobody"})
    assert "Choose whom to ask." in text_of(alice, page)
    with inside(cast.network):
        assert not CallOffer.objects.filter(state=OfferState.PROPOSED).exists()
        Assignment.objects.all().delete()
    alice.post(f"{page}look/")
    assert "Ask Hugo" in text_of(alice, page)


def test_a_wrong_absence_is_sent_back_with_its_reason(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        gaelle = shared_baker(cast)
    day = next_monday()
    typed = {
        "worker": str(gaelle.public_id),
        "day": day.isoformat(),
        "expected_on": day.isoformat(),
        "kind": "sickness",
    }
    answer = alice.post(f"{CALLS}away/", typed)
    assert answer.status_code == 422
    assert "Choose a return after the first day away." in answer.content.decode()
    with inside(cast.network):
        assert not Absence.objects.exists()
    assert NETWORK in CALLS
