"""Territories: made of communes, served or not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from maillage.foundation.organisations.actions import set_coverage
from maillage.foundation.organisations.models import Organisation, Territory
from tests.cast import Cast, cast_of, inside

type ClientOf = Callable[[Person], Client]


def create(cast: Cast, client: Client, **typed: str) -> Any:
    address = reverse("directory:create-territory", args=[cast.network.slug])
    return client.post(address, {"name": "Blaisois", "kind": "basin"} | typed)


def codes(cast: Cast, name: str = "Blaisois") -> list[str]:
    with inside(cast.network):
        return list(Territory.objects.get(name=name).communes.values_list("insee", flat=True))


def test_territory_is_made_of_communes_named_one_a_line(cast: Cast, client_of: ClientOf) -> None:
    text = "Blois\nVineuil 41350\r\nst aignan, 41110\n41269\n\nBlois"
    assert create(cast, client_of(cast.alice), communes=text).status_code == 302
    assert codes(cast) == ["41018", "41198", "41269", "41295"]


def test_territory_may_be_a_whole_department(cast: Cast, client_of: ClientOf) -> None:
    assert create(cast, client_of(cast.alice), department="41").status_code == 302
    assert len(codes(cast)) > 260


def test_large_town_brings_its_districts(cast: Cast, client_of: ClientOf) -> None:
    create(cast, client_of(cast.alice), communes="Lyon 69123")
    assert codes(cast) == ["69123", *(f"6938{number}" for number in range(1, 10))]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"communes": "Blois\nBloua"}, "“Bloua”"),
        ({"department": "99"}, "“99” is not the number of a department"),
        ({"communes": ""}, "Give at least one commune"),
        ({"communes": "Blois", "name": " "}, "This field is required"),
    ],
)
def test_wrong_territory_is_told_in_a_sentence(
    cast: Cast, client_of: ClientOf, typed: dict[str, str], sentence: str
) -> None:
    answer = create(cast, client_of(cast.alice), **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_name_is_given_once(cast: Cast, client_of: ClientOf) -> None:
    create(cast, client_of(cast.alice), communes="Blois")
    answer = create(cast, client_of(cast.alice), communes="Vendôme")
    assert "Another territory has this name" in answer.content.decode()
    assert create(cast_of("autre"), client_of(cast.alice), communes="Blois").status_code == 404


def test_communes_are_typed_again_as_they_were(cast: Cast, client_of: ClientOf) -> None:
    alice = client_of(cast.alice)
    made = create(cast, alice, communes="Lyon 69123\nBlois\nSaint-Denis 93200\nVendôme")
    before = codes(cast)
    address = f"{made.url}edit/"
    text = alice.get(address).context["form"]["communes"].value()
    typed = {
        "name": "Grand Blaisois",
        "kind": "other",
        "communes": text.replace("Vendôme 41269", ""),
    }
    assert alice.post(address, typed).status_code == 302
    assert codes(cast, "Grand Blaisois") == [code for code in before if code != "41269"]


def test_page_tells_who_serves_it_and_what_nobody_serves(cast: Cast, client_of: ClientOf) -> None:
    made = create(cast, client_of(cast.alice), communes="Blois\nVendôme")
    serve(cast, cast.garage, "Vendômois", ["41269"])
    html = client_of(cast.bob).get(made.url).content.decode()
    assert "1 of 2 communes are served" in html
    assert "Garage Lemoine" in html
    assert html.count("Nobody serves it") == 1


def serve(cast: Cast, firm: Organisation, name: str, wanted: list[str]) -> None:
    with inside(cast.network):
        part = Territory.objects.create(register=cast.register, kind="other", name=name)
        for code in wanted:
            part.communes.create(insee=code)
        set_coverage(organisation=firm, territories=[part], actor_id=None)


def test_coverage_of_a_competitor_is_as_if_it_were_not(cast: Cast, client_of: ClientOf) -> None:
    made = create(cast, client_of(cast.alice), communes="Blois\nVendôme")
    before = client_of(cast.bob).get(made.url).content.decode()
    serve(cast, cast.rival, "Centre", ["41018"])
    after = client_of(cast.bob).get(made.url).content.decode()
    assert "Nobody has said that they serve it" in after
    assert after.count("Nobody serves it") == before.count("Nobody serves it") == 2
    assert "1 of 2 communes" in client_of(cast.alice).get(made.url).content.decode()
    assert client_of(cast.bob).get(made.url, {"export": "csv"}).getvalue().count(b",1,") == 2


def test_territory_that_is_served_is_not_removed(cast: Cast, client_of: ClientOf) -> None:
    alice = client_of(cast.alice)
    made = create(cast, alice, communes="Blois")
    with inside(cast.network):
        found = Territory.objects.get()
        set_coverage(organisation=cast.garage, territories=[found], actor_id=None)
    remove = f"{made.url}remove/"
    assert alice.post(remove).status_code == 302
    with inside(cast.network):
        set_coverage(organisation=cast.garage, territories=[], actor_id=None)
        assert Territory.objects.exists()
    alice.post(remove)
    with inside(cast.network):
        assert not Territory.objects.exists()


def test_members_read_territories_and_only_the_animator_writes_them(
    cast: Cast, client_of: ClientOf
) -> None:
    made = create(cast, client_of(cast.alice), communes="Blois")
    listed = client_of(cast.bob).get(reverse("directory:territories", args=[cast.network.slug]))
    assert b"Blaisois" in listed.content
    assert create(cast, client_of(cast.bob), communes="Blois").status_code == 403
    assert client_of(cast.bob).post(f"{made.url}remove/").status_code == 403
    assert client_of(cast.denis).get(made.url).status_code == 404
