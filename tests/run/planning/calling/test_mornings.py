"""Gaëlle is ill at 05:40; somebody else opens the shop, within the law, and everyone knows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.run.planning.calling.asking import give_up, no_longer_needed
from maillage.run.planning.calling.declaring import (
    came_after_all,
    declare_absence,
    nobody_came,
    put_off_return,
)
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.looking import look
from maillage.run.planning.calling.offering import accept_offer, propose, refuse_offer
from maillage.run.planning.calling.wording import said_exclusion
from maillage.run.planning.enums import CallCause, CallState, OfferState
from maillage.run.planning.models import Assignment, Call, CallOffer, PublishedShift
from tests.cast import Cast, acting, inside
from tests.run.planning.calling.mornings import (
    DAWN,
    TUESDAY,
    at,
    away,
    call_for,
    early,
    holds,
    published,
    ranked,
)
from tests.run.planning.placed import called
from tests.run.stories import MONDAY, lend, shared_baker, slot_of, worker_of


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def mailed() -> dict[str, list[str]]:
    """The subjects of the mails that were written, by address."""
    found: dict[str, list[str]] = {}
    for mail in OutgoingMail.objects.order_by("pk"):
        found.setdefault(mail.to, []).append(mail.subject)
    return found


def test_an_absence_at_dawn_becomes_a_replacement_and_everyone_is_told(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot = early(cast)
    holds(gaelle, slot)
    published(cast)
    away(gaelle)
    call = call_for(slot)
    assert (call.state, call.cause, ranked(call)) == (CallState.OPEN, CallCause.ABSENCE, ["Hugo"])
    assert not Assignment.objects.exists()
    assert not PublishedShift.objects.exists()
    (offer,) = propose(acting=alice, call=call, workers=[hugo])
    accepted = accept_offer(offer=offer, at=DAWN)
    assert accepted.state == OfferState.ACCEPTED
    call.refresh_from_db()
    assert call.state == CallState.ANSWERED
    assert Assignment.objects.get().worker == hugo
    assert PublishedShift.objects.get().worker == hugo
    said = "Tuesday 3 March 2026, 06:00 to 12:00"
    everyone = mailed()
    assert everyone["hugo@home.example"] == [
        f"Could you come? {said}",
        f"Thank you: you come on {said}",
    ]
    assert everyone[cast.alice.email] == [
        "Gaëlle is away: 1 slot lacks somebody (said by Gaëlle).",
        f"Hugo comes to Boulangerie Martin, {said}.",
    ]
    assert everyone[cast.bob.email] == [
        f"Gaëlle will not come ({said}). Somebody is being looked for.",
        f"Hugo comes to you, {said}.",
    ]
    assert cast.emma.email not in everyone
    assert not Notification.objects.filter(person=cast.emma).exists()


def test_the_fourth_urgent_call_of_a_month_is_refused_and_another_is_proposed(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo, ines = (shared_baker(cast, name) for name in ("Gaëlle", "Hugo", "Inès"))
    slot = early(cast)
    holds(gaelle, slot)
    for day in (20, 21):
        called(cast, hugo, cast.garage, MONDAY + timedelta(days=day))
    away(gaelle)
    assert set(ranked(call_for(slot))) == {"Hugo", "Inès"}
    called(cast, hugo, cast.garage, MONDAY + timedelta(days=22))
    with pytest.raises(CallError, match="Hugo has accepted 3 urgent calls for that month"):
        propose(acting=alice, call=call_for(slot), workers=[hugo])
    again = early(cast, 3)
    holds(gaelle, again)
    away(gaelle, starts_at=at(3, 5), expected_on=TUESDAY + timedelta(days=3))
    call = call_for(again)
    assert ranked(call) == ["Inès"]
    (left_out,) = call.answers["excluded"]
    assert left_out["worker_id"] == str(hugo.public_id)
    assert said_exclusion(left_out, name="Hugo") == (
        "Hugo has accepted 3 urgent calls for that month, 3 at most"
    )
    (offer,) = propose(acting=alice, call=call, workers=[ines])
    assert accept_offer(offer=offer, at=DAWN).state == OfferState.ACCEPTED


def test_a_cap_reached_after_being_asked_holds_too(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    (offer,) = propose(acting=alice, call=call_for(slot), workers=[hugo])
    for day in (20, 21, 22):
        called(cast, hugo, cast.garage, MONDAY + timedelta(days=day))
    assert accept_offer(offer=offer, at=DAWN).state == OfferState.OVERTAKEN
    assert not Assignment.objects.exists()


def test_of_two_who_say_yes_the_first_comes(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo, ines = (shared_baker(cast, name) for name in ("Gaëlle", "Hugo", "Inès"))
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    first, second = propose(acting=alice, call=call_for(slot), workers=[ines, hugo])
    assert accept_offer(offer=first, at=DAWN).state == OfferState.ACCEPTED
    assert accept_offer(offer=second, at=DAWN).state == OfferState.WITHDRAWN
    assert Assignment.objects.get().worker == ines
    assert mailed()["hugo@home.example"][-1].startswith("Nobody is needed any more")


def test_whoever_ends_too_late_is_left_out_with_the_rest_and_its_article(cast: Cast) -> None:
    gaelle, thomas = shared_baker(cast), shared_baker(cast, "Thomas")
    slot = early(cast)
    holds(gaelle, slot)
    holds(thomas, slot_of(cast, cast.garage, 0, 15, 20.5))
    away(gaelle)
    call = call_for(slot)
    assert ranked(call) == []
    (left_out,) = call.answers["excluded"]
    said = said_exclusion(left_out, name="Thomas").replace("\u00a0", " ")
    assert said == (
        "Thomas would lack 1 h 30 min of the 11 h of rest due between two days: "
        "Monday 2 March, 15:00 to 20:30; Tuesday 3 March, 6:00 to 12:00 (art. L3131-1)"
    )


def test_whoever_lacks_only_an_agreement_with_the_firm_is_named_apart(cast: Cast) -> None:
    gaelle, jules = shared_baker(cast), worker_of(cast, "Jules")
    lend(jules, cast.garage)
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    call = call_for(slot)
    assert ranked(call) == []
    assert call.answers["to_sign"] == [str(jules.public_id)]
    holds(jules, slot_of(cast, cast.garage, 1, 6, 12))
    look([call], DAWN)
    assert (call.answers["to_sign"], call.answers["others"]) == ([], 1)


def test_of_two_who_are_free_the_familiar_one_comes_first(cast: Cast) -> None:
    gaelle, hugo, ines = (shared_baker(cast, name) for name in ("Gaëlle", "Hugo", "Inès"))
    slot = early(cast)
    holds(gaelle, slot)
    holds(ines, slot_of(cast, cast.bakery, -14, 6, 12))
    away(gaelle)
    assert ranked(call_for(slot)) == ["Inès", "Hugo"]
    first, second = call_for(slot).answers["answers"]
    assert (first["knows_firm"], first["times"]) == (True, 1)
    assert (second["knows_firm"], second["times"]) == (False, 0)
    assert hugo


def test_somebody_busy_comes_when_another_takes_over_their_slot(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    ines = shared_baker(cast, "Inès")
    slot, other = early(cast, level=2), slot_of(cast, cast.garage, 1, 6, 12)
    ines.skills.update(level=1)
    holds(gaelle, slot)
    holds(hugo, other)
    published(cast)
    away(gaelle)
    call = call_for(slot)
    (answer,) = call.answers["answers"]
    assert [move["slot_id"] for move in answer["moves"]] == [str(other.public_id)]
    (offer,) = propose(acting=alice, call=call, workers=[hugo])
    accept_offer(offer=offer, at=DAWN)
    assert {(a.worker.name, a.slot_id) for a in Assignment.objects.select_related("worker")} == {
        ("Hugo", slot.pk),
        ("Inès", other.pk),
    }
    assert {
        (s.worker.name, s.slot_id) for s in PublishedShift.objects.select_related("worker")
    } == {
        ("Hugo", slot.pk),
        ("Inès", other.pk),
    }
    assert [one.split(":")[0] for one in mailed()["ines@home.example"]] == ["Your week changes"]


def test_a_no_is_asked_nothing_more_and_no_figure_reads_it(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    call = call_for(slot)
    (offer,) = propose(acting=alice, call=call, workers=[hugo])
    refuse_offer(offer=offer, reason="School of my son")
    offer.refresh_from_db()
    assert (offer.state, offer.reason) == (OfferState.REFUSED, "School of my son")
    with pytest.raises(CallError, match="nobody asks twice"):
        propose(acting=alice, call=call, workers=[hugo])
    with pytest.raises(CallError, match="You said no"):
        accept_offer(offer=offer, at=DAWN)
    assert not any("School" in mail.text for mail in OutgoingMail.objects.all())


def test_what_a_rule_forbids_since_the_question_is_not_done(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    (offer,) = propose(acting=alice, call=call_for(slot), workers=[hugo])
    holds(hugo, slot_of(cast, cast.garage, 0, 15, 21))
    assert accept_offer(offer=offer, at=DAWN).state == OfferState.OVERTAKEN
    assert call_for(slot).state == CallState.OPEN
    assert any("L3131-1" in one for one in mailed()[cast.alice.email])


def test_an_absence_opens_every_slot_until_the_return(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle = shared_baker(cast)
    slots = [early(cast, day) for day in range(5)]
    holds(gaelle, *slots)
    absence = away(gaelle, alice, expected_on=TUESDAY + timedelta(days=2))
    assert [call.slot for call in Call.objects.order_by("slot__day")] == slots[1:3]
    put_off_return(acting=alice, absence=absence, expected_on=TUESDAY + timedelta(days=3), at=DAWN)
    assert [call.slot for call in Call.objects.order_by("slot__day")] == slots[1:4]
    with pytest.raises(CallError, match="Choose a later day"):
        put_off_return(acting=alice, absence=absence, expected_on=TUESDAY)


def test_somebody_who_comes_after_all_has_their_slots_back(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle = shared_baker(cast)
    slot = early(cast)
    holds(gaelle, slot)
    published(cast)
    absence = away(gaelle)
    assert came_after_all(acting=alice, absence=absence) == 1
    assert Assignment.objects.get().worker == gaelle
    assert PublishedShift.objects.get().worker == gaelle
    assert call_for(slot).state == CallState.WITHDRAWN


def test_a_firm_says_that_nobody_came_once_the_time_has_come(cast: Cast) -> None:
    bob, emma = acting(cast.bob, cast.network), acting(cast.emma, cast.network)
    gaelle = shared_baker(cast)
    slot = early(cast)
    holds(gaelle, slot)
    with pytest.raises(CallError, match="Wait until the time has come"):
        nobody_came(acting=bob, slot=slot, worker=gaelle, at=at(1, 5, 59))
    with pytest.raises(PermissionDenied):
        nobody_came(acting=emma, slot=slot, worker=gaelle, at=at(1, 6, 20))
    absence = nobody_came(acting=bob, slot=slot, worker=gaelle, at=at(1, 6, 20))
    assert (absence.said_by, absence.expected_on) == (
        "Boulangerie Martin",
        TUESDAY + timedelta(days=1),
    )
    assert call_for(slot).state == CallState.OPEN


def test_the_same_absence_is_not_written_down_twice(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    away(gaelle)
    with pytest.raises(CallError, match="written down as away"):
        away(gaelle)


def test_a_return_comes_after_the_first_day(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    with pytest.raises(CallError, match="after the first day away") as refused:
        away(gaelle, expected_on=TUESDAY)
    assert refused.value.field == "expected_on"


def test_the_people_of_a_firm_declare_nobody_away(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    bob = acting(cast.bob, cast.network)
    with pytest.raises(PermissionDenied):
        declare_absence(
            worker=gaelle, starts_at=DAWN, expected_on=None, kind="other", acting=bob, at=DAWN
        )


def test_the_firm_reads_why_nobody_was_found(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle = shared_baker(cast)
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    with pytest.raises(CallError, match="Say why"):
        give_up(acting=alice, call=call_for(slot), because=" ")
    give_up(acting=alice, call=call_for(slot), because="Everybody rests")
    assert call_for(slot).state == CallState.UNANSWERED
    assert mailed()[cast.bob.email][-1].endswith("Everybody rests")


def test_a_firm_that_needs_nobody_any_more_says_so(cast: Cast) -> None:
    alice, bob = acting(cast.alice, cast.network), acting(cast.bob, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slot = early(cast)
    holds(gaelle, slot)
    away(gaelle)
    (offer,) = propose(acting=alice, call=call_for(slot), workers=[hugo])
    no_longer_needed(acting=bob, call=call_for(slot))
    offer.refresh_from_db()
    slot.refresh_from_db()
    assert (offer.state, slot.cancelled_why) == (OfferState.WITHDRAWN, "No longer needed")
    assert CallOffer.objects.count() == 1
