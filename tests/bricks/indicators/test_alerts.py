"""An indicator goes past its threshold, a plan answers it, it comes back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from maillage.bricks.indicators import registry
from maillage.bricks.indicators.actions import (
    IndicatorError,
    decide_plan,
    keep_values,
    vote_threshold,
    write_plan,
)
from maillage.bricks.indicators.enums import Side, Unit
from maillage.bricks.indicators.measures import Measure, in_words, may_clear, share, year_before
from maillage.bricks.indicators.models import Alert, MonthValue
from maillage.bricks.indicators.queries import readings, told_outside
from maillage.bricks.indicators.registry import Indicator
from maillage.foundation.networks.actions.decisions import Minutes
from maillage.foundation.networks.models import Decision, Network, Task
from tests.cast import Cast, acting, inside

VALUES: dict[date, Measure] = {}


def _measure(_network: Network, day: date) -> Measure:
    return VALUES.get(day.replace(day=1), share(0, 0))


PROBE = Indicator(
    key="probe",
    module="needs",
    name="Probe",  # type: ignore[arg-type]  # a plain text will do
    formula="What the test says",  # type: ignore[arg-type]
    unit=Unit.PERCENT,
    side=Side.ABOVE,
    threshold=Decimal(25),
    next_action="Think",  # type: ignore[arg-type]
    said=lambda measure: f"{in_words(Unit.PERCENT, measure.value or Decimal(0))} are short",
    measure=_measure,
)


@pytest.fixture(autouse=True)
def _probe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    VALUES.clear()
    monkeypatch.setattr(registry, "_KNOWN", registry._KNOWN)
    registry.register(PROBE)
    yield
    del registry._KNOWN["probe"]


def keep(cast: Cast, day: date, part: int, whole: int = 100) -> None:
    VALUES[day.replace(day=1)] = share(part, whole)
    keep_values(network=cast.network, day=day)


def the_alert(cast: Cast) -> Alert:
    return Alert.objects.get(network=cast.network, key="probe")


def test_an_alert_opens_past_the_threshold_and_a_plan_is_due_in_thirty_days(cast: Cast) -> None:
    with inside(cast.network):
        keep(cast, date(2026, 3, 9), 25)
        assert not Alert.objects.filter(key="probe").exists()
        keep(cast, date(2026, 3, 10), 35)
        alert = the_alert(cast)
        assert (alert.opened_on, alert.plan_due_on) == (date(2026, 3, 10), date(2026, 4, 9))
        assert (alert.value, alert.limit) == (Decimal(35), Decimal(25))
        task = Task.objects.get(pk=alert.task_id)
        assert task.due_on == date(2026, 4, 9)
        keep(cast, date(2026, 3, 11), 36)
        assert the_alert(cast) == alert


def test_an_alert_ends_after_two_whole_months_below(cast: Cast) -> None:
    with inside(cast.network):
        keep(cast, date(2026, 3, 10), 35)
        keep(cast, date(2026, 3, 31), 10)
        keep(cast, date(2026, 4, 30), 10)
        keep(cast, date(2026, 5, 31), 10)
        assert the_alert(cast).cleared_on is None
        keep(cast, date(2026, 6, 1), 10)
        alert = the_alert(cast)
        assert alert.cleared_on == date(2026, 6, 1)
        assert Task.objects.get(pk=alert.task_id).done_at is not None


def test_a_month_past_again_begins_the_count_anew(cast: Cast) -> None:
    with inside(cast.network):
        keep(cast, date(2026, 3, 10), 35)
        keep(cast, date(2026, 4, 30), 10)
        keep(cast, date(2026, 5, 31), 30)
        keep(cast, date(2026, 6, 30), 10)
        keep(cast, date(2026, 7, 1), 10)
        assert the_alert(cast).cleared_on is None
        keep(cast, date(2026, 8, 1), 10)
        assert the_alert(cast).cleared_on == date(2026, 8, 1)


def test_months_before_the_first_night_are_worked_out_as_they_ended(cast: Cast) -> None:
    VALUES[date(2026, 1, 1)] = share(1, 4)
    with inside(cast.network):
        keep(cast, date(2026, 3, 10), 20)
        rows = MonthValue.objects.filter(key="probe").values_list("month", "value")
        assert len(rows) == 12
        assert dict(rows)[date(2026, 1, 1)] == Decimal(25)
        assert dict(rows)[date(2025, 12, 1)] is None


def test_members_vote_a_threshold_and_the_sentence_says_so(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        keep(cast, date(2026, 3, 10), 38)
        [before] = readings(cast.network, {"needs"}, date(2026, 3, 10), ["probe"])
        assert before.explanation == (
            "38% are short; the usual threshold is 25%, members have voted none."
        )
        minutes = Minutes(title="", taken_on=date(2026, 3, 1), votes_for=12, votes_against=3)
        vote_threshold(acting=alice, key="probe", value=Decimal(40), minutes=minutes)
        [after] = readings(cast.network, {"needs"}, date(2026, 3, 10), ["probe"])
        assert after.explanation == "38% are short; members set 40%."
        assert (before.past, after.past) == (True, False)
        assert Decision.objects.get().title == "Threshold of “Probe”: 40%"


def test_a_threshold_the_members_refused_changes_nothing(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    minutes = Minutes(title="", taken_on=date(2026, 3, 1), votes_for=3, votes_against=12)
    with inside(cast.network):
        with pytest.raises(IndicatorError, match="The members said no"):
            vote_threshold(acting=alice, key="probe", value=Decimal(40), minutes=minutes)
        with pytest.raises(IndicatorError, match="from 0 to 100"):
            vote_threshold(acting=alice, key="probe", value=Decimal(101), minutes=minutes)
        assert not Decision.objects.exists()


def test_the_plan_is_put_to_the_members_whose_decision_ends_the_task(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    minutes = Minutes(title="", taken_on=date(2026, 4, 1), votes_for=9)
    with inside(cast.network):
        keep(cast, date(2026, 3, 10), 35)
        alert = the_alert(cast)
        with pytest.raises(IndicatorError, match="Write the plan first"):
            decide_plan(acting=alice, alert=alert, minutes=minutes)
        write_plan(acting=alice, alert=alert, plan="Two permanent jobs by June.")
        decided = decide_plan(acting=alice, alert=alert, minutes=minutes)
        decision = decided.decision
        assert decision is not None
        assert decision.title == "Corrective plan: Probe"
        assert "Two permanent jobs by June." in decision.minutes
        assert Task.objects.get(pk=alert.task_id).done_at is not None


def test_what_firms_may_read_never_rests_on_fewer_than_five(cast: Cast) -> None:
    with inside(cast.network):
        keep(cast, date(2026, 3, 10), 2, whole=4)
        [few] = readings(cast.network, {"needs"}, date(2026, 3, 10), ["probe"])
        assert told_outside(few) == ""
        keep(cast, date(2026, 3, 10), 2, whole=5)
        [five] = readings(cast.network, {"needs"}, date(2026, 3, 10), ["probe"])
        assert told_outside(five).startswith("40% are short")


def test_values_are_read_as_people_say_them() -> None:
    assert in_words(Unit.PERCENT, Decimal("37.50")) == "38%"
    assert in_words(Unit.DAYS, Decimal(1)) == "1 day"
    assert in_words(Unit.NUMBER, Decimal("1.50")) == "1.5"
    assert year_before(date(2026, 11, 23)) == date(2025, 11, 24)
    assert year_before(date(2024, 2, 29)) == date(2023, 3, 1)
    known = [Decimal(10), None]
    assert not may_clear(Side.ABOVE, known, Decimal(25), 2)
