"""What would make a slot possible is proposed on its page, done by one button, or refused."""

import re

from django.test import Client

from maillage.run.planning.models import Assignment, Slot
from maillage.run.planning.placing import place
from tests.cast import Cast, acting, inside
from tests.run.stories import lend, shared_baker, slot_of, worker_of
from tests.web.planning.test_board import DAYS, ClientOf, address

HIDDEN = re.compile(r'name="(worker|handover)" value="([^"]+)"')


def a_gap_that_takes_a_move(cast: Cast) -> tuple[Slot, Slot]:
    """Gaëlle is at the bakery, where Hugo may go, while the garage lacks somebody."""
    with inside(cast.network):
        lend(worker_of(cast, "Hugo"), cast.bakery)
        held = slot_of(cast, cast.bakery, DAYS, 6, 12)
        alice = acting(cast.alice, cast.network)
        place(acting=alice, slot=held, worker=shared_baker(cast))
        return held, slot_of(cast, cast.garage, DAYS, 8, 12)


def seats(cast: Cast) -> dict[int, str]:
    with inside(cast.network):
        return dict(Assignment.objects.values_list("slot", "worker__name"))


def proposed(alice: Client, cast: Cast, gap: Slot) -> dict[str, str]:
    page = alice.post(address(cast, "who-could", gap.public_id)).content.decode()
    return dict(HIDDEN.findall(page.split("What would make it possible")[1]))


def test_alice_does_what_the_page_proposes(cast: Cast, client_of: ClientOf) -> None:
    held, gap = a_gap_that_takes_a_move(cast)
    alice = client_of(cast.alice)
    way = proposed(alice, cast, gap)
    answer = alice.post(address(cast, "fill", gap.public_id), way, follow=True)
    assert "Gaëlle takes this slot." in answer.content.decode()
    assert seats(cast) == {held.pk: "Hugo", gap.pk: "Gaëlle"}


def test_what_is_no_longer_possible_is_said_and_changes_nothing(
    cast: Cast, client_of: ClientOf
) -> None:
    held, gap = a_gap_that_takes_a_move(cast)
    alice = client_of(cast.alice)
    way = proposed(alice, cast, gap)
    alice.post(address(cast, "fill", gap.public_id), way)
    again = alice.post(address(cast, "fill", gap.public_id), way, follow=True)
    assert "m-toast--no" in again.content.decode()
    assert seats(cast) == {held.pk: "Hugo", gap.pk: "Gaëlle"}


def test_words_that_name_nothing_are_not_found(cast: Cast, client_of: ClientOf) -> None:
    _, gap = a_gap_that_takes_a_move(cast)
    alice = client_of(cast.alice)
    for way in ({}, {"worker": "nobody"}, {"worker": gap.public_id, "handover": "one two"}):
        assert alice.post(address(cast, "fill", gap.public_id), way).status_code == 404


def test_the_board_is_told_what_law_and_charter_say_of_each_worker(
    cast: Cast, client_of: ClientOf
) -> None:
    _, gap = a_gap_that_takes_a_move(cast)
    answer = client_of(cast.alice).post(address(cast, "answers", gap.public_id)).json()
    assert answer["summary"] == "0 people could take it."
    assert [one["may"] for one in answer["people"].values()] == ["no", "no"]
    assert any("L8241-2" in one["why"] for one in answer["people"].values())
