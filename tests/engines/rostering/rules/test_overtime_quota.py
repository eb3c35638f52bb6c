"""Overtime of the year: told when the quota is passed, and never more than told."""

import pytest

from maillage.engines.rostering import History, RosterError, Severity, check
from maillage.engines.rostering.entities import Need
from tests.engines.rostering.cast import HOUR, chloe, everywhere, question, rule, weighed
from tests.engines.rostering.stories import WEEK_OF_40, days

LIMITS = {"minutes": 35 * HOUR, "most": 220 * HOUR}


def told(before: int, *slots: Need) -> list[tuple[int, tuple[str, ...]]]:
    worker = chloe(history=History(overtime_minutes=before))
    quota = rule("overtime_quota", Severity.INFO, **LIMITS)
    instance = question(*slots, workers=(worker,), rules=(quota,))
    assert weighed(instance, everywhere(instance)) == (0, 0)
    return [(b.amount, b.need_ids) for b in check(instance, everywhere(instance))]


def test_overtime_within_the_quota_is_nothing_to_tell() -> None:
    assert told(215 * HOUR, *WEEK_OF_40) == []


def test_overtime_beyond_the_quota_is_told_with_its_weeks() -> None:
    [(amount, slots)] = told(215 * HOUR + 1, *WEEK_OF_40, *days(7))

    assert amount == 1
    assert set(slots) == {need.need_id for need in WEEK_OF_40}


def test_lighter_week_makes_nothing_good() -> None:
    assert told(220 * HOUR, *days(0), *days(7)) == []


def test_quota_that_forbids_is_refused() -> None:
    instance = question(*WEEK_OF_40, rules=(rule("overtime_quota", **LIMITS),))

    with pytest.raises(RosterError) as refused:
        check(instance, everywhere(instance))

    assert (refused.value.row, refused.value.field) == ("rule overtime_quota", "severity")
