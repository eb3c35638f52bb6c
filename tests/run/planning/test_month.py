"""A month of the group, planned by the engine: a leaver, a sickness, a holiday, a peak, a closure.

And whatever is done, in whatever order and by whatever door, nobody is left past a blocking rule.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import get_current_timezone, localdate
from hypothesis import given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.engines.rostering.checks import check
from maillage.foundation.accounts.tokens import make_token
from maillage.foundation.networks.acting import Acting
from maillage.run.employment.enums import AbsenceKind, EndReason
from maillage.run.employment.models import Worker
from maillage.run.planning.bridge.instances import Question
from maillage.run.planning.bridge.searching import first_plan
from maillage.run.planning.calling.asking import Help, ask_help
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.closing import close_firm, reopen_firm
from maillage.run.planning.departures import end_and_open
from maillage.run.planning.enums import HolidayOpening, HolidayPay, ProposalState, RuleSource
from maillage.run.planning.gathering import ground_of, monday_of
from maillage.run.planning.holidays import holidays_between, is_may_day
from maillage.run.planning.keeping import Choice, keep_holidays
from maillage.run.planning.legality import BLOCK, findings_for
from maillage.run.planning.models import Assignment, Closure, RuleChange, Slot, SlotSeries
from maillage.run.planning.placing import PlacementError, place
from maillage.run.planning.proposing import apply_proposal, asked, keep_best, propose_plan
from maillage.run.planning.publishing import publish_week
from maillage.run.planning.reshaping import change_series, change_slot
from maillage.run.planning.ruling import RuleError, Text, end_change, record_change
from maillage.run.planning.slots import Asked, SlotError, add_series
from maillage.run.planning.slots_file.writing import apply_slots, receive, undo_slots
from tests.cast import Cast, acting, cast_of, inside
from tests.run.stories import BAKING, HOUR, MONDAY, lend, shared_baker, slot_of, worker_of

WEEKS = 4


@pytest.fixture(autouse=True)
def _in_the_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if "cast" not in request.fixturenames:
        yield
        return
    with inside(request.getfixturevalue("cast").network):
        yield


def first_monday() -> date:
    """The first of four weeks to come, one of which has a public holiday on a working day."""
    today = localdate()
    coming = holidays_between(today + timedelta(days=21), today + timedelta(days=366))
    holiday = next(day for day in coming if not is_may_day(day) and day.weekday() < 5)
    return monday_of(holiday) - timedelta(weeks=2)


def asked_of(cast: Cast, start: float = 6, end: float = 12, **more: Any) -> Asked:
    values: dict[str, Any] = {
        "organisation": cast.bakery,
        "occupation": BAKING,
        "occupation_label": "Boulangerie - viennoiserie",
        "start_minute": round(start * HOUR),
        "end_minute": round(end * HOUR),
        **more,
    }
    return Asked(**values)


def planned(cast: Cast, monday: date) -> None:
    """The engine proposes the plan of the month, and Alice applies it."""
    alice = acting(cast.alice, cast.network)
    made = propose_plan(acting=alice, monday=monday, weeks=WEEKS, seconds=1)
    keep_best(made, first_plan(asked(made)), state=ProposalState.DONE)  # type: ignore[arg-type]  # an instance
    apply_proposal(acting=alice, proposal=made)


def forbidden_by_the_engine(cast: Cast, monday: date, weeks: int = WEEKS) -> list[str]:
    """What the independent checks of the engine find forbidden in the plan as it stands."""
    question = Question(ground_of(cast.network, monday, 7 * weeks))
    breaches = check(question.instance, question.plan)
    return [one.text("en") for one in breaches if one.forbidden]


def blocked_by_legality(cast: Cast) -> list[str]:
    """What legality finds blocked when each assignment is taken out and put back."""
    found = []
    seats = Assignment.objects.filter(slot__network=cast.network, slot__cancelled_at=None)
    for each in seats.select_related("slot__organisation", "slot__network", "worker"):
        Assignment.objects.filter(pk=each.pk).delete()
        judged = findings_for(cast.network, {each.worker_id: ((each.slot,), ())})
        found += [one.text for one in judged[each.worker_id] if one.severity == BLOCK]
        Assignment.objects.create(slot=each.slot, worker=each.worker)
    return found


def month(cast: Cast, monday: date) -> list[Worker]:
    """Four people; the bakery and the garage need somebody on all the mornings of four weeks."""
    workers = [shared_baker(cast, name) for name in ("Gaëlle", "Hugo", "Inès")]
    workers.append(shared_baker(cast, "Jules", hours=24))
    days = (monday - MONDAY).days
    for week in range(WEEKS):
        for day in range(5):
            slot_of(cast, cast.bakery, days + 7 * week + day, 6, 12, people=2)
            if day != 2:
                slot_of(cast, cast.garage, days + 7 * week + day, 8, 12)
    return workers


def test_a_month_with_all_that_happens_is_planned_without_a_breach(cast: Cast) -> None:
    monday, alice = first_monday(), acting(cast.alice, cast.network)
    gaelle, hugo, _ines, jules = month(cast, monday)
    planned(cast, monday)
    publish_week(acting=alice, monday=monday)
    holiday = next(iter(holidays_between(monday, monday + timedelta(weeks=WEEKS))))
    assert not Assignment.objects.filter(slot__day=holiday).exists()
    before = Assignment.objects.count()

    left_on = monday + timedelta(days=10)
    end_and_open(
        acting=alice, contract=jules.contracts.get(), ended_on=left_on, reason=EndReason.RESIGNED
    )
    assert not Assignment.objects.filter(worker=jules, slot__day__gt=left_on).exists()
    ill = datetime.combine(monday + timedelta(days=1), time(5), get_current_timezone())
    declare_absence(
        worker=gaelle,
        acting=alice,
        starts_at=ill,
        expected_on=monday + timedelta(days=4),
        kind=AbsenceKind.SICKNESS,
        at=ill,
    )
    help_wanted = Help(
        day=monday + timedelta(days=8),
        start_minute=13 * HOUR,
        end_minute=17 * HOUR,
        occupation=BAKING,
        occupation_label="Boulangerie - viennoiserie",
    )
    ask_help(acting=acting(cast.bob, cast.network), organisation=cast.bakery, wanted=help_wanted)
    open_it: dict[date | None, Choice | None] = {
        holiday: Choice(HolidayOpening.OPEN, HolidayPay.FIRM)
    }
    keep_holidays(acting=alice, organisation=cast.bakery, choices=open_it)
    first, last = monday + timedelta(weeks=3), monday + timedelta(weeks=3, days=4)
    held = Assignment.objects.filter(slot__organisation=cast.garage, slot__day__gte=first).count()
    _made, effect = close_firm(
        acting=alice, organisation=cast.garage, starts_on=first, ends_on=last, reason="Inventory"
    )
    assert len(effect.gone) == held > 0
    assert Assignment.objects.count() < before

    planned(cast, monday)
    assert forbidden_by_the_engine(cast, monday) == []
    assert blocked_by_legality(cast) == []
    seats = Assignment.objects.select_related("slot")
    assert seats.filter(slot__day=holiday, slot__organisation=cast.bakery).count() == 2
    assert not seats.filter(slot__organisation=cast.garage, slot__day__gte=first).exists()
    assert seats.filter(slot__urgent=True).count() == 1
    ill_days = [monday + timedelta(days=day) for day in (1, 2, 3)]
    assert not seats.filter(worker=gaelle, slot__day__in=ill_days).exists()
    assert seats.filter(worker=hugo).exists()
    assert not seats.filter(worker=jules, slot__day__gt=left_on).exists()


SOON = monday_of(localdate()) + timedelta(weeks=1)
DAY = st.integers(0, 6)
WHEN = st.tuples(DAY, st.integers(5, 18), st.integers(2, 9))
ACT = st.one_of(
    st.tuples(st.just("place"), st.integers(0, 30), st.integers(0, 3)),
    st.tuples(st.just("api"), st.integers(0, 30), st.integers(0, 3)),
    st.tuples(st.just("import"), WHEN, st.integers(1, 2)),
    st.tuples(st.just("undo"), st.just(0), st.just(0)),
    st.tuples(st.just("close"), DAY, st.integers(0, 2)),
    st.tuples(st.just("reopen"), st.booleans(), st.just(0)),
    st.tuples(st.just("series"), WHEN, st.integers(1, 2)),
    st.tuples(st.just("slot"), WHEN, st.integers(0, 30)),
    st.tuples(st.just("rule"), st.integers(8, 12), st.just(0)),
    st.tuples(st.just("law"), st.just(0), st.just(0)),
)


class NoRoute(TestCase):
    """No door leaves an assignment past a blocking rule."""

    cast: Cast
    workers: list[Worker]
    token: str

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = cast_of("metiers-partages")
        with inside(cls.cast.network):
            cls.workers = [shared_baker(cls.cast, "Gaëlle"), shared_baker(cls.cast, "Hugo")]
            cls.workers += [shared_baker(cls.cast, "Inès", hours=20), worker_of(cls.cast, "Jules")]
            lend(cls.workers[3], cls.cast.garage)
        _made, cls.token = make_token(
            person=cls.cast.alice, name="Plan", expires_on=localdate() + timedelta(days=9)
        )

    @settings(max_examples=12, deadline=None)
    @given(st.lists(ACT, min_size=6, max_size=16))
    def test_nobody_is_left_past_a_blocking_rule(self, acts: list[Any]) -> None:
        cast = self.cast
        with inside(cast.network):
            alice = acting(cast.alice, cast.network)
            days = (SOON - MONDAY).days
            for day in range(6):
                slot_of(cast, cast.bakery, days + day, 6, 12, people=2)
                slot_of(cast, cast.garage, days + day, 13, 18)
            (series,) = add_series(
                acting=alice, asked=asked_of(cast, 12.5, 16), weekdays=[1], starts_on=SOON
            )
            for worker, slot in enumerate(Slot.objects.order_by("day", "pk")[:8]):
                self._place(alice, slot, self.workers[worker % 3])
            for name, one, other in acts:
                getattr(self, f"_{name}")(alice, one, other)
                assert forbidden_by_the_engine(cast, SOON, 2) == []
            assert blocked_by_legality(cast) == []
            assert SlotSeries.objects.filter(pk=series.pk).exists()

    def _slots(self) -> list[Slot]:
        rows = Slot.objects.filter(cancelled_at=None, day__lt=SOON + timedelta(weeks=2))
        return list(rows.select_related("organisation", "network").order_by("day", "pk"))

    def _place(self, alice: Acting, which: Any, who: Any) -> None:
        slot = which if isinstance(which, Slot) else self._slots()[which % len(self._slots())]
        worker = who if isinstance(who, Worker) else self.workers[who]
        try:
            place(acting=alice, slot=slot, worker=worker)
        except PlacementError as refused:
            note(str(refused))

    def _api(self, _alice: Acting, which: int, who: int) -> None:
        slots = self._slots()
        body = {
            "slot": str(slots[which % len(slots)].public_id),
            "worker": str(self.workers[who].public_id),
        }
        answer = Client().post(
            f"/api/v1/n/{self.cast.network.slug}/assignments/",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert answer.status_code in {201, 409, 422}

    def _import(self, alice: Acting, when: tuple[int, int, int], people: int) -> None:
        day, hour, length = when
        with TemporaryDirectory() as folder:
            path = Path(folder) / "slots.csv"
            line = (
                f"{self.cast.bakery.name};{BAKING};{SOON + timedelta(days=day)};{hour}:00;"
                f"{hour + length}:00;{people}"
            )
            path.write_text(f"firm;skill;day;start;end;count\n{line}", encoding="utf-8")
            self.source = receive(acting=alice, path=path)
        try:
            apply_slots(acting=alice, source=self.source)
        except SlotError as refused:
            note(str(refused))

    def _undo(self, alice: Acting, _one: int, _other: int) -> None:
        source = getattr(self, "source", None)
        if source is None:
            return
        try:
            undo_slots(acting=alice, source=source)
        except SlotError as refused:
            note(str(refused))

    def _close(self, alice: Acting, day: int, length: int) -> None:
        first = SOON + timedelta(days=day)
        close_firm(
            acting=alice,
            organisation=self.cast.bakery,
            starts_on=first,
            ends_on=first + timedelta(days=length),
            reason="",
        )

    def _reopen(self, alice: Acting, put_back: bool, _other: int) -> None:
        closure = Closure.objects.first()
        if closure is not None:
            reopen_firm(acting=alice, closure=closure, put_back=put_back)

    def _series(self, alice: Acting, when: tuple[int, int, int], people: int) -> None:
        _day, hour, length = when
        shape = asked_of(self.cast, hour, hour + length, people=people)
        series = SlotSeries.objects.select_related("organisation").get(weekday=1)
        try:
            change_series(acting=alice, series=series, asked=shape, since=SOON, ends_on=None)
        except SlotError as refused:
            note(str(refused))

    def _slot(self, alice: Acting, when: tuple[int, int, int], which: int) -> None:
        _day, hour, length = when
        slots = self._slots()
        slot = slots[which % len(slots)]
        shape = asked_of(self.cast, hour, hour + length, organisation=slot.organisation)
        change_slot(acting=alice, slot=slot, asked=shape)

    def _rule(self, alice: Acting, hours: int, _other: int) -> None:
        text = Text(
            rule="daily_maximum",
            value=hours * HOUR,
            source=RuleSource.AGREEMENT,
            name="Company agreement",
            clause="7",
            starts_on=SOON,
        )
        try:
            record_change(acting=alice, text=text)
        except RuleError as refused:
            note(str(refused))

    def _law(self, alice: Acting, _one: int, _other: int) -> None:
        change = RuleChange.objects.first()
        if change is not None:
            end_change(acting=alice, change=change, last_day=localdate())
