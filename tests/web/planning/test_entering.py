"""Alice changes what firms need, closes a firm and opens it again; each time she reads first."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Closure, Slot, SlotSeries
from tests.cast import Cast, inside
from tests.run.stories import BAKING, MONDAY, shared_baker, slot_of

type ClientOf = Callable[[Person], Client]
NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days
CONFIRMED = {"confirmed": "yes"}


def address(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"planning:{name}", args=[cast.network.slug, *args])


def test_a_half_day_stands_for_its_times(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        shared_baker(cast)
    alice = client_of(cast.alice)
    typed = {
        "organisation": str(cast.bakery.public_id),
        "occupation": BAKING,
        "part": "afternoon",
        "day": NEXT.isoformat(),
        "people": "1",
        "importance": "3",
    }
    alice.post(address(cast, "new-slot"), typed)
    with inside(cast.network):
        slot = Slot.objects.get()
    assert (slot.start_minute, slot.end_minute) == (13 * 60 + 30, 17 * 60 + 30)
    refused = alice.post(address(cast, "new-slot"), typed | {"part": "times"})
    assert refused.status_code == 422
    assert "choose a half-day" in refused.content.decode()


def test_a_change_is_read_then_done(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        gaelle = shared_baker(cast)
        slot = slot_of(cast, cast.bakery, DAYS, 6, 12)
        Assignment.objects.create(slot=slot, worker=gaelle)
    alice = client_of(cast.alice)
    here = address(cast, "change-slot", slot.public_id)
    assert 'value="06:00"' in alice.get(here).content.decode()
    typed = {
        "occupation": BAKING,
        "level": "5",
        "part": "times",
        "starts_at": "06:00",
        "ends_at": "12:00",
        "people": "1",
        "importance": "3",
    }
    page = alice.post(here, typed).content.decode()
    assert "Who leaves a slot" in page
    assert "Gaëlle" in page
    with inside(cast.network):
        assert Assignment.objects.exists()
    alice.post(here, typed | CONFIRMED)
    slot.refresh_from_db()
    with inside(cast.network):
        assert (slot.level, Assignment.objects.exists()) == (5, False)


def test_a_series_changes_and_its_weeks_are_laid_out(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        shared_baker(cast)
        series = SlotSeries.objects.create(
            network=cast.network,
            organisation=cast.bakery,
            occupation=BAKING,
            occupation_label="Baking",
            weekday=0,
            start_minute=360,
            end_minute=720,
            starts_on=NEXT,
        )
    alice = client_of(cast.alice)
    said = alice.post(address(cast, "lay-out"), follow=True).content.decode()
    assert "8 slots are laid out." in said
    typed = {
        "occupation": BAKING,
        "level": "1",
        "part": "morning",
        "people": "2",
        "importance": "3",
        "since": NEXT.isoformat(),
        "ends_on": "",
    }
    here = address(cast, "change-series", series.public_id)
    assert "8 slots to come are concerned. 16 places" in alice.post(here, typed).content.decode()
    alice.post(here, typed | CONFIRMED)
    series.refresh_from_db()
    assert (series.people, series.start_minute) == (2, 480)


def test_a_closure_tells_whom_to_call_and_is_taken_back(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        gaelle = shared_baker(cast)
        slot = slot_of(cast, cast.bakery, DAYS, 6, 12)
        Assignment.objects.create(slot=slot, worker=gaelle)
    alice = client_of(cast.alice)
    year, week, _day = NEXT.isocalendar()
    alice.post(f"{address(cast, 'publish')}?week={year}-W{week:02}")
    typed = {
        "organisation": str(cast.bakery.public_id),
        "starts_on": NEXT.isoformat(),
        "ends_on": NEXT.isoformat(),
        "reason": "Inventory",
    }
    page = alice.post(address(cast, "new-closure"), typed).content.decode()
    for words in ("Who must be told", "tel:06 00 00 00 00", "Hours to place elsewhere"):
        assert words in page
    kept = alice.post(address(cast, "new-closure"), typed | CONFIRMED, follow=True)
    assert "Gaëlle" in kept.content.decode()
    with inside(cast.network):
        closure = Closure.objects.get()
        assert not Assignment.objects.exists()
    back = {"put_back": "yes"}
    page = alice.post(address(cast, "reopen", closure.public_id), back).content.decode()
    assert "1 person takes their place back." in page
    alice.post(address(cast, "reopen", closure.public_id), back | CONFIRMED)
    with inside(cast.network):
        assert (Closure.objects.count(), Assignment.objects.get().worker) == (0, gaelle)
