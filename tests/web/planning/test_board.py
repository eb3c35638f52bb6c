"""Alice reads a week, finds who could come, is told what forbids, and publishes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Publication, Slot
from tests.cast import Cast, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

type ClientOf = Callable[[Person], Client]
NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days
YEAR, WEEK, _DAY = NEXT.isocalendar()
KEY = f"{YEAR}-W{WEEK:02}"


def slot(cast: Cast, day: int, start: float, end: float) -> Slot:
    return slot_of(cast, cast.bakery, DAYS + day, start, end)


def address(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"planning:{name}", args=[cast.network.slug, *args])


def test_the_board_shows_who_is_where_and_what_lacks_somebody(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        gaelle = shared_baker(cast)
        Assignment.objects.create(slot=slot(cast, 0, 6, 12), worker=gaelle)
        slot(cast, 1, 6, 12)
    alice = client_of(cast.alice)
    page = alice.get(address(cast, "board"), {"week": KEY}).content.decode()
    assert "Gaëlle" in page
    assert "6 h of 35 h" in page.replace("\u00a0", " ")
    assert "1 place lacks somebody, 6 h in all." in page.replace("\u00a0", " ")
    by_firm = alice.get(address(cast, "board"), {"week": KEY, "by": "firm"}).content.decode()
    assert "one face" in by_firm


def test_alice_places_whoever_can_and_is_told_why_another_cannot(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        Assignment.objects.create(slot=slot(cast, 0, 14, 20), worker=gaelle)
        gap = slot(cast, 1, 6, 12)
    alice = client_of(cast.alice)
    page = alice.post(address(cast, "who-could", gap.public_id)).content.decode()
    assert page.index("Hugo") < page.index("Gaëlle")
    assert "L3131-1" in page
    answer = alice.post(
        address(cast, "place", gap.public_id), {"worker": gaelle.public_id}, follow=True
    )
    assert "L3131-1" in answer.content.decode()
    alice.post(address(cast, "place", gap.public_id), {"worker": hugo.public_id})
    with inside(cast.network):
        assert Assignment.objects.get(slot=gap).worker == hugo


def test_a_week_is_published_once_it_is_read(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        Assignment.objects.create(slot=slot(cast, 0, 6, 12), worker=shared_baker(cast))
    alice = client_of(cast.alice)
    here = f"{address(cast, 'publish')}?week={KEY}"
    assert (
        "First publication of this week: 1 shifts of 1 workers." in alice.get(here).content.decode()
    )
    alice.post(here)
    with inside(cast.network):
        assert Publication.objects.get().monday == NEXT
    assert "Nothing to publish" in alice.get(here).content.decode()


def test_what_a_firm_needs_is_entered_and_what_cannot_be_is_said_beside_its_field(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        shared_baker(cast)
    alice = client_of(cast.alice)
    typed = {
        "organisation": str(cast.bakery.public_id),
        "occupation": "D1102",
        "weekdays": ["0", "2"],
        "starts_at": "12:00",
        "ends_at": "06:00",
        "people": "1",
        "importance": "3",
        "every": "1",
        "starts_on": NEXT.isoformat(),
    }
    refused = alice.post(address(cast, "new-series"), typed)
    assert refused.status_code == 422
    assert "It ends before it begins" in refused.content.decode()
    alice.post(address(cast, "new-series"), typed | {"ends_at": "18:00"})
    with inside(cast.network):
        assert Slot.objects.filter(day=NEXT).count() == 1


@pytest.mark.parametrize("who", ["bob", "emma", "farid", "chloe"])
def test_nobody_else_opens_the_plan(cast: Cast, client_of: ClientOf, who: str) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(address(cast, "board")).status_code == 403
    assert client.get(address(cast, "series")).status_code == 403
