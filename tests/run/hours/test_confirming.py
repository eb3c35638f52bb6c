"""The bakery confirms its March by one tap, disputes a day, or says nothing for five days."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.notify.models import OutgoingMail
from maillage.run.employment.models import Worker
from maillage.run.hours.confirming import (
    approve_by_silence,
    confirm_month,
    dispute,
    fingerprint,
    hours_to_show,
    month_of_link,
    month_path,
    send_month,
    settle,
)
from maillage.run.hours.declaring import Told, declare
from maillage.run.hours.models import HourEntry, HourWord
from maillage.run.hours.refusals import ChangedSinceError, HoursError
from tests.cast import Cast, acting, inside
from tests.run.hours.months import MARCH, confirmed, sent, worked
from tests.run.stories import HOUR, shared_baker


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    worker: Worker = shared_baker(cast)
    return worker


def states() -> list[str]:
    return list(HourEntry.objects.order_by("day").values_list("state", flat=True))


def test_a_firm_gets_its_month_by_a_link_and_confirms_it_by_one_tap(
    cast: Cast, gaelle: Worker
) -> None:
    worked(cast, gaelle, 0, 1)
    waiting = sent(cast)
    assert waiting.tacit_on == localdate() + timedelta(days=5)
    opened = month_of_link(month_path(waiting).removeprefix("/h/").strip("/"))
    assert opened == waiting
    assert confirm_month(sent=waiting, seen=fingerprint(hours_to_show(waiting)), by="Bob") == 2
    assert states() == ["confirmed", "confirmed"]
    waiting.refresh_from_db()
    assert waiting.confirmed_by == "Bob"


def test_a_link_that_is_changed_opens_nothing(cast: Cast, gaelle: Worker) -> None:
    worked(cast, gaelle, 0)
    token = month_path(sent(cast)).removeprefix("/h/").strip("/")
    other = "a" if token[-1] != "a" else "b"
    assert month_of_link(token[:-1] + other) is None
    assert month_of_link("nothing") is None


def test_what_changed_since_it_was_shown_is_looked_at_again(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    waiting = sent(cast)
    seen = fingerprint(hours_to_show(waiting))
    declare(entry=entry, told=Told(6 * HOUR, 13 * HOUR), why="An order")
    with pytest.raises(ChangedSinceError, match="changed since"):
        confirm_month(sent=waiting, seen=seen, by="Bob")
    assert states() == ["declared"]


def test_a_firm_signs_with_a_name(cast: Cast, gaelle: Worker) -> None:
    worked(cast, gaelle, 0)
    waiting = sent(cast)
    with pytest.raises(HoursError, match="your name"):
        confirm_month(sent=waiting, seen=fingerprint(hours_to_show(waiting)), by=" ")


def test_a_disputed_day_waits_for_its_answer(cast: Cast, gaelle: Worker) -> None:
    first, _second = worked(cast, gaelle, 0, 1)
    waiting = sent(cast)
    dispute(sent=waiting, entry=first, words="She left at 11", by="Bob")
    assert confirmed(cast) == 1
    assert states() == ["disputed", "confirmed"]
    alice = acting(cast.alice, cast.network)
    told = Told(6 * HOUR, 11 * HOUR)
    settle(acting=alice, entry=first, told=told, words="Gaëlle agrees", agreed=True)
    first.refresh_from_db()
    assert (first.state, first.presence_minutes, first.billed_minutes) == ("confirmed", 300, 300)
    assert [(one.voice, one.text) for one in HourWord.objects.all()] == [
        ("firm", "She left at 11"),
        ("group", "Gaëlle agrees"),
    ]
    with pytest.raises(HoursError, match="Nothing is disputed"):
        settle(acting=alice, entry=first, told=told, words="Again")


def test_a_worker_may_be_paid_for_what_the_firm_does_not_bear(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    dispute(sent=sent(cast), entry=entry, words="The oven was down", by="Bob")
    kept = settle(
        acting=acting(cast.alice, cast.network),
        entry=entry,
        told=Told(6 * HOUR, 9 * HOUR),
        words="The group bears the rest",
        agreed=True,
        presence=False,
    )
    assert (kept.presence_minutes, kept.billed_minutes) == (360, 180)


def test_silence_approves_from_the_fifth_day_on_but_nothing_disputed(
    cast: Cast, gaelle: Worker
) -> None:
    first, _second = worked(cast, gaelle, 0, 1)
    dispute(sent=sent(cast), entry=first, words="She was not there", by="Bob")
    day = localdate() + timedelta(days=5)
    assert approve_by_silence(cast.network, day - timedelta(days=1)) == 0
    assert states() == ["disputed", "planned"]
    assert approve_by_silence(cast.network, day) == 1
    assert states() == ["disputed", "tacit"]
    assert approve_by_silence(cast.network, day) == 0


def test_sending_again_gives_no_more_time(cast: Cast, gaelle: Worker) -> None:
    worked(cast, gaelle, 0)
    assert sent(cast).tacit_on == sent(cast).tacit_on == localdate() + timedelta(days=5)


def test_nothing_to_confirm_is_not_sent(cast: Cast, gaelle: Worker) -> None:
    with pytest.raises(HoursError, match="nothing to confirm"):
        sent(cast)
    worked(cast, gaelle, 0)
    confirmed(cast)
    with pytest.raises(HoursError, match="nothing to confirm"):
        sent(cast)


def test_a_firm_confirms_and_disputes_its_own_hours_only(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    waiting = sent(cast)
    emma, bob = acting(cast.emma, cast.network), acting(cast.bob, cast.network)
    seen = fingerprint(hours_to_show(waiting))
    with pytest.raises(PermissionDenied):
        confirm_month(sent=waiting, seen=seen, by="Emma", acting=emma)
    with pytest.raises(PermissionDenied):
        dispute(sent=waiting, entry=entry, words="No", by="Emma", acting=emma)
    with pytest.raises(PermissionDenied):
        send_month(acting=bob, organisation=cast.bakery, month=MARCH)
    assert confirm_month(sent=waiting, seen=seen, by="Bob", acting=bob) == 1


def test_the_mail_says_until_when_and_where(cast: Cast, gaelle: Worker) -> None:
    worked(cast, gaelle, 0)
    alice = acting(cast.alice, cast.network)
    waiting, why_not = send_month(acting=alice, organisation=cast.bakery, month=MARCH)
    letter = OutgoingMail.objects.get()
    assert why_not == ""
    assert letter.subject == "Vos heures de mars 2026, à confirmer"
    assert month_path(waiting) in letter.text
