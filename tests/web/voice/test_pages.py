"""Gaëlle speaks by her link; Denis of the board answers; no firm opens any of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import NetworkModule, NetworkRole
from maillage.run.employment.links import new_link, page_token
from maillage.run.employment.models import Worker
from maillage.run.voice.colleagues import show_oneself
from maillage.run.voice.enums import Audience, Company
from maillage.run.voice.grievances import say_grievance
from maillage.run.voice.meetings import ask_meeting
from maillage.run.voice.models import Card, Delegate, Grievance, Meeting
from tests.cast import START, Cast, acting, inside
from tests.run.employment.hired import employed

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/voice/"
SAID = {"subject": "Hours", "text": "Told on Sunday night."}


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    """A worker of the group."""
    with inside(cast.network):
        return employed(cast, "Gaëlle")


@pytest.fixture
def own(gaelle: Worker) -> str:
    """Where Gaëlle’s link leads."""
    return f"/w/{page_token(gaelle)}/voice/"


@pytest.fixture
def board(cast: Cast, client_of: ClientOf) -> Client:
    """The browser of Denis, who sits on the board."""
    with inside(cast.network):
        NetworkRole.objects.create(
            network=cast.network, person=cast.denis, kind=NetworkRoleKind.BOARD, starts_on=START
        )
    return client_of(cast.denis)


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_gaelle_says_what_is_wrong_and_the_board_answers(
    cast: Cast, visitor: Client, board: Client, client_of: ClientOf, own: str
) -> None:
    answer = visitor.post(f"{own}grievances/new/", {"audience": "board", **SAID})
    with inside(cast.network):
        grievance = Grievance.objects.get()
    page = f"{own}grievances/{grievance.public_id}/"
    assert answer["Location"] == page
    assert "Hours" in text_of(board, AREA)
    theirs = f"{AREA}grievances/{grievance.public_id}/"
    assert "Told on Sunday night." in text_of(board, theirs)
    assert board.post(theirs, {"text": "Never again."})["Location"] == theirs
    assert "Never again." in text_of(visitor, page)
    alice = client_of(cast.alice)
    assert "Hours" not in text_of(alice, AREA)
    assert alice.get(theirs).status_code == 404
    assert alice.post(theirs, {"text": "I read it."}).status_code == 404
    assert visitor.post(f"{page}settle/")["Location"] == own
    assert "settled" in text_of(visitor, own)


def test_a_delegate_answers_by_their_own_link(cast: Cast, visitor: Client, gaelle: Worker) -> None:
    with inside(cast.network):
        hugo, ines = employed(cast, "Hugo"), employed(cast, "Inès")
        Delegate.objects.create(worker=hugo, starts_on=START)
        grievance = say_grievance(worker=gaelle, audience=Audience.DELEGATES, **SAID)
    page = f"grievances/{grievance.public_id}/"
    theirs = f"/w/{page_token(hugo)}/voice/"
    assert "To answer as a delegate" in text_of(visitor, theirs)
    assert visitor.post(f"{theirs}{page}", {"text": "I shall ask."})["Location"]
    assert "I shall ask." in text_of(visitor, f"/w/{page_token(gaelle)}/voice/{page}")
    assert visitor.post(f"{theirs}{page}settle/").status_code == 404
    stranger = f"/w/{page_token(ines)}/voice/"
    assert visitor.get(f"{stranger}{page}").status_code == 404
    assert visitor.post(f"{stranger}{page}", {"text": "Me too."}).status_code == 404


def test_gaelle_is_known_to_those_who_show_themselves(
    cast: Cast, visitor: Client, own: str
) -> None:
    with inside(cast.network):
        hugo = employed(cast, "Hugo")
        show_oneself(worker=hugo, says="I drive from Vendôme.")
    assert "Vendôme" not in text_of(visitor, own)
    visitor.post(f"{own}known/", {"says": "Hello", "reach": ""})
    assert "I drive from Vendôme." in text_of(visitor, own)
    visitor.post(f"{own}known/stop/")
    assert "Vendôme" not in text_of(visitor, own)
    with inside(cast.network):
        assert Card.objects.get().worker == hugo


def test_a_meeting_is_asked_for_supported_and_fixed(
    cast: Cast, visitor: Client, board: Client, own: str
) -> None:
    visitor.post(f"{own}meetings/new/", {"company": "board", "topic": "Travel costs"})
    with inside(cast.network):
        meeting = Meeting.objects.get()
        hugo = employed(cast, "Hugo")
    visitor.post(f"/w/{page_token(hugo)}/voice/meetings/{meeting.public_id}/support/")
    assert "2 workers wish it." in text_of(visitor, own)
    page = f"{AREA}meetings/{meeting.public_id}/"
    missing = board.post(page, {"choice": "fix", "place": "Mer"})
    assert missing.status_code == 422
    day = localdate() + timedelta(days=9)
    typed = {"choice": "fix", "day": str(day), "hour": "18:30", "place": "Mairie de Mer"}
    assert board.post(page, typed)["Location"] == AREA
    assert "Mairie de Mer" in text_of(visitor, own)


def test_alice_writes_down_an_election(
    cast: Cast, visitor: Client, client_of: ClientOf, gaelle: Worker, own: str
) -> None:
    with inside(cast.network):
        for rank in range(10):
            employed(cast, f"Worker {rank}")
    alice = client_of(cast.alice)
    assert "More than ten workers, and no delegate" in text_of(alice, AREA)
    assert "an election is due" in text_of(alice, "/n/metiers-partages/desk/")
    typed = {"worker": str(gaelle.public_id), "starts_on": str(localdate())}
    assert alice.post(f"{AREA}delegates/new/", typed)["Location"] == AREA
    assert "More than ten workers" not in text_of(alice, AREA)
    with inside(cast.network):
        delegate = Delegate.objects.get()
    assert alice.post(f"{AREA}delegates/{delegate.public_id}/end/")["Location"] == AREA
    with inside(cast.network):
        assert not Delegate.objects.exists()


def test_a_lost_telephone_opens_nothing_more(
    cast: Cast, visitor: Client, gaelle: Worker, own: str
) -> None:
    with inside(cast.network):
        new_link(acting=acting(cast.alice, cast.network), worker=gaelle)
    assert visitor.get(own).status_code == 410
    assert visitor.post(f"{own}known/", {"says": "Not me"}).status_code == 410
    with inside(cast.network):
        assert not Card.objects.exists()


def test_the_pages_are_not_there_while_the_module_is_off(
    cast: Cast, visitor: Client, own: str
) -> None:
    with inside(cast.network):
        NetworkModule.objects.filter(key="voice").delete()
    assert visitor.get(own).status_code == 404


@pytest.mark.parametrize("who", ["bob", "chloe", "emma", "farid", "denis"])
def test_no_firm_opens_the_space_of_the_workers(
    cast: Cast, client_of: ClientOf, gaelle: Worker, who: str
) -> None:
    with inside(cast.network):
        grievance = say_grievance(worker=gaelle, audience=Audience.EVERYBODY, **SAID)
        meeting = ask_meeting(worker=gaelle, company=Company.BOARD, topic="Travel costs")
    client = client_of(getattr(cast, who))
    pages = ("", "delegates/new/", f"grievances/{grievance.public_id}/")
    for page in (*pages, f"meetings/{meeting.public_id}/"):
        assert client.get(f"{AREA}{page}").status_code == 404
        assert client.post(f"{AREA}{page}", {"text": "No."}).status_code in {404, 405}
