"""How much a firm is solicited, and from when on it may be again."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.actions import (
    PolicyError,
    add_quiet_period,
    end_quiet_period,
    log_contact,
    set_policy,
)
from maillage.foundation.notify.days import said_day
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact, ContactPolicy
from maillage.foundation.notify.pressure import (
    Ceiling,
    FirmAddress,
    Quiet,
    firm_key,
    first_free_day,
    pressure_of,
)

TODAY = date(2026, 4, 7)


def called(firm: FirmAddress, person: Person, *, days_ago: int = 0, **fields: object) -> Contact:
    given = {"body_name": "Chamber", "network_id": None, "subject": "Survey", **fields}
    return log_contact(
        firm=firm,
        sender=person,
        channel=ContactChannel.CALL,
        at=now() - timedelta(days=days_ago),
        **given,  # type: ignore[arg-type]
    )


def test_firm_is_named_by_its_siren_so_that_two_bodies_share_its_ceiling() -> None:
    record = uuid4()
    assert firm_key(record, "552100554") == "552100554"
    assert firm_key(record, "") == str(record)


def test_contacts_of_all_bodies_count_together(alice: Person, bakery: FirmAddress) -> None:
    elsewhere = FirmAddress(bakery.firm_key, uuid4(), "FOURNIL MARTIN SARL")
    called(bakery, alice, body_name="Chamber")
    called(elsewhere, alice, body_name="Bank", network_id=uuid4())
    assert pressure_of(bakery).contacts == 2


def test_contacts_before_the_siren_was_known_still_count(
    alice: Person, bakery: FirmAddress
) -> None:
    before = FirmAddress(str(bakery.organisation_id), bakery.organisation_id, bakery.name)
    called(before, alice)
    set_policy(
        firm=before, actor_id=alice.public_id, network_id=None, ceiling=Ceiling(1, 90), by_firm=True
    )
    pressure = pressure_of(bakery)
    assert (pressure.contacts, pressure.ceiling) == (1, Ceiling(1, 90))


def test_another_firm_is_left_out(alice: Person, bakery: FirmAddress) -> None:
    called(FirmAddress("443061841", uuid4(), "Garage Lemoine"), alice)
    assert pressure_of(bakery).contacts == 0


def test_contact_leaves_the_count_on_the_first_day_out_of_the_window(
    alice: Person, bakery: FirmAddress
) -> None:
    called(bakery, alice, days_ago=29)
    assert pressure_of(bakery).contacts == 1
    assert pressure_of(bakery, day=localdate() + timedelta(days=1)).contacts == 0


def test_contact_that_the_firm_asked_for_does_not_count(alice: Person, bakery: FirmAddress) -> None:
    called(bakery, alice, counts=False)
    assert pressure_of(bakery).contacts == 0


def test_over_the_ceiling_the_sentence_says_why_when_and_who_leads(
    alice: Person, bakery: FirmAddress
) -> None:
    set_policy(
        firm=bakery,
        actor_id=alice.public_id,
        network_id=None,
        ceiling=None,
        by_firm=False,
        lead_name="Mme Rousselet",
    )
    for days_ago in (10, 5, 0):
        called(bakery, alice, days_ago=days_ago, subject="Secret of the chamber")
    pressure = pressure_of(bakery)
    assert pressure.is_blocked
    assert pressure.free_on == localdate() + timedelta(days=20)
    assert "already been contacted 3 times in 30 days" in pressure.sentence()
    assert "it accepts 3" in pressure.sentence()
    assert f"possible from {said_day(pressure.free_on)} on." in pressure.sentence()
    assert "Mme Rousselet leads" in pressure.sentence()
    assert "chamber" not in pressure.sentence().lower()


def test_without_a_lead_contact_the_sentence_says_so(alice: Person, bakery: FirmAddress) -> None:
    for _each in range(3):
        called(bakery, alice)
    assert "No lead contact has been named." in pressure_of(bakery).sentence()


def test_quiet_period_blocks_until_its_last_day(alice: Person, bakery: FirmAddress) -> None:
    today = localdate()
    period = add_quiet_period(
        firm=bakery,
        actor_id=alice.public_id,
        network_id=None,
        starts_on=today,
        ends_on=today + timedelta(days=4),
        reason="Christmas",
    )
    pressure = pressure_of(bakery)
    assert pressure.is_blocked
    assert not pressure.is_full
    assert pressure.free_on == today + timedelta(days=5)
    assert "asks to be left alone until" in pressure.sentence()
    end_quiet_period(
        firm=bakery, public_id=period.public_id, actor_id=alice.public_id, network_id=None
    )
    assert not pressure_of(bakery).is_blocked


@pytest.mark.parametrize(("first", "last"), [(3, 2), (0, 400)])
def test_quiet_period_that_makes_no_sense_is_refused(
    alice: Person, bakery: FirmAddress, first: int, last: int
) -> None:
    with pytest.raises(PolicyError):
        add_quiet_period(
            firm=bakery,
            actor_id=alice.public_id,
            network_id=None,
            starts_on=TODAY + timedelta(days=first),
            ends_on=TODAY + timedelta(days=last),
        )


def test_quiet_period_of_another_firm_cannot_be_ended(alice: Person, bakery: FirmAddress) -> None:
    period = add_quiet_period(
        firm=bakery, actor_id=alice.public_id, network_id=None, starts_on=TODAY, ends_on=TODAY
    )
    other = FirmAddress("443061841", uuid4(), "Garage Lemoine")
    with pytest.raises(PolicyError):
        end_quiet_period(
            firm=other, public_id=period.public_id, actor_id=alice.public_id, network_id=None
        )


def test_firm_that_accepts_none_is_never_free(alice: Person, bakery: FirmAddress) -> None:
    set_policy(
        firm=bakery, actor_id=alice.public_id, network_id=None, ceiling=Ceiling(0, 30), by_firm=True
    )
    pressure = pressure_of(bakery)
    assert pressure.is_blocked
    assert pressure.free_on is None
    assert "asks not to be solicited" in pressure.sentence()


def test_nobody_loosens_what_the_firm_chose_itself(
    alice: Person, bob: Person, bakery: FirmAddress
) -> None:
    set_policy(
        firm=bakery, actor_id=bob.public_id, network_id=None, ceiling=Ceiling(1, 60), by_firm=True
    )
    with pytest.raises(PolicyError, match="chose itself"):
        set_policy(
            firm=bakery,
            actor_id=alice.public_id,
            network_id=None,
            ceiling=Ceiling(9, 30),
            by_firm=False,
        )
    policy = ContactPolicy.objects.get()
    assert (policy.ceiling, policy.days, policy.set_by_firm) == (1, 60, True)
    set_policy(
        firm=bakery,
        actor_id=alice.public_id,
        network_id=None,
        ceiling=Ceiling(1, 60),
        by_firm=False,
        lead_name="Alice",
    )
    policy.refresh_from_db()
    assert (policy.lead_name, policy.set_by_firm) == ("Alice", True)


def test_ceiling_usual_in_the_network_holds_until_the_firm_chooses(
    bakery: FirmAddress, db: None
) -> None:
    assert pressure_of(bakery, usual=Ceiling(5, 10)).ceiling == Ceiling(5, 10)


days = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))


@given(
    contacts=st.lists(st.dates(TODAY - timedelta(days=29), TODAY), max_size=8).map(sorted),
    ceiling=st.integers(1, 5),
    quiets=st.lists(st.tuples(days, days).map(sorted), max_size=4),
)
def test_first_free_day_is_the_first_on_which_one_more_contact_passes(
    contacts: list[date], ceiling: int, quiets: list[list[date]]
) -> None:
    periods = [Quiet(first, last, "") for first, last in quiets]

    def is_free(day: date) -> bool:
        counted = [one for one in contacts if one > day - timedelta(days=30)]
        quiet = any(one.starts_on <= day <= one.ends_on for one in periods)
        return len(counted) < ceiling and not quiet

    expected = TODAY
    while not is_free(expected):
        expected += timedelta(days=1)
    assert first_free_day(contacts, Ceiling(ceiling, 30), periods, TODAY) == expected


def test_day_of_a_contact_is_that_of_the_clock_of_the_place(
    alice: Person, bakery: FirmAddress
) -> None:
    half_past_midnight = make_aware(
        datetime.combine(localdate() - timedelta(days=29), datetime.min.time())
    ) + timedelta(minutes=30)
    log_contact(
        firm=bakery,
        sender=alice,
        body_name="Chamber",
        network_id=None,
        channel=ContactChannel.VISIT,
        subject="Visit",
        at=half_past_midnight,
    )
    assert pressure_of(bakery).contacts == 1


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("en", date(2026, 4, 7), "Tuesday 7 April 2026"),
        ("fr", date(2026, 4, 7), "mardi 7 avril 2026"),
        ("fr", date(2026, 4, 1), "mercredi 1er avril 2026"),
    ],
)
def test_day_is_said_as_people_do(language: str, day: date, said: str) -> None:
    with override(language):
        assert said_day(day) == said
