"""The pages of background work, in a browser without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs import registry
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome
from maillage.foundation.jobs.words import kept
from maillage.foundation.jobs.worker import work_off
from maillage.web.runs.progress import duration
from tests.cast import Cast

type ClientOf = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _baking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people start a work of their own: baking."""
    monkeypatch.setattr(registry, "KINDS", {})
    monkeypatch.setattr(registry, "LISTENERS", [])
    monkeypatch.setattr(registry, "RESULT_PAGES", {})

    @registry.background("bake", title=_("Baking of the loaves"), kept=_("The dough is kept."))
    def bake(_run: RunHandle) -> Outcome:
        return Outcome(summary="Forty loaves are ready.")

    registry.result_page("bake")(lambda _run: "/loaves/")


def started_by(person: Person, cast: Cast) -> Run:
    return start_run(kind="bake", owner_id=person.public_id, network_id=cast.network.public_id)


def change(run: Run, **fields: object) -> None:
    Run.objects.filter(pk=run.pk).update(**fields)


def in_progress(run: Run, **fields: object) -> None:
    moment = now()
    change(
        run, state=RunState.RUNNING, holder="w", heartbeat_at=moment, started_at=moment,
        **fields,
    )  # fmt: skip


def page_of(run: Run) -> str:
    return reverse("runs:page", args=[run.public_id])


def text_of(client: Client, run: Run, *, part: bool = False) -> str:
    response = client.get(page_of(run), headers={"hx-request": "true"} if part else {})
    assert response.status_code == 200
    return response.content.decode()


def test_waiting_run_says_so_and_can_be_stopped(cast: Cast, client_of: ClientOf) -> None:
    run = started_by(cast.bob, cast)
    text = text_of(client_of(cast.bob), run)
    assert "<h1>Baking of the loaves</h1>" in text
    assert "Waiting for its turn." in text
    assert reverse("runs:cancel", args=[run.public_id]) in text
    assert "See how far it is now" in text


def test_run_in_progress_shows_how_far_it_is_and_its_best(cast: Cast, client_of: ClientOf) -> None:
    run = started_by(cast.bob, cast)
    in_progress(
        run, done=312, total=460, message_words=kept("Reading the rows"), best_words=kept("12 jobs")
    )
    text = text_of(client_of(cast.bob), run)
    assert "312 of 460. Reading the rows" in text
    assert 'value="312" max="460"' in text
    assert "Best so far: 12 jobs" in text


def test_silent_run_says_what_will_become_of_it(cast: Cast, client_of: ClientOf) -> None:
    run = started_by(cast.bob, cast)
    in_progress(run)
    change(run, heartbeat_at=now() - timedelta(seconds=40))
    assert "the server may have stopped" in text_of(client_of(cast.bob), run)


def test_run_that_waits_too_long_says_whom_to_tell(cast: Cast, client_of: ClientOf) -> None:
    run = started_by(cast.bob, cast)
    change(run, queued_at=now() - timedelta(minutes=2))
    assert "tell whoever looks after the site" in text_of(client_of(cast.bob), run)


def test_finished_run_says_what_came_out_and_where_to_see_it(
    cast: Cast, client_of: ClientOf
) -> None:
    run = started_by(cast.bob, cast)
    work_off()
    text = text_of(client_of(cast.bob), run)
    assert "It is finished" in text
    assert "Forty loaves are ready." in text
    assert 'href="/loaves/"' in text
    assert reverse("runs:cancel", args=[run.public_id]) not in text


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (RunState.FAILED, "It could not be finished"),
        (RunState.LOST, "Interrupted before its end"),
        (RunState.CANCELLED, "Stopped at your request"),
    ],
)
def test_run_that_did_not_succeed_says_why(
    cast: Cast, client_of: ClientOf, state: RunState, title: str
) -> None:
    run = started_by(cast.bob, cast)
    change(run, state=state, finished_at=now(), error_words=kept("The oven is cold."))
    text = text_of(client_of(cast.bob), run)
    assert title in text
    assert "The oven is cold." in text


def test_script_asks_for_the_part_that_changes_until_the_end(
    cast: Cast, client_of: ClientOf
) -> None:
    run, client = started_by(cast.bob, cast), client_of(cast.bob)
    assert f'hx-get="{page_of(run)}"' in text_of(client, run, part=True)
    work_off()
    text = text_of(client, run, part=True)
    assert "<h1>" not in text
    assert "hx-get" not in text
    assert 'id="run-stop" hx-swap-oob="delete"' in text  # nothing is left to stop


