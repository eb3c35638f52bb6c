"""Bob reads his own week and asks for help; it says nothing of other workplaces."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_current_timezone, localdate, localtime

from maillage.bricks.agreements.clauses import Clause
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import NetworkModule
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.calling.wording import said_hours
from maillage.run.planning.enums import CallCause, CallState
from maillage.run.planning.legality import headroom_of
from maillage.run.planning.models import Assignment, Call, Hand
from tests.cast import Cast, acting, inside
from tests.launch.charter.stories import published as charter_published
from tests.run.stories import lend, shared_baker, worker_of
from tests.web.calls.weeks import WEEK, ill, next_monday, only_call, publish, slot_on, works

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def at(monday: object) -> str:
    return f"{WEEK}?week={monday}"


def test_bob_sees_who_comes_and_nothing_of_the_garage(cast: Cast, bob: Client) -> None:
    monday = next_monday()
    with inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        works(gaelle, slot_on(cast, monday))
        works(gaelle, slot_on(cast, monday + timedelta(days=1), organisation=cast.garage))
        works(hugo, slot_on(cast, monday, organisation=cast.garage))
        slot_on(cast, monday + timedelta(days=2))
    text = text_of(bob, at(monday))
    assert "Not announced yet" in text
    assert "Gaëlle" not in text
    with inside(cast.network):
        publish(cast, monday)
    text = text_of(bob, at(monday))
    assert "Gaëlle, Boulangerie - viennoiserie" in text
    assert "Nobody yet" in text
    assert "Hugo" not in text
    for page in (at(monday), f"{WEEK}people/", f"{WEEK}elsewhere/?week={monday}", f"{WEEK}hands/"):
        shown = text_of(bob, page)
        if page != f"{WEEK}hands/":  # where Bob chooses which firm he helped
            assert "Garage" not in shown
        assert "Fournil" not in shown


def test_bob_reads_which_days_are_taken_and_places_only_if_the_charter_opens_them(
    cast: Cast, bob: Client
) -> None:
    monday = next_monday()
    with inside(cast.network):
        gaelle = shared_baker(cast)
        works(gaelle, slot_on(cast, monday))
        works(gaelle, slot_on(cast, monday + timedelta(days=1), organisation=cast.garage))
        publish(cast, monday)
    page = f"{WEEK}elsewhere/?week={monday}"
    text = text_of(bob, page)
    assert "With you, 07:00" in text
    assert "Taken" in text
    assert "Garage" not in text
    with inside(cast.network):
        opened_charter(cast)
        lend(gaelle, cast.rival)
        works(gaelle, slot_on(cast, monday + timedelta(days=2), organisation=cast.rival))
        publish(cast, monday)
    text = text_of(bob, page)
    assert "Garage Lemoine, 07:00" in text
    assert "Fournil" not in text


def opened_charter(cast: Cast) -> None:
    """Let the charter open workplaces."""
    times = Clause(
        key="timetables",
        title="Open timetables",
        text="Places too.",
        rule="timetables",
        parameter="workplaces",
    )
    charter_published(cast, times)


def test_bob_reads_how_long_they_may_still_work(cast: Cast, bob: Client) -> None:
    today = localdate()
    with inside(cast.network):
        gaelle = shared_baker(cast)
        worker_of(cast, "Inès")
        works(gaelle, slot_on(cast, today, 7, 12))
        works(gaelle, slot_on(cast, today, 13, 16, organisation=cast.garage))
        (law,) = headroom_of(cast.network, [gaelle.pk], today).values()
        assert 0 < law.day < 2 * 60  # ten hours a day: eight are planned, and the way counts
    text = text_of(bob, f"{WEEK}people/")
    assert f'<span class="m-big">{said_hours(law.day)}</span>' in text
    assert "Inès" not in text


def test_a_day_never_holds_more_than_its_week(cast: Cast, bob: Client) -> None:
    today = localdate()
    monday = today - timedelta(days=today.weekday())
    with inside(cast.network):
        gaelle = shared_baker(cast, hours=20)
        days = [monday + timedelta(days=number) for number in range(5)]
        for day in [day for day in days if day != today][:4]:
            works(gaelle, slot_on(cast, day, 7, 12))
    text = text_of(bob, f"{WEEK}people/")
    # Part-time: 20 h, 22 at most (L3123-28); 20 are planned, and the day alone would leave 10.
    assert '<span class="m-big">2\u00a0h</span>' in text


def test_the_figures_are_those_of_the_law_and_cost_few_queries(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        shared_baker(cast)
    with CaptureQueriesContext(connection) as few:
        bob.get(f"{WEEK}people/")
    with inside(cast.network):
        for rank in range(6):
            works(shared_baker(cast, f"Worker {rank}"), slot_on(cast, localdate(), 6 + rank))
    with CaptureQueriesContext(connection) as many:
        bob.get(f"{WEEK}people/")
    assert len(many) <= 12
    assert len(few) <= 12


def test_bob_asks_for_help_in_three_fields(cast: Cast, bob: Client) -> None:
    monday = next_monday()
    with inside(cast.network):
        shared_baker(cast)
    typed = {"day": monday.isoformat(), "hours": "6:30-12:30", "what": "D1102"}
    wrong = bob.post(WEEK, {**typed, "hours": "in the morning"})
    assert wrong.status_code == 422
    assert "Write two times, from when to when" in wrong.content.decode()
    answer = bob.post(WEEK, typed)
    assert answer["Location"] == at(monday)
    with inside(cast.network):
        call = only_call()
        assert (call.cause, call.slot.start_minute) == (CallCause.PEAK, 390)
        assert [each["rank"] for each in call.answers["answers"]] == [1]
    text = text_of(bob, at(monday))
    assert "Somebody is being looked for" in text
    bob.post(f"{WEEK}calls/{call.public_id}/withdraw/")
    with inside(cast.network):
        assert only_call().state == CallState.WITHDRAWN
    assert "Somebody is being looked for" not in text_of(bob, at(monday))


def test_bob_says_that_somebody_did_not_come(cast: Cast, client_of: ClientOf) -> None:
    clock = localtime()
    now = clock.hour * 60 + clock.minute
    day = clock.date() if now else clock.date() - timedelta(days=1)
    with inside(cast.network):
        gaelle = shared_baker(cast)
        slot = slot_on(cast, day)
        slot.start_minute, slot.end_minute = max(now - 30, 0), max(now - 30, 0) + 240
        slot.save()
        works(gaelle, slot)
        publish(cast, day - timedelta(days=day.weekday()))
    path = f"{WEEK}slots/{slot.public_id}/{gaelle.public_id}/"
    assert "Gaëlle did not come" in text_of(client_of(cast.bob), at(day))
    assert client_of(cast.emma).post(path).status_code == 404
    client_of(cast.bob).post(path)
    with inside(cast.network):
        assert not Assignment.objects.exists()
        assert Call.objects.get().absence.said_by == "Boulangerie Martin"


def test_bob_does_not_read_why_somebody_is_away(cast: Cast, bob: Client) -> None:
    monday = next_monday()
    with inside(cast.network):
        gaelle = shared_baker(cast)
        works(gaelle, slot_on(cast, monday))
        publish(cast, monday)
        declare_absence(
            worker=gaelle,
            starts_at=datetime.combine(monday, time(5, 40), get_current_timezone()),
            expected_on=None,
            kind="accident",
            acting=acting(cast.alice, cast.network),
        )
    text = text_of(bob, at(monday))
    assert "Somebody is being looked for" in text
    assert "Gaëlle" not in text
    assert "ccident" not in text


def test_bob_writes_down_a_hand_and_never_meets_his_competitor(cast: Cast, bob: Client) -> None:
    page = f"{WEEK}hands/"
    typed = {
        "way": "gave",
        "other": str(cast.garage.public_id),
        "day": localdate().isoformat(),
        "hours": "2",
        "what": "Kneaded for the fair",
    }
    bob.post(page, typed)
    assert "you helped Garage Lemoine, 2\u00a0h: Kneaded for the fair" in text_of(bob, page)
    assert bob.post(page, {**typed, "other": str(cast.rival.public_id)}).status_code == 422
    with inside(cast.network):
        hand = Hand.objects.get()
    bob.post(f"{page}{hand.public_id}/remove/")
    with inside(cast.network):
        assert not Hand.objects.exists()


def test_the_calls_of_a_competitor_are_not_there(cast: Cast, client_of: ClientOf) -> None:
    monday = next_monday()
    with inside(cast.network):
        gaelle = shared_baker(cast)
        works(gaelle, slot_on(cast, monday))
        publish(cast, monday)
        ill(gaelle, monday)
        call = only_call()
    emma = client_of(cast.emma)
    assert emma.post(f"{WEEK}calls/{call.public_id}/withdraw/").status_code == 404
    text = text_of(emma, at(monday))
    assert "Nobody is expected this week" in text
    assert "Boulangerie Martin" not in text


def test_the_week_is_the_first_page_of_a_firm_where_plans_are_made(cast: Cast, bob: Client) -> None:
    assert bob.get("/desk/")["Location"] == WEEK
    with inside(cast.network):
        NetworkModule.objects.filter(key="planning").delete()
    assert bob.get("/desk/")["Location"] != WEEK
    assert bob.get(WEEK).status_code == 404
