"""Alice searches jobs and proposes one; Bob and the garage answer blind; Emma learns nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.jobs.worker import work_off
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.links import path_of
from maillage.launch.shared_jobs.models import Composition, JobProposal
from maillage.launch.shared_jobs.proposing import propose_job
from tests.cast import Cast, acting, inside
from tests.launch.shared_jobs.stories import need_of, one_job, searched, share_of

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/workshop/"
RULES = {"distance": "60", "employers": "5", "contract": "annual", "related": "on", "seconds": "30"}


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def proposed(cast: Cast) -> JobProposal:
    """The one job of the bakery and the garage, proposed to both."""
    with inside(cast.network):
        return propose_job(acting=acting(cast.alice, cast.network), job=one_job(cast))


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def last_line(client: Client, path: str) -> str:
    """Return the last line of a list that is downloaded."""
    return client.get(path).getvalue().decode().strip().splitlines()[-1]


def hours(each: str) -> dict[str, str]:
    """Return what is typed to want the same hours every month."""
    return {f"hours_{month}": each for month in range(1, 13)}


def test_alice_searches_and_reads_the_job_with_its_bound(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        need_of(cast, cast.garage)
    assert alice.post(f"{AREA}search/", RULES)["Location"] == AREA
    page = text_of(alice, AREA)
    assert "Search under way" in page
    with inside(cast.network):
        work_off()
        made = Composition.objects.get()
        assert (made.max_distance_metres, made.max_employers, made.related) == (60_000, 5, True)
    page = text_of(alice, AREA)
    assert "a week: all that these rules allow, that is proved" in page
    assert "Boulangerie Martin" in page
    assert "Propose to the 2 firms" in page
    assert "About 40,700" in page
    assert "minimum wage on 1 June 2026" in page


def test_a_page_that_waits_for_the_end_is_read_again_then(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
    alice.post(f"{AREA}search/", RULES)
    with inside(cast.network):
        made = Composition.objects.get()
    path = f"{AREA}{made.public_id}/progress/"
    waiting = {"HX-Request": "true"}
    assert alice.get(path).status_code == 302
    assert "HX-Refresh" not in alice.get(path, headers=waiting)
    with inside(cast.network):
        work_off()
    assert alice.get(path, headers=waiting)["HX-Refresh"] == "true"


def test_stopping_a_search_keeps_the_page_alive(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
    alice.post(f"{AREA}search/", RULES)
    with inside(cast.network):
        made = Composition.objects.get()
    page = alice.post(f"{AREA}{made.public_id}/stop/", follow=True).content.decode()
    assert "The search was stopped before it had found anything" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({**RULES, "distance": "loin"}, "Enter a whole number."),
        ({**RULES, "distance": "5000"}, "less than or equal to 100"),
        ({**RULES, "contract": "zero"}, "Select a valid choice."),
        (RULES, "No firm needs hours that are still free"),
    ],
)
def test_rules_that_cannot_be_are_refused_where_they_stand(
    alice: Client, typed: dict[str, str], said: str
) -> None:
    answer = alice.post(f"{AREA}search/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_alice_locks_a_job_then_proposes_it(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        job = one_job(cast)
    mark = f"{AREA}jobs/{job.public_id}/mark/"
    page = f"{AREA}{job.composition.public_id}/#j1"
    assert alice.post(mark, {"state": "locked"})["Location"] == page
    assert "Unlock" in text_of(alice, AREA)
    assert alice.post(mark, {"state": "sold"}).status_code == 404
    form = text_of(alice, f"{AREA}jobs/{job.public_id}/propose/")
    assert "Garage Lemoine" in form
    sent = alice.post(f"{AREA}jobs/{job.public_id}/propose/", {"answer_by": "2020-01-01"})
    assert "Choose a day from today to four months from now." in sent.content.decode()
    day = form.split('name="answer_by" value="')[1].split('"')[0]
    alice.post(f"{AREA}jobs/{job.public_id}/propose/", {"answer_by": day})
    with inside(cast.network):
        job.refresh_from_db()
        assert job.state == JobState.SENT
    followed = text_of(alice, f"{AREA}jobs/{job.public_id}/")
    assert followed.count("No answer yet") == 2
    assert job.title in text_of(alice, f"{AREA}proposals/")


def test_bob_says_yes_without_learning_who_else_is_asked(
    cast: Cast, bob: Client, proposed: JobProposal
) -> None:
    with inside(cast.network):
        share = share_of(proposed, cast.bakery)
        garage = share_of(proposed, cast.garage)
    assert "It waits for your answer" in text_of(bob, f"{AREA}mine/")
    page = text_of(bob, f"{AREA}mine/{share.public_id}/")
    assert "17\N{NO-BREAK SPACE}h a week for you, on average" in page
    for secret in ("Garage Lemoine", "Vendôme", "Fournil"):
        assert secret not in page
    bob.post(f"{AREA}mine/{share.public_id}/", {"answer": "confirmed"})
    assert "It waits for the other firms" in text_of(bob, f"{AREA}mine/")
    Client(headers={"accept-language": "en"}).post(path_of(garage), {"answer": "confirmed"})
    page = text_of(bob, f"{AREA}mine/{share.public_id}/")
    assert "Garage Lemoine" in page
    assert "All have said yes: the job is to be hired for" in page


def test_the_garage_answers_by_its_link_without_an_account(
    cast: Cast, proposed: JobProposal
) -> None:
    with inside(cast.network):
        path = path_of(share_of(proposed, cast.garage))
    phone = Client(headers={"accept-language": "en"})
    page = phone.get(path)
    assert page.status_code == 200
    assert "Boulangerie Martin" not in page.content.decode()
    typed = {"answer": "adjusted", **hours("16.5")}
    assert phone.post(path, typed)["Location"] == path
    assert phone.post(path, typed)["Location"] == path
    with inside(cast.network):
        share = share_of(proposed, cast.garage)
        assert (share.answer, share.adjusted) == (ShareAnswer.ADJUSTED, [33] * 12)
    assert "16.5" in phone.get(path).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"answer": ""}, "This field is required."),
        ({"answer": "refused"}, "Say why, in a few words"),
        ({"answer": "adjusted", **hours("200")}, "less than or equal to 168"),
        ({"answer": "adjusted", **hours("0")}, "some month has hours"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    cast: Cast, proposed: JobProposal, typed: dict[str, str], said: str
) -> None:
    with inside(cast.network):
        path = path_of(share_of(proposed, cast.garage))
    answer = Client(headers={"accept-language": "en"}).post(path, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    with inside(cast.network):
        assert share_of(proposed, cast.garage).answer == ShareAnswer.WAITING


@pytest.mark.parametrize("token", ["rien", "AAAAAAAAAAAAAAAAAAAAAAbbbbbbbbbbbbbbbb"])
def test_a_link_that_never_was_says_so_and_nothing_more(db: None, token: str) -> None:
    page = Client(headers={"accept-language": "en"}).get(f"/p/{token}/")
    assert page.status_code == 410
    assert "This link leads nowhere. Check that it is whole." in page.content.decode()


def test_a_firm_that_left_meanwhile_ends_the_proposal_in_plain_words(
    cast: Cast, alice: Client, proposed: JobProposal
) -> None:
    with inside(cast.network):
        path = path_of(share_of(proposed, cast.garage))
        cast.bakery.memberships.all().delete()
    assert "This proposal no longer stands" in text_of(alice, f"{AREA}jobs/{proposed.public_id}/")
    page = (
        Client(headers={"accept-language": "en"})
        .post(path, {"answer": "confirmed"}, follow=True)
        .content.decode()
    )
    assert "This proposal no longer stands: nothing is asked of you." in page
    assert "It is given up" in page


def test_emma_finds_no_trace_of_a_job_of_her_competitor(
    cast: Cast, client_of: ClientOf, proposed: JobProposal
) -> None:
    emma = client_of(cast.emma)
    with inside(cast.network):
        share = share_of(proposed, cast.bakery)
    assert emma.get(f"{AREA}mine/{share.public_id}/").status_code == 404
    assert "Nothing proposed yet" in text_of(emma, f"{AREA}mine/")


def test_a_no_is_told_to_the_animator_and_its_reason_to_nobody_else(
    cast: Cast, alice: Client, bob: Client, proposed: JobProposal
) -> None:
    with inside(cast.network):
        share = share_of(proposed, cast.bakery)
        path = path_of(share_of(proposed, cast.garage))
    Client(headers={"accept-language": "en"}).post(
        path, {"answer": "refused", "reason": "Trop loin de Vendôme"}
    )
    assert "Trop loin de Vendôme" in text_of(alice, f"{AREA}jobs/{proposed.public_id}/")
    page = text_of(bob, f"{AREA}mine/{share.public_id}/")
    assert "It is given up" in page
    assert "Trop loin" not in page
    assert "said no" not in page


def test_alice_gives_a_job_up_and_says_why(
    cast: Cast, alice: Client, proposed: JobProposal
) -> None:
    waiting = f"{AREA}proposals/?export=csv"
    assert last_line(alice, waiting).endswith("2")
    path = f"{AREA}jobs/{proposed.public_id}/give-up/"
    assert alice.post(path, {"because": ""}).status_code == 422
    alice.post(path, {"because": "La saison est passée"})
    page = text_of(alice, f"{AREA}jobs/{proposed.public_id}/")
    assert "La saison est passée" in page
    assert last_line(alice, waiting).endswith("0")
    with inside(cast.network):
        assert searched(cast).jobs.count() == 1


def test_what_was_found_is_handed_over_as_a_page_and_a_workbook(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        made = one_job(cast).composition
    page = alice.get(f"{AREA}{made.public_id}/report/html/")
    assert "Boulangerie Martin" in page.content.decode()
    book = alice.get(f"{AREA}{made.public_id}/report/xlsx/")
    assert book.content.startswith(b"PK")
    assert alice.get(f"{AREA}{made.public_id}/report/pdf/").status_code == 404
    with inside(cast.network):
        read = set(ReadLine.objects.values_list("organisation_id", flat=True))
    assert cast.bakery.public_id in read


def test_two_searches_are_compared_job_by_job(cast: Cast, alice: Client) -> None:
    assert "Nothing to compare yet" in text_of(alice, f"{AREA}compare/")
    with inside(cast.network):
        one_job(cast)
        need_of(cast, cast.bakery, "M1203")
        need_of(cast, cast.garage, "M1203")
        searched(cast)
    page = text_of(alice, reverse("workshop:compare", args=[cast.network.slug]))
    assert "Jobs found by both: 1." in page
    assert page.count("Boulangerie Martin") == 1
    assert alice.get(f"{AREA}compare/?a=x").status_code == 404
