"""Alice follows the needs of the network; Bob states his own; Emma learns nothing of them."""

from collections.abc import Callable

import pytest
from django.test import Client

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.networks.models import NetworkModule
from maillage.foundation.visibility.enums import Level
from maillage.launch.needs.models import Need, NeedPassage
from tests.cast import Cast, inside, more_firms
from tests.launch.needs.stories import SUMMER, stated

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/needs/"
SAID = {"kind": "need", "topic": "staff", "title": "Vendeuse", "strength": "3"}


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def emma(cast: Cast, client_of: ClientOf) -> Client:
    """Emma's browser."""
    return client_of(cast.emma)


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_bob_states_a_need_in_three_fields(cast: Cast, bob: Client) -> None:
    typed = {**SAID, "months": ["6", "7"], "hours": "15", "level": "0"}
    assert bob.post(f"{AREA}mine/new/", typed)["Location"] == f"{AREA}mine/"
    with inside(cast.network):
        need = Need.objects.get()
        assert need.organisation == cast.bakery
        assert need.half_hours == [0, 0, 0, 0, 0, 30, 30, 0, 0, 0, 0, 0]
        assert (need.state, need.strength, need.level) == ("expressed", 3, Level.PRIVATE)
        assert need.occupation_label == "Vendeuse"
    page = text_of(bob, f"{AREA}mine/")
    assert "Vendeuse" in page
    assert "15 hours a week in June, July" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"months": ["6"]}, "Say how many hours a week in these months."),
        ({"hours": "15"}, "Tick the months in which these hours are meant."),
        ({"months": ["6"], "hours": "200"}, "Ensure this value is less than or equal to 168."),
    ],
)
def test_hours_that_make_no_sense_are_told(
    bob: Client, typed: dict[str, object], sentence: str
) -> None:
    answer = bob.post(f"{AREA}mine/new/", {**SAID, "level": "0", **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="Vendeuse"' in page


def test_bob_changes_shows_and_withdraws_what_he_stated(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        need = stated(cast, cast.bakery, half_hours=SUMMER)
    own = f"{AREA}mine/{need.public_id}/"
    typed = {
        "topic": "staff",
        "title": "Vendeur",
        "strength": "4",
        "version": "1",
        "hours_7": "12.5",
    }
    assert bob.post(f"{own}change/", typed)["Location"] == f"{AREA}mine/"
    assert bob.post(f"{own}level/", {"level": "2"})["Location"] == f"{AREA}mine/"
    with inside(cast.network):
        need.refresh_from_db()
        assert (need.title, need.strength, need.level) == ("Vendeur", 4, Level.NETWORK)
        assert need.half_hours == [0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 0, 0]
    assert bob.post(f"{own}withdraw/", {"reason": ""}).status_code == 422
    assert bob.post(f"{own}withdraw/", {"reason": "Embauché"})["Location"] == f"{AREA}mine/"
    with inside(cast.network):
        need.refresh_from_db()
        assert need.state == "dropped"


def test_words_changed_meanwhile_are_shown_beside_those_typed(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        need = stated(cast, cast.bakery)
        Need.objects.filter(pk=need.pk).update(title="Caissière", version=2)
    own = f"{AREA}mine/{need.public_id}/change/"
    typed = {"topic": "staff", "title": "Vendeur", "strength": "4", "version": "1"}
    answer = bob.post(own, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody changed this meanwhile." in page
    assert "Caissière" in page
    assert 'value="Vendeur"' in page
    assert 'name="version" value="2"' in page
    assert bob.post(own, {**typed, "version": "2"}).status_code == 302
    with inside(cast.network):
        assert Need.objects.get().title == "Vendeur"


def test_emma_finds_nothing_of_what_bob_states(
    cast: Cast, emma: Client, client_of: ClientOf
) -> None:
    with inside(cast.network):
        need = stated(cast, cast.bakery, title="Four partagé", level=Level.NETWORK)
        stated(cast, cast.garage, title="Pont élévateur", level=Level.NETWORK)
    page = text_of(emma, f"{AREA}mine/others/")
    assert "Pont élévateur" in page
    assert "1 need or offer" in page
    for query in ("?q=four", "?q=martin", "?sort=firm", "?kind=need", "?topic=staff"):
        page = text_of(emma, f"{AREA}mine/others/{query}")
        assert "Four partagé" not in page
        assert "Boulangerie Martin" not in page
    own = f"{AREA}mine/{need.public_id}/"
    for way in ("change", "level", "withdraw"):
        assert emma.get(f"{own}{way}/").status_code == 404
        assert emma.post(f"{own}{way}/", {"level": "0", "reason": "x"}).status_code == 404
    for path in ("", "new/", "progress/", f"{need.public_id}/"):
        assert emma.get(f"{AREA}{path}").status_code == 403
    assert client_of(cast.denis).get(f"{AREA}mine/others/").status_code == 404
    assert client_of(cast.chloe).get(f"{AREA}mine/").status_code == 403


def test_alice_writes_down_a_need_of_a_firm_named(cast: Cast, alice: Client) -> None:
    typed = {**SAID, "state": "felt", "sector": "Commerce"}
    unknown = alice.post(f"{AREA}new/", {**typed, "firm": "Zinguerie"})
    assert unknown.status_code == 422
    assert "No firm of the directory has this name." in unknown.content.decode()
    answer = alice.post(f"{AREA}new/", {**typed, "firm": "boulangerie martin"})
    with inside(cast.network):
        need = Need.objects.get()
        assert (need.organisation, need.sector, need.state) == (cast.bakery, "Commerce", "felt")
    assert answer["Location"] == f"{AREA}{need.public_id}/"
    page = text_of(alice, answer["Location"])
    assert "No comparable one has gone on yet." in page
    assert "In this state for 0 days." in page


def test_several_firms_of_a_name_are_told(cast: Cast, alice: Client) -> None:
    more_firms(cast, 2)
    answer = alice.post(f"{AREA}new/", {**SAID, "state": "felt", "firm": "Menuiserie"})
    assert answer.status_code == 422
    told = "Several firms fit: Menuiserie 00000 (Contres), Menuiserie 00001 (Contres)."
    assert told in answer.content.decode()


def test_alice_moves_a_need_and_reads_its_history(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        need = stated(cast, cast.bakery)
    page = f"{AREA}{need.public_id}/"
    refused = alice.post(f"{page}move/", {"to": "dropped"})
    assert refused.status_code == 422
    assert "Say why, in a few words" in refused.content.decode()
    assert alice.post(f"{page}move/", {"to": "served"}).status_code == 422
    assert alice.post(f"{page}move/", {"to": "characterised"})["Location"] == page
    assert "Made precise" in text_of(alice, page)
    rates = text_of(alice, f"{AREA}progress/?topic=staff")
    assert "1 of 1, 100\u00a0%" in rates or "1 of 1, 100%" in rates
    with inside(cast.network):
        assert NeedPassage.objects.count() == 2


def test_alice_searches_sorts_filters_and_exports(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        stated(cast, cast.bakery)
        stated(cast, cast.garage, title="Pont", topic="equipment", kind="offer", strength=5)
    assert "2 needs and offers" in text_of(alice, AREA)
    found = text_of(alice, f"{AREA}?q=lemoine&kind=offer&topic=equipment&state=open&sort=-strength")
    assert "Pont" in found
    assert "1 need or offer" in found
    answer = alice.get(f"{AREA}?export=csv")
    rows = b"".join(answer).decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["Pont", "Vendeuse"]


def test_each_firm_sees_that_its_needs_were_read(cast: Cast, alice: Client, bob: Client) -> None:
    with inside(cast.network):
        need = stated(cast, cast.bakery)
    alice.get(AREA)
    alice.get(f"{AREA}{need.public_id}/")
    looks = ReadLine.objects.filter(organisation_id=cast.bakery.public_id)
    assert sorted(looks.values_list("page", flat=True)) == ["needs:list", "needs:need"]
    assert "Needs and offers" in text_of(bob, "/n/metiers-partages/trust/reads/")


def test_a_page_of_many_needs_asks_the_database_as_little_as_one_of_few(
    cast: Cast, alice: Client, bob: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.garage, *more_firms(cast, 60)):
            stated(cast, firm, level=Level.NETWORK)
    for client, path in ((alice, AREA), (bob, f"{AREA}mine/"), (bob, f"{AREA}mine/others/")):
        client.get(path)
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
            client.get(path)


def test_pages_are_gone_while_the_module_is_off(cast: Cast, alice: Client, bob: Client) -> None:
    with inside(cast.network):
        NetworkModule.objects.filter(key="needs").delete()
    assert alice.get(AREA).status_code == 404
    assert bob.get(f"{AREA}mine/").status_code == 404
