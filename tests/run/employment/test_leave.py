"""Leave: asked for by Gaëlle, answered by Alice, counted as the law counts it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.run.employment.away import AwayKind, away_between
from maillage.run.employment.balances import days_counted, is_short_notice, leave_balance, leaves_of
from maillage.run.employment.enums import AbsenceKind, EndReason, LeaveKind, LeaveState
from maillage.run.employment.leaving import (
    LeaveError,
    Wish,
    ask_leave,
    grant_leave,
    refuse_leave,
    withdraw_leave,
)
from maillage.run.employment.models import Absence, Leave, Worker
from tests.cast import Cast, acting, inside
from tests.run.employment.hired import contract_of, employed, worker_named

SOON = timedelta(days=45)


def wish(first: date, last: date, **more: Any) -> Wish:
    return Wish(kind=more.pop("kind", LeaveKind.PAID), starts_on=first, ends_on=last, **more)


def granted(worker: Worker, first: date, last: date, **more: Any) -> Leave:
    return Leave.objects.create(
        worker=worker,
        kind=more.pop("kind", LeaveKind.PAID),
        starts_on=first,
        ends_on=last,
        state=more.pop("state", LeaveState.GRANTED),
        **more,
    )


def test_gaelle_asks_alice_grants_and_gaelle_is_told(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    first = localdate() + SOON
    with inside(cast.network):
        gaelle = worker_named(cast, "Gaëlle", email="gaelle@example.org")
        contract_of(gaelle)
        leave = ask_leave(worker=gaelle, wish=wish(first, first + timedelta(days=4)))
        assert leave.state == LeaveState.ASKED
        assert Notification.objects.get(person=cast.alice).title.startswith("Gaëlle asks for leave")
        grant_leave(acting=alice, leave=leave, sentence="Have a good rest.")
        assert [one.state for one in leaves_of(gaelle)] == [LeaveState.GRANTED]
        mail = OutgoingMail.objects.get(to="gaelle@example.org")
        assert mail.subject.endswith("is granted")
        assert "Have a good rest." in mail.text
        with pytest.raises(LeaveError, match="answered or withdrawn meanwhile"):
            refuse_leave(acting=alice, leave=leave, sentence="No.")


def test_a_refusal_says_why(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    first = localdate() + SOON
    with inside(cast.network):
        leave = ask_leave(worker=employed(cast, "Gaëlle"), wish=wish(first, first))
        with pytest.raises(LeaveError, match="Say why"):
            refuse_leave(acting=alice, leave=leave, sentence="  ")
        kept = refuse_leave(acting=alice, leave=leave, sentence="Three are away already.")
        assert (kept.state, kept.reason) == (LeaveState.REFUSED, "Three are away already.")


@pytest.mark.parametrize(
    ("first", "last", "more", "sentence"),
    [
        (-1, 3, {}, "from today on"),
        (10, 9, {}, "The last day comes after the first one."),
        (10, 10, {"from_noon": True, "until_noon": True}, "nothing is left"),
        (10, 377, {}, "a year at most"),
        (22, 30, {}, "already asked for or granted"),
    ],
)
def test_what_cannot_be_asked_is_told(
    cast: Cast, first: int, last: int, more: dict[str, bool], sentence: str
) -> None:
    today = localdate()
    asked = wish(today + timedelta(days=first), today + timedelta(days=last), **more)
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        granted(gaelle, today + timedelta(days=20), today + timedelta(days=22))
        with pytest.raises(LeaveError, match=sentence):
            ask_leave(worker=gaelle, wish=asked)


def test_nobody_asks_for_leave_without_a_contract(cast: Cast) -> None:
    first = localdate() + SOON
    with inside(cast.network), pytest.raises(LeaveError, match="No contract runs"):
        ask_leave(worker=worker_named(cast, "Gaëlle"), wish=wish(first, first))


def test_gaelle_withdraws_her_own_leave_and_nobody_else_s(cast: Cast) -> None:
    today = localdate()
    with inside(cast.network):
        gaelle, hugo = employed(cast, "Gaëlle"), employed(cast, "Hugo")
        leave = granted(gaelle, today + SOON, today + SOON)
        with pytest.raises(PermissionDenied):
            withdraw_leave(worker=hugo, leave=leave)
        assert withdraw_leave(worker=gaelle, leave=leave).state == LeaveState.WITHDRAWN
        with pytest.raises(LeaveError, match="already refused or withdrawn"):
            withdraw_leave(worker=gaelle, leave=leave)
        begun = granted(gaelle, today, today)
        with pytest.raises(LeaveError, match="has begun"):
            withdraw_leave(worker=gaelle, leave=begun)


def test_the_owner_of_a_firm_answers_nothing(cast: Cast) -> None:
    bob = acting(cast.bob, cast.network)
    first = localdate() + SOON
    with inside(cast.network):
        leave = ask_leave(worker=employed(cast, "Gaëlle"), wish=wish(first, first))
        with pytest.raises(PermissionDenied):
            grant_leave(acting=bob, leave=leave)


@pytest.mark.parametrize(
    ("first", "last", "more", "days"),
    [
        (date(2026, 6, 1), date(2026, 6, 5), {}, "6"),  # a week ends with its Saturday
        (date(2026, 6, 1), date(2026, 6, 7), {}, "6"),  # and its Sunday is nobody's
        (date(2026, 6, 1), date(2026, 6, 1), {}, "1"),
        (date(2026, 6, 1), date(2026, 6, 1), {"from_noon": True}, "0.5"),
        (date(2026, 6, 1), date(2026, 6, 5), {"until_noon": True}, "4.5"),
        (date(2026, 7, 13), date(2026, 7, 16), {}, "3"),  # 14 July is a holiday
    ],
)
def test_working_days_are_counted_as_the_law_does(
    cast: Cast, first: date, last: date, more: dict[str, bool], days: str
) -> None:
    with inside(cast.network):
        leave = granted(employed(cast, "Gaëlle"), first, last, **more)
    assert days_counted(leave) == Decimal(days)


def test_two_days_and_a_half_are_earned_each_month(cast: Cast) -> None:
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle", date(2026, 6, 15))
        assert leave_balance(gaelle, date(2026, 7, 13)).earned == 0
        assert leave_balance(gaelle, date(2026, 7, 14)).earned == Decimal("2.5")
        assert leave_balance(gaelle, date(2027, 5, 31)).earned == Decimal("27.5")
        # Once the year of leave is over, its days are rounded up: 27.5 make 28.
        assert leave_balance(gaelle, date(2027, 6, 14)).earned == Decimal("30.5")


def test_the_balance_tells_taken_coming_and_asked_apart(cast: Cast) -> None:
    day = date(2026, 11, 23)
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle", date(2026, 6, 1))
        granted(gaelle, date(2026, 9, 7), date(2026, 9, 11))
        granted(gaelle, date(2026, 12, 21), date(2026, 12, 23))
        granted(gaelle, date(2027, 2, 1), date(2027, 2, 1), state=LeaveState.ASKED)
        granted(gaelle, date(2026, 10, 5), date(2026, 10, 5), kind=LeaveKind.UNPAID)
        balance = leave_balance(gaelle, day)
        assert (balance.earned, balance.taken, balance.coming, balance.asked, balance.left) == (
            Decimal("12.5"),
            Decimal(6),
            Decimal(3),
            Decimal(1),
            Decimal("3.5"),
        )
        during = leave_balance(gaelle, date(2026, 12, 21))
        assert (during.taken, during.coming) == (Decimal(7), Decimal(2))


def test_a_month_off_sick_earns_two_days_one_after_an_accident_as_worked(cast: Cast) -> None:
    paris = ZoneInfo("Europe/Paris")
    with inside(cast.network):
        people = {}
        for kind in (AbsenceKind.SICKNESS, AbsenceKind.ACCIDENT):
            worker = employed(cast, kind.label, date(2026, 6, 1))
            Absence.objects.create(
                worker=worker,
                kind=kind,
                starts_at=datetime(2026, 7, 1, 8, tzinfo=paris),
                back_on=date(2026, 8, 1),
                said_by="Alice",
            )
            people[kind] = leave_balance(worker, date(2026, 8, 31)).earned
        unpaid = employed(cast, "Unpaid", date(2026, 6, 1))
        granted(unpaid, date(2026, 7, 1), date(2026, 7, 31), kind=LeaveKind.UNPAID)
        assert leave_balance(unpaid, date(2026, 8, 31)).earned == Decimal(5)
    assert people == {AbsenceKind.SICKNESS: Decimal(7), AbsenceKind.ACCIDENT: Decimal("7.5")}


def test_nothing_is_earned_without_a_contract(cast: Cast) -> None:
    with inside(cast.network):
        gone = employed(cast, "Gone", ended_on=date(2026, 3, 31), end_reason=EndReason.RESIGNED)
        balance = leave_balance(gone, date(2026, 11, 23))
    assert (balance.since, balance.left) == (None, 0)


def test_an_answer_less_than_a_month_before_is_told(cast: Cast) -> None:
    with inside(cast.network):
        leave = granted(employed(cast, "Gaëlle"), date(2027, 1, 15), date(2027, 1, 16))
    assert not is_short_notice(leave, date(2026, 12, 15))
    assert is_short_notice(leave, date(2026, 12, 16))


def test_who_is_away_is_known_and_never_why(cast: Cast) -> None:
    with inside(cast.network):
        gaelle, hugo = employed(cast, "Gaëlle"), employed(cast, "Hugo")
        granted(gaelle, date(2026, 11, 20), date(2026, 11, 24))
        granted(hugo, date(2026, 12, 1), date(2026, 12, 2), state=LeaveState.ASKED)
        granted(hugo, date(2026, 11, 23), date(2026, 11, 23), state=LeaveState.REFUSED)
        Absence.objects.create(
            worker=hugo,
            kind=AbsenceKind.SICKNESS,
            starts_at=datetime(2026, 11, 22, 6, tzinfo=ZoneInfo("Europe/Paris")),
            expected_on=date(2026, 11, 24),
            said_by="Hugo",
        )
        found = away_between(cast.network, date(2026, 11, 23), date(2026, 12, 6))
    assert [(one.name, one.kind, one.first, one.last) for one in found] == [
        ("Gaëlle", AwayKind.LEAVE, date(2026, 11, 20), date(2026, 11, 24)),
        ("Hugo", AwayKind.ABSENT, date(2026, 11, 22), date(2026, 11, 23)),
        ("Hugo", AwayKind.ASKED, date(2026, 12, 1), date(2026, 12, 2)),
    ]
