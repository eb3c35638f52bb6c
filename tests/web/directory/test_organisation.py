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
from maillage.foundation.audit.queries import history_of
from maillage.foundation.networks.enums import BodyInvolvementKind
from maillage.foundation.networks.models import (
    BodyInvolvement,
    Membership,
    MembershipPeriod,
    NetworkModule,
)
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Introduction
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


def test_member_may_ask_to_know_another_until_it_has(cast: Cast, client_of: ClientOf) -> None:
    ask = reverse("trust:ask-introduction", args=[cast.network.slug, cast.garage.public_id])
    bob = client_of(cast.bob)
    assert f'href="{ask}"' in page(cast, bob, cast.garage)
    assert "Get to know them" not in page(cast, bob, cast.bakery)
    assert f'href="{ask}"' not in page(cast, client_of(cast.alice), cast.garage)
    bob.post(ask, {"reason": "We share a lorry"})
    assert f'href="{ask}"' not in page(cast, bob, cast.garage)
    with inside(cast.network):
        NetworkModule.objects.filter(key="introductions").delete()
        Introduction.objects.all().delete()
    assert f'href="{ask}"' not in page(cast, bob, cast.garage)


def test_own_page_leads_to_levels_agreements_and_competitors(
    cast: Cast, client_of: ClientOf
) -> None:
    slug = cast.network.slug
    own = [reverse(f"trust:{name}", args=[slug]) for name in ("levels", "consents", "competitors")]
    html = page(cast, client_of(cast.bob), cast.bakery)
    assert all(f'href="{url}"' in html for url in own)
    other = page(cast, client_of(cast.bob), cast.garage)
    worker = page(cast, client_of(cast.chloe), cast.bakery)
    assert not any(f'href="{url}"' in other + worker for url in own)
    animator = page(cast, client_of(cast.alice), cast.bakery)
    of_bakery = reverse("trust:levels-of", args=[slug, cast.bakery.public_id])
    assert f'href="{of_bakery}"' in animator
    assert f'href="{own[2]}"' in animator


def test_menu_leads_to_the_long_tasks(cast: Cast, client_of: ClientOf) -> None:
    mine = reverse("runs:mine")
    assert f'href="{mine}"' in page(cast, client_of(cast.alice), cast.bakery)


def act(cast: Cast, client: Client, name: str, firm: Organisation) -> str:
    address = reverse(f"directory:{name}", args=[cast.network.slug, firm.public_id])
    return client.post(address, follow=True).content.decode()


def test_firm_that_never_was_a_member_leaves_the_directory_and_comes_back(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        MembershipPeriod.objects.filter(membership__organisation=cast.garage).delete()
        membership = Membership.objects.get(organisation=cast.garage)
        membership.listed_on = date(2025, 3, 3)
        membership.save()
    alice = client_of(cast.alice)
    assert "Take it off the directory" in page(cast, alice, cast.garage)
    html = act(cast, alice, "take-off", cast.garage)
    assert "Garage Lemoine is off the directory." in html
    address = reverse("directory:organisation", args=[cast.network.slug, cast.garage.public_id])
    assert alice.get(address).status_code == 404
    assert "Garage Lemoine is in the directory again." in act(cast, alice, "put-back", cast.garage)
    with inside(cast.network):
        assert Membership.objects.get(organisation=cast.garage).listed_on == date(2025, 3, 3)
    lines = history_of(cast.garage.public_id).filter(act__in=("list", "unlist"))
    assert [line.act for line in lines] == ["list", "unlist"]
    assert {line.actor_id for line in lines} == {cast.alice.public_id}


def test_member_and_body_with_a_part_stay_in_the_directory(cast: Cast, client_of: ClientOf) -> None:
    alice = client_of(cast.alice)
    assert "Take it off the directory" not in page(cast, alice, cast.garage)
    assert "record that it leaves instead" in act(cast, alice, "take-off", cast.garage)
    with inside(cast.network):
        MembershipPeriod.objects.filter(membership__organisation=cast.garage).delete()
        BodyInvolvement.objects.create(
            network=cast.network,
            organisation=cast.garage,
            kind=BodyInvolvementKind.RELAY,
            starts_on=date(2024, 1, 1),
        )
    assert "plays a part in the network" in act(cast, alice, "take-off", cast.garage)
    assert "Garage Lemoine" in page(cast, alice, cast.garage)


def test_only_what_was_taken_off_here_is_put_back(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        unlisted = Organisation.objects.create(
            register=cast.register, name="Elsewhere", folded_name="elsewhere", kind="firm"
        )
    back = reverse("directory:put-back", args=[cast.network.slug, unlisted.public_id])
    assert client_of(cast.alice).post(back).status_code == 404
    url = reverse("directory:take-off", args=[cast.network.slug, cast.garage.public_id])
    assert client_of(cast.bob).post(url).status_code == 403
