"""Alice answers leave, follows papers and keeps what expires; no firm knows of these pages."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now

from maillage.foundation.accounts.models import Person
from maillage.run.employment.enums import AbsenceKind, LeaveKind, LeaveState
from maillage.run.employment.leaving import Wish, ask_leave
from maillage.run.employment.models import Absence, Authorisation, Leave, WeeklyTime, Worker
from maillage.run.planning.models import Assignment
from tests.cast import Cast, cast_of, inside
from tests.run.employment.hired import employed
from tests.run.planning.placed import works

type ClientOf = Callable[[Person], Client]
NETWORK = "/n/metiers-partages/"
AREA, PAPERS = f"{NETWORK}leave/", f"{NETWORK}papers/"
PDF = b"%PDF-1.7\nConsent\n%%EOF"


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(cast: Cast, worker: Worker, first: date, days: int = 1) -> Leave:
    """Let a worker ask for some days of paid leave."""
    last = first + timedelta(days=days - 1)
    wish = Wish(kind=LeaveKind.PAID, starts_on=first, ends_on=last)
    return ask_leave(worker=worker, wish=wish)


def test_alice_sees_what_a_leave_opens_and_grants_it(cast: Cast, alice: Client) -> None:
    first = localdate() + timedelta(days=40)
    with inside(cast.network):
        gaelle, hugo = employed(cast, "Gaëlle"), employed(cast, "Hugo")
        works(cast, gaelle, cast.bakery, first)
        asked(cast, hugo, first)
        leave = asked(cast, gaelle, first, days=2)
    page = f"{AREA}{leave.public_id}/"
    assert "Look and answer" in text_of(alice, AREA)
    text = text_of(alice, page)
    assert "Boulangerie Martin" in text
    assert "Hugo" in text
    answer = {"answer": "grant", "sentence": "Enjoy.", "open_slots": "on"}
    assert alice.post(page, answer)["Location"] == AREA
    with inside(cast.network):
        leave.refresh_from_db()
        assert (leave.state, leave.reason) == (LeaveState.GRANTED, "Enjoy.")
        assert not Assignment.objects.exists()
    assert "1 slot is to be filled again." in text_of(alice, AREA)


def test_a_leave_granted_may_leave_the_plan_as_it_is(cast: Cast, alice: Client) -> None:
    first = localdate() + timedelta(days=40)
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        works(cast, gaelle, cast.bakery, first)
        leave = asked(cast, gaelle, first)
    alice.post(f"{AREA}{leave.public_id}/", {"answer": "grant"})
    with inside(cast.network):
        assert Assignment.objects.count() == 1


def test_a_refusal_without_a_sentence_is_sent_back(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        leave = asked(cast, employed(cast, "Gaëlle"), localdate() + timedelta(days=5))
    answer = alice.post(f"{AREA}{leave.public_id}/", {"answer": "refuse"})
    assert answer.status_code == 422
    assert "Say why in a sentence" in answer.content.decode()
    assert "Less than a month ahead" in answer.content.decode()


def test_alice_writes_down_a_leave_asked_by_telephone(cast: Cast, alice: Client) -> None:
    today = localdate()
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
    typed = {
        "worker": str(gaelle.public_id),
        "kind": "unpaid",
        "starts_on": str(today),
        "ends_on": str(today),
        "from_noon": "on",
    }
    answer = alice.post(f"{AREA}new/", typed)
    with inside(cast.network):
        leave = Leave.objects.get()
    assert answer["Location"] == f"{AREA}{leave.public_id}/"
    assert (leave.kind, leave.from_noon) == (LeaveKind.UNPAID, True)


def test_the_month_shows_who_is_away(cast: Cast, alice: Client) -> None:
    first = date(localdate().year + 1, 3, 10)
    with inside(cast.network):
        asked(cast, employed(cast, "Gaëlle"), first, days=3)
    page = text_of(alice, f"{AREA}?month={first.year}-03")
    assert page.count('<abbr title="asked for, not answered">') == 3
    assert "Nobody is away this month." in text_of(alice, f"{AREA}?month={first.year}-04")
    assert alice.get(f"{AREA}?month=9999-99").status_code == 200


def test_the_papers_of_an_accident_are_followed(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        absence = Absence.objects.create(
            worker=employed(cast, "Gaëlle"),
            kind=AbsenceKind.ACCIDENT,
            starts_at=now() - timedelta(days=3),
            organisation=cast.bakery,
            said_by="Gaëlle",
        )
    page = f"{AREA}absences/{absence.public_id}/"
    text = text_of(alice, f"{AREA}absences/")
    assert "CSS R321-2" in text
    assert "late since" in text
    assert alice.post(page, {"what": "note", "on": str(localdate())})["Location"]
    assert alice.post(page, {"what": "back", "on": str(localdate())})["Location"]
    with inside(cast.network):
        absence.refresh_from_db()
        assert (absence.paper_received_on, absence.back_on) == (localdate(), localdate())
    wrong = alice.post(page, {"what": "report", "on": str(localdate() + timedelta(days=2))})
    assert wrong.status_code == 422


def test_alice_keeps_the_papers_of_gaelle(cast: Cast, alice: Client) -> None:
    today = localdate()
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle", annual_minutes=1607 * 60)
    page = f"{PAPERS}{gaelle.public_id}/"
    licence = {"title": "CACES R489", "expires_on": str(today + timedelta(days=30))}
    assert alice.post(f"{page}certificate/", licence)["Location"] == page
    weekly = {
        "kind": "outside_job",
        "weekday": "5",
        "start": "18:00",
        "end": "00:00",
        "starts_on": str(today),
    }
    assert alice.post(f"{page}time/", weekly)["Location"] == page
    consent = {
        "rule": "night_work",
        "title": "Written consent",
        "starts_on": str(today),
        "file": SimpleUploadedFile("consent.pdf", PDF),
    }
    assert alice.post(f"{page}authorisation/", consent)["Location"] == page
    text = text_of(alice, page)
    assert "Job for another employer: Saturday, 18:00 to midnight" in text
    assert "promised for the year" in text
    assert "1 expires: 1 person in 0 firms" in text_of(alice, PAPERS)
    with inside(cast.network):
        kept, time = Authorisation.objects.get(), WeeklyTime.objects.get()
    given = alice.get(f"{page}authorisation/{kept.public_id}/file/")
    assert (given.content, given["Content-Type"]) == (PDF, "application/pdf")
    assert alice.post(f"{page}time/{time.public_id}/end/")["Location"] == page
    assert alice.post(f"{page}nothing/{time.public_id}/end/").status_code == 404
    with inside(cast.network):
        assert not WeeklyTime.objects.exists()


@pytest.mark.parametrize("who", ["bob", "chloe", "emma", "farid", "denis"])
def test_no_firm_knows_of_these_pages(cast: Cast, client_of: ClientOf, who: str) -> None:
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        leave = asked(cast, gaelle, localdate() + timedelta(days=3))
    client = client_of(getattr(cast, who))
    for page in (AREA, f"{AREA}new/", f"{AREA}absences/", f"{AREA}{leave.public_id}/", PAPERS):
        assert client.get(page).status_code == 404
    assert client.post(f"{AREA}{leave.public_id}/", {"answer": "grant"}).status_code == 404
    assert client.get(f"{PAPERS}{gaelle.public_id}/").status_code == 404


def test_the_animator_of_another_network_opens_nothing(cast: Cast, client_of: ClientOf) -> None:
    other = cast_of("autre-reseau")
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
    stranger = client_of(other.alice)
    assert stranger.get(f"{PAPERS}{gaelle.public_id}/").status_code == 404
    assert stranger.get(f"/n/autre-reseau/papers/{gaelle.public_id}/").status_code == 404