def test_stopping_a_waiting_run_ends_it(cast: Cast, client_of: ClientOf) -> None:
    run, client = started_by(cast.bob, cast), client_of(cast.bob)
    response = client.post(reverse("runs:cancel", args=[run.public_id]), follow=True)
    assert response.redirect_chain == [(page_of(run), 302)]
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert "Stopped at your request" in response.content.decode()


def test_stopping_a_run_in_progress_says_that_it_is_stopping(
    cast: Cast, client_of: ClientOf
) -> None:
    run, client = started_by(cast.bob, cast), client_of(cast.bob)
    in_progress(run)
    text = client.post(reverse("runs:cancel", args=[run.public_id]), follow=True).content.decode()
    assert "what is being done now is brought to a clean end first" in text
    assert reverse("runs:cancel", args=[run.public_id]) not in text


def test_stopping_a_finished_run_is_refused_in_words(cast: Cast, client_of: ClientOf) -> None:
    run, client = started_by(cast.bob, cast), client_of(cast.bob)
    work_off()
    text = client.post(reverse("runs:cancel", args=[run.public_id]), follow=True).content.decode()
    assert "It has already ended: there is nothing left to cancel." in text
    assert "It is finished" in text


def test_looking_never_stops_anything(cast: Cast, client_of: ClientOf) -> None:
    run = started_by(cast.bob, cast)
    response = client_of(cast.bob).get(reverse("runs:cancel", args=[run.public_id]))
    assert response.status_code == 405
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 200), ("bob", 200), ("chloe", 404), ("denis", 404), ("emma", 404), ("farid", 404)],
)
def test_run_exists_for_its_owner_and_the_animator_only(
    cast: Cast, client_of: ClientOf, who: str, status: int
) -> None:
    run, client = started_by(cast.bob, cast), client_of(getattr(cast, who))
    assert client.get(page_of(run)).status_code == status
    stop = client.post(reverse("runs:cancel", args=[run.public_id]))
    assert stop.status_code == (302 if status == 200 else 404)


def test_animator_of_another_network_sees_nothing(cast: Cast, client_of: ClientOf) -> None:
    run = started_by(cast.bob, cast)
    change(run, network_id=uuid4())
    assert client_of(cast.alice).get(page_of(run)).status_code == 404


def test_work_of_the_site_has_no_page(cast: Cast, client_of: ClientOf) -> None:
    run = start_run(kind="bake", network_id=cast.network.public_id)
    assert client_of(cast.alice).get(page_of(run)).status_code == 404


def test_visitor_is_sent_to_sign_in_and_back(cast: Cast, client: Client) -> None:
    run = started_by(cast.bob, cast)
    response = client.get(page_of(run))
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?next={page_of(run)}")


def test_list_holds_ones_own_runs_found_by_their_title(cast: Cast, client_of: ClientOf) -> None:
    mine, client = started_by(cast.bob, cast), client_of(cast.bob)
    other = started_by(cast.alice, cast)
    text = client.get(reverse("runs:mine")).content.decode()
    assert page_of(mine) in text
    assert page_of(other) not in text
    assert "1 long task" in text
    assert page_of(mine) in client.get(reverse("runs:mine"), {"q": "LOAVES"}).content.decode()
    assert page_of(mine) not in client.get(reverse("runs:mine"), {"q": "bread"}).content.decode()
    found = client.get(reverse("runs:mine"), {"state": "failed"}).content.decode()
    assert page_of(mine) not in found


def test_empty_list_says_what_it_will_hold(cast: Cast, client_of: ClientOf) -> None:
    assert "Nothing yet" in client_of(cast.bob).get(reverse("runs:mine")).content.decode()


@pytest.mark.parametrize("count", [3, 60])
def test_list_asks_the_database_as_often_for_many_runs(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object],
    count: int,
) -> None:  # fmt: skip
    client = client_of(cast.bob)
    for _each in range(count):
        started_by(cast.bob, cast)
    client.get(reverse("runs:mine"))
    with django_assert_max_num_queries(8):
        client.get(reverse("runs:mine"))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 seconds"), (1, "1 second"), (59, "59 seconds"), (90, "2 minutes"), (7200, "2 hours")],
)
def test_duration_is_said_as_people_do(seconds: int, said: str) -> None:
    assert duration(timedelta(seconds=seconds)) == said
