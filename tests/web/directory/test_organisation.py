"""The page of an organisation, and who sees what on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from maillage.bricks.links.actions import link
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.organisations.models import Organisation
from tests.cast import Cast, inside

type ClientOf = Callable[[Person], Client]


def page(cast: Cast, client: Client, firm: Organisation) -> str:
    answer = client.get(reverse("directory:organisation", args=[cast.network.slug, firm.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_animator_sees_every_part_with_its_level(cast: Cast, client_of: ClientOf) -> None:
    html = page(cast, client_of(cast.alice), cast.bakery)
    assert "552\u00a0100\u00a0554" in html
    assert "Private" in html
    assert "1 rue du Commerce" in html
    assert "bob@metiers-partages.example" in html


def test_competitor_page_does_not_exist(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("directory:organisation", args=[cast.network.slug, cast.bakery.public_id])
    assert client_of(cast.emma).get(address).status_code == 404


def test_hidden_parts_are_absent_for_another_member(cast: Cast, client_of: ClientOf) -> None:
    html = page(cast, client_of(cast.bob), cast.garage)
    assert "Garage Lemoine" in html
    assert "443\u00a0061\u00a0841" not in html
    assert "02\u00a054" not in html
    assert "Private" not in html
    assert "Correct the record" not in html


def test_owner_sees_and_may_correct_his_own_firm(cast: Cast, client_of: ClientOf) -> None:
    html = page(cast, client_of(cast.bob), cast.bakery)
    assert "552\u00a0100\u00a0554" in html
    assert "Correct the record" in html


def test_my_firm_is_the_firm_of_the_role_in_use(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("directory:mine", args=[cast.network.slug])
    assert "Boulangerie Martin" in client_of(cast.bob).get(address).content.decode()
    assert "Boulangerie Martin" in client_of(cast.chloe).get(address).content.decode()
    assert "Correct the record" not in client_of(cast.chloe).get(address).content.decode()
    assert client_of(cast.alice).get(address).status_code == 403


def test_look_of_the_animator_at_protected_parts_is_written_down(
    cast: Cast, client_of: ClientOf
) -> None:
    page(cast, client_of(cast.alice), cast.bakery)
    line = ReadLine.objects.get()
    assert (line.reader_id, line.organisation_id) == (cast.alice.public_id, cast.bakery.public_id)
    assert set(line.fields) >= {"identifiers", "contact", "address", "size"}


def test_form_opened_by_the_animator_is_a_look_too(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("directory:edit", args=[cast.network.slug, cast.bakery.public_id])
    client_of(cast.bob).get(address)
    assert not ReadLine.objects.exists()
    client_of(cast.alice).get(address)
    assert ReadLine.objects.get().fields == ["agreement", "contact", "identifiers", "size"]


@pytest.mark.parametrize("firm", ["bakery", "garage"])
def test_looks_that_reveal_nothing_protected_are_not_written_down(
    cast: Cast, client_of: ClientOf, firm: str
) -> None:
    page(cast, client_of(cast.bob), getattr(cast, firm))
    assert not ReadLine.objects.exists()


def test_stranger_and_visitor_find_nothing(
    cast: Cast, client_of: ClientOf, visitor: Client
) -> None:
    address = reverse("directory:organisation", args=[cast.network.slug, cast.bakery.public_id])
    assert client_of(cast.denis).get(address).status_code == 404
    assert visitor.get(address).status_code == 302


@pytest.mark.parametrize(("who", "most"), [("alice", 12), ("bob", 12)])
def test_page_takes_few_queries(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
    who: str,
    most: int,
) -> None:
    with inside(cast.network):
        for kind in ("customer", "supplier", "neighbour"):
            link(
                source=cast.bakery,
                target=cast.garage,
                kind=kind,
                starts_on=date(2026, 1, 5),
                actor_id=None,
            )
    client = client_of(getattr(cast, who))
    with django_assert_max_num_queries(most):
        assert "Garage Lemoine" in page(cast, client, cast.bakery)
