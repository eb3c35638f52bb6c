"""Alice reads the limits in force, and writes down what an agreement changes."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import NetworkRole
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, RuleChange
from tests.cast import START, Cast, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

type ClientOf = Callable[[Person], Client]
NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days
TYPED = {
    "rule": "daily_maximum",
    "value": "11:30",
    "source": "agreement",
    "name": "Company agreement of 5 January",
    "clause": "art. 7",
    "starts_on": localdate().isoformat(),
}


def address(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"planning:{name}", args=[cast.network.slug, *args])


def test_the_limits_in_force_have_their_article(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.alice).get(address(cast, "rules")).content.decode()
    for words in (
        "Longest working day",
        "L3121-18",
        "L3131-1",
        "never above 12\u00a0h",
        "None: the",
    ):
        assert words in page


def test_a_text_is_kept_and_shown_beside_the_law(cast: Cast, client_of: ClientOf) -> None:
    alice = client_of(cast.alice)
    refused = alice.post(address(cast, "rules"), TYPED | {"value": "12:01"})
    assert refused.status_code == 422
    assert "No text may go above 12\u00a0h (L3121-18, L3121-19)." in refused.content.decode()
    assert alice.post(address(cast, "rules"), TYPED | {"value": "long"}).status_code == 422
    page = alice.post(address(cast, "rules"), TYPED, follow=True).content.decode()
    assert "L3121-18, Company agreement of 5 January, art. 7" in page
    assert "11\u00a0h\u00a030" in page
    assert "the law: 10\u00a0h" in page
    with inside(cast.network):
        assert RuleChange.objects.get().parameters == {"minutes": 690}


def test_whoever_would_leave_is_named_before_anything_changes(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        gaelle = shared_baker(cast)
        for begin, end in ((6, 11), (12, 17)):
            slot = slot_of(cast, cast.bakery, DAYS, begin, end)
            Assignment.objects.create(slot=slot, worker=gaelle)
    alice = client_of(cast.alice)
    shorter = TYPED | {"value": "9 h"}
    page = alice.post(address(cast, "rules"), shorter).content.decode()
    assert "Before this rule changes" in page
    assert "Gaëlle" in page
    with inside(cast.network):
        assert Assignment.objects.count() == 2
        assert not RuleChange.objects.exists()
    alice.post(address(cast, "rules"), shorter | {"confirmed": "yes"})
    with inside(cast.network):
        assert Assignment.objects.get().slot.start_minute == 6 * 60
        change = RuleChange.objects.get()
    ended = {"last_day": localdate().isoformat()}
    alice.post(address(cast, "end-rule", change.public_id), ended)
    change.refresh_from_db()
    assert change.ends_on == localdate()


def test_the_board_reads_the_rules_and_changes_none(cast: Cast, client_of: ClientOf) -> None:
    NetworkRole.objects.create(
        network=cast.network, person=cast.denis, kind=NetworkRoleKind.BOARD, starts_on=START
    )
    denis = client_of(cast.denis)
    page = denis.get(address(cast, "rules"))
    assert page.status_code == 200
    assert "Keep this text" not in page.content.decode()
    assert denis.post(address(cast, "rules"), TYPED).status_code == 403
