"""Alice reads what firms have in common, takes a proposal up or sets it aside; nobody else does."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.networks.models import Task
from maillage.launch.needs.commons import commons_of, situation_of
from maillage.launch.needs.models import CommonNeed, Need
from tests.cast import Cast, inside, more_firms
from tests.launch.needs.stories import SUMMER, stated

type ClientOf = Callable[[Person], Client]
PAGE = "/n/metiers-partages/needs/common/"


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


def text_of(client: Client, path: str = PAGE) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def accountants(cast: Cast) -> str:
    """Let six firms need an accountant; return the key of the proposal."""
    firms = more_firms(cast, 6)
    with inside(cast.network):
        for firm in firms:
            words = {"title": "Comptable", "occupation_label": "Comptable", "strength": 4}
            stated(cast, firm, half_hours=SUMMER, sector="Bois", **words)
        (found,) = commons_of(situation_of(cast.network)).proposals
        return found.key


def test_alice_reads_why_each_thing_is_proposed(cast: Cast, alice: Client) -> None:
    accountants(cast)
    with inside(cast.network):
        stated(cast, cast.bakery, title="Anglais", topic="training")
    page = text_of(alice)
    for told in (
        "Staff, Comptable",
        "6 firms may meet: within 30\u00a0km of Contres, or in the same territory.",
        "What all of them need: Comptable, the same occupation.",
        "It covers: Bois.",
        "Together 22.5 hours a week over the year, and at most 90 in June.",
        "How strong: half of them say “Urgent” or more, the strongest “Urgent”.",
        "None of them asks for it yet: they feel it.",
        "No two of them compete.",
        "Menuiserie 00000, Menuiserie 00001",
        "Needs that cannot be put with others yet",
        "Anglais</a>, Boulangerie Martin",
        "6 firms of the network state something about it.",
        "Not between competitors: it touches how they work and at what cost.",
        "Not proposed yet: a stake begins with 3 firms that may meet.",
    ):
        assert told in page, told
    assert page.count("Propose a meeting within 14 days") == 2
    looks = ReadLine.objects.filter(organisation_id=cast.bakery.public_id, page="needs:common")
    assert looks.exists()


def test_a_button_makes_a_task_and_its_undoing_takes_it_back(cast: Cast, alice: Client) -> None:
    key = accountants(cast)
    page = alice.post(f"{PAGE}{key}/act/", follow=True).content.decode()
    assert "Kept: your desk reminds you of it in the week of its day." in page
    assert "6 firms." in page
    assert "A meeting before " in page
    with inside(cast.network):
        kept = CommonNeed.objects.get()
        assert Task.objects.get() == kept.task
    again = alice.post(f"{PAGE}{key}/act/", follow=True).content.decode()
    assert "This proposal was taken up or set aside already." in again
    with inside(cast.network):
        Task.objects.update(due_on=localdate())
    assert "Meet the 6 firms" in text_of(alice, "/n/metiers-partages/desk/")
    page = alice.post(f"{PAGE}kept/{kept.public_id}/undo/", follow=True).content.decode()
    assert "It is proposed again." in page
    with inside(cast.network):
        assert Task.objects.count() == 0
    assert alice.post(f"{PAGE}kept/{kept.public_id}/undo/").status_code == 404


def test_a_proposal_is_set_aside_with_a_reason(cast: Cast, alice: Client) -> None:
    key = accountants(cast)
    assert "Staff, Comptable" in text_of(alice, f"{PAGE}{key}/dismiss/")
    refused = alice.post(f"{PAGE}{key}/dismiss/", {"reason": " "})
    assert refused.status_code == 422
    page = alice.post(f"{PAGE}{key}/dismiss/", {"reason": "Cabinet trouvé"}, follow=True)
    assert "“Cabinet trouvé”" in page.content.decode()
    assert "Staff, Comptable" not in page.content.decode().split("What was set aside")[0]
    assert alice.get(f"{PAGE}{key}/dismiss/").status_code == 404
    late = alice.post(f"{PAGE}{key}/dismiss/", {"reason": "Deux fois"})
    assert late.status_code == 422
    assert "This proposal was taken up or set aside already." in late.content.decode()
    assert 'value="Deux fois"' in late.content.decode()


def test_a_proposal_whose_needs_have_changed_says_so(cast: Cast, alice: Client) -> None:
    key = accountants(cast)
    with inside(cast.network):
        Need.objects.filter(organisation__name="Menuiserie 00000").update(state="served")
    for way, typed in (("act", {}), ("dismiss", {"reason": "Non"})):
        late = alice.post(f"{PAGE}{key}/{way}/", typed)
        assert late.status_code == 404
        told = "This is proposed no more: needs have changed since."
        assert told in late.content.decode()


def test_competitors_are_told_safe_topics_only(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.rival):
            for topic in ("environment", "customers"):
                stated(cast, firm, title="Cartons", topic=topic, public="Clients", strength=3)
    page = text_of(alice)
    assert "Safe between competitors: it is beside their trade." in page
    assert "1 pair of competitors is among them: ask both first, under Competitors." in page
    assert "Never between competitors: customers and prices stay with each firm." in page
    assert "1 firm is left out: it competes with one of these on such a topic." in page


def test_nobody_else_reads_or_acts(cast: Cast, client_of: ClientOf) -> None:
    key = accountants(cast)
    for person in (cast.bob, cast.emma, cast.farid, cast.chloe):
        client = client_of(person)
        assert client.get(PAGE).status_code == 403
        assert client.post(f"{PAGE}{key}/act/").status_code == 403
        assert client.post(f"{PAGE}{key}/dismiss/", {"reason": "x"}).status_code == 403
    assert client_of(cast.denis).get(PAGE).status_code == 404


def test_an_empty_network_says_what_is_missing(alice: Client) -> None:
    page = text_of(alice)
    assert "No common need yet" in page
    assert "No stake yet" in page


def test_the_page_asks_the_database_as_little_for_many_as_for_few(
    cast: Cast, alice: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    key = accountants(cast)
    alice.post(f"{PAGE}{key}/act/")
    firms = more_firms(cast, 60)
    with inside(cast.network):
        for rank, firm in enumerate(firms):
            words = {"title": f"Scie {rank % 9}", "topic": "equipment", "sector": "Bois"}
            stated(cast, firm, **words)
    text_of(alice)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]  # a context manager
        text_of(alice)
