"""From an empty installation to a first network, on the screen."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.visibility.models import Pledge
from tests.cast import Cast, inside
from tests.web.governance.conftest import Browse

type SignIn = Callable[[Person], Client]
TYPED = {
    "association": "Artisans du Val",
    "preset": "same-trade",
    "name": "Boulangers du Val",
    "composition": "",
}


@pytest.fixture
def founder(db: None, client_of: SignIn) -> Client:
    """The browser of the first person of an empty installation."""
    return client_of(Person.objects.create_user("alice@example.org", name="Alice", language="en"))


def test_first_person_opens_the_association_and_is_led_to_the_pledge(founder: Client) -> None:
    address = reverse("governance:new")
    html = founder.get(address).content.decode()
    assert "Employers’ group" in html
    assert "Name of your association" in html
    answer = founder.post(address, TYPED)
    assert answer["Location"] == reverse("governance:home", args=["boulangers-du-val"])
    network = Network.objects.get()
    assert (network.preset, network.register.name) == ("same-trade", "Artisans du Val")
    with inside(network):
        assert Pledge.objects.get().text.startswith("I keep to myself")
        assert Membership.objects.get().organisation.name == "Artisans du Val"
    follow = founder.get(answer["Location"])
    assert follow["Location"].startswith(reverse("trust:pledge", args=[network.slug]))


def test_form_half_filled_keeps_what_was_typed(founder: Client) -> None:
    answer = founder.post(reverse("governance:new"), TYPED | {"preset": "", "name": "’’"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Artisans du Val" in html
    assert not Network.objects.exists()


def test_visitor_signs_in_first_and_a_stranger_is_told_whom_to_ask(
    cast: Cast, visitor: Client, client_of: SignIn
) -> None:
    assert visitor.get(reverse("governance:new")).status_code == 302
    for person in (cast.denis, cast.bob, cast.chloe, cast.farid):
        answer = client_of(person).get(reverse("governance:new"))
        assert answer.status_code == 403
        assert "Only the animator" in answer.content.decode()


def test_animator_opens_one_more_network_of_the_association(
    cast: Cast, client_of: SignIn, browse: Browse
) -> None:
    alice = client_of(cast.alice)
    typed = {"preset": "themed-club", "name": "Club qualité", "composition": "mixed"}
    assert alice.post(reverse("governance:new"), typed).status_code == 302
    club = Network.objects.get(slug="club-qualite")
    assert club.register == cast.register
    bob = browse(cast.bob).client
    assert bob.get(reverse("governance:home", args=[club.slug])).status_code == 404
