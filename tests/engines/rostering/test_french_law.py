"""French law, row by row: its article, and where exactly each limit is."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from maillage.engines.rostering import (
    Assignment,
    Contract,
    History,
    Instance,
    Need,
    Plan,
    RulePack,
    Setting,
    Severity,
    Worker,
    check,
)
from maillage.engines.rostering.french_law import FRANCE, LAW
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.reading import read_instance, write_instance
from tests.engines.rostering.cast import HOUR, MONDAY, chloe, everywhere, question, slot

MINUTE = 1 / 60
ROWS = {  # the rule, in the law’s numbering of the domain notes, and its article
    "D1": ("daily_maximum", "L3121-18"),
    "W1": ("weekly_maximum", "L3121-20"),
    "W2": ("average_maximum", "L3121-22"),
    "B1": ("break_time", "L3121-16"),
    "R1": ("daily_rest", "L3131-1"),
    "R2": ("weekly_rest", "L3132-2"),
    "R2, six days": ("days_in_row", "L3132-1"),
    "R3": ("sunday_work", "L3132-3"),
    "N1": ("night_work", "L3122-20"),
    "N2, habit": ("night_habit", "L3122-5"),
    "N2, year": ("night_hours", "L3122-23"),
    "N3, day": ("daily_maximum", "L3122-6"),
    "N3, average": ("average_maximum", "L3122-7"),
    "P1": ("part_time_minimum", "L3123-27"),
    "P2, P3": ("part_time_ceiling", "L3123-28, L3123-9"),
    "P4": ("split_day", "L3123-30"),
    "P5, A2": ("notice", "L3123-31, L3121-47"),
    "P6": ("notice", "L3123-10"),
    "P7": ("contract_drift", "L3123-13"),
    "O1": ("overtime", "L3121-28"),
    "O2": ("overtime_quota", "L3121-33, D3121-24"),
    "Y1, day": ("daily_maximum", "L3162-1"),
    "Y1, week": ("weekly_maximum", "L3162-1"),
    "Y1, break": ("break_time", "L3162-3"),
}
PART_TIME = {"contract": Contract(24 * HOUR)}
MINOR, AT_NIGHT = {"groups": frozenset({"minor"})}, {"groups": frozenset({"night_worker"})}


def test_law_is_complete_dated_and_cites_its_articles() -> None:
    check_pack(RulePack(FRANCE))

    assert sorted((s.rule, s.article) for s in LAW) == sorted(ROWS.values())
    assert {setting.valid_from for setting in LAW} == {date(2016, 8, 10)}


def test_nothing_of_the_law_holds_before_its_date() -> None:
    late = tuple(
        Setting(**{**vars(setting), "valid_from": date(2027, 1, 1)})
        for setting in LAW
        if setting.rule != "part_time_minimum"  # a contract has no day
    )
    long_week = tuple(slot(day, 5, 21) for day in range(7))
    instance = question(*long_week, rules=late)

    assert check(instance, everywhere(instance)) == ()


def hours(each: float, days: int, start: float = 8, first: int = 0) -> tuple[Need, ...]:
    """So many hours a day over some days, with a break of their own when they are long."""
    return tuple(
        slot(day, start, start + each + (0.5 if each > 4 else 0), break_minutes=30 * (each > 4))
        for day in range(first, first + days)
    )


@dataclass(frozen=True)
class Limit:
    """What is just within a row of the law, and what is a minute beyond, by so much."""

    row: str
    within: tuple[Need, ...]
    beyond: tuple[Need, ...]
    amount: int = 1
    worker: dict[str, object] = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)


AFTER_20, AFTER_19 = (slot(0, 12 + minutes * MINUTE, 16) for minutes in (20, 19))
LIMITS = (
    Limit("D1", hours(10, 1), hours(10 + MINUTE, 1)),
    Limit("W1", hours(8, 6), (*hours(8, 5), *hours(8 + MINUTE, 1, first=5))),
    Limit(
        "W2",
        hours(8, 5),
        (*hours(8, 4), *hours(8 + MINUTE, 1, first=4)),
        worker={"history": History(weeks=(44 * HOUR,) * 10 + (48 * HOUR,))},
    ),
    Limit("B1", (slot(0, 8, 14),), (slot(0, 8, 14 + MINUTE),)),
    Limit("B1", (slot(0, 8, 12), AFTER_20), (slot(0, 8, 12), AFTER_19), 101),
    Limit("R1", (slot(0, 14, 21), slot(1, 8, 12)), (slot(0, 14, 21 + MINUTE), slot(1, 8, 12))),
    Limit(
        "R2",
        (*hours(4, 5), slot(5, 14, 21), slot(7, 8, 12)),
        (*hours(4, 5), slot(5, 14, 21 + MINUTE), slot(7, 8, 12)),
    ),
    Limit("R2, six days", hours(4, 6), hours(4, 7)),
    Limit("R3", (slot(5, 20, 24),), (slot(5, 20, 24 + MINUTE),)),
    Limit("N1", (slot(0, 17, 21),), (slot(0, 17, 21 + MINUTE),)),
    Limit("N1", (slot(0, 6, 9),), (slot(0, 6 - MINUTE, 9),)),
    Limit(
        "N2, habit",
        (slot(0, 20, 24), slot(2, 20, 24 - MINUTE)),
        (slot(0, 20, 24), slot(2, 20, 24)),
    ),
    Limit(
        "N2, year",
        (slot(0, 20, 23),),
        (slot(0, 20, 23 + MINUTE),),
        worker={"history": History(night_minutes=268 * HOUR)},
    ),
    Limit("N3, day", hours(8, 1), hours(8 + MINUTE, 1), worker=AT_NIGHT),
    Limit(
        "N3, average",
        hours(8, 5),
        (*hours(8, 4), *hours(8 + MINUTE, 1, first=4)),
        worker={**AT_NIGHT, "history": History(weeks=(40 * HOUR,) * 11)},
    ),
    Limit(
        "P2, P3",
        (*hours(6, 4), slot(4, 8, 10.4)),
        (*hours(6, 4), slot(4, 8, 10.4 + MINUTE)),
        worker=PART_TIME,
    ),
    Limit(
        "P2, P3",
        (*hours(8.5, 4), slot(4, 8, 9 - MINUTE)),
        (*hours(8.5, 4), slot(4, 8, 9)),
        worker={"contract": Contract(34 * HOUR)},
    ),
    Limit(
        "P4",
        (slot(0, 8, 12), slot(0, 14, 16)),
        (slot(0, 8, 12), slot(0, 14 + MINUTE, 16)),
        worker=PART_TIME,
    ),
    Limit(
        "P7",
        (*hours(6, 4), slot(4, 8, 10 - MINUTE)),
        (*hours(6, 4), slot(4, 8, 10)),
        worker={**PART_TIME, "history": History(weeks=(26 * HOUR,) * 11)},
    ),
    Limit("O1", hours(7, 5), (*hours(7, 4), *hours(7 + MINUTE, 1, first=4))),
    Limit(
        "O2",
        hours(8, 5),
        (*hours(8, 4), *hours(8 + MINUTE, 1, first=4)),
        worker={"history": History(overtime_minutes=215 * HOUR)},
    ),
    Limit("Y1, day", hours(8, 1), hours(8 + MINUTE, 1), worker=MINOR),
    Limit("Y1, week", hours(7, 5), (*hours(7, 4), *hours(7 + MINUTE, 1, first=4)), worker=MINOR),
    Limit("Y1, break", (slot(0, 8, 12.5),), (slot(0, 8, 12.5 + MINUTE),), worker=MINOR),
)


def under(row: str) -> Setting:
    [setting] = [s for s in LAW if (s.rule, s.article) == ROWS[row]]
    return setting


def amounts(instance: Instance) -> list[int]:
    return [breach.amount for breach in check(instance, everywhere(instance))]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.row)
def test_limit_is_where_the_article_puts_it(limit: Limit) -> None:
    worker = chloe(**limit.worker)

    within = question(*limit.within, workers=(worker,), rules=(under(limit.row),), **limit.more)
    beyond = question(*limit.beyond, workers=(worker,), rules=(under(limit.row),), **limit.more)

    assert amounts(within) == []
    assert amounts(beyond) == [limit.amount]


def test_contract_of_24_hours_is_the_least_one_may_promise() -> None:
    def told(minutes: int) -> list[int]:
        worker = chloe(contract=Contract(minutes))
        return amounts(question(workers=(worker,), rules=(under("P1"),)))

    assert (told(24 * HOUR), told(24 * HOUR - 1)) == ([], [1])


@pytest.mark.parametrize(
    ("row", "told_at", "found"),
    [("P5, A2", -1, 0), ("P5, A2", 0, 1), ("P6", 6 * 1440 - 1, 0), ("P6", 6 * 1440, 1)],
)
def test_change_is_told_in_time_or_a_minute_too_late(row: str, told_at: int, found: int) -> None:
    """A Wednesday’s slot: seven working days before is the Friday before last, at midnight."""
    first, more = slot(0, 8, 12), slot(9, 8, 12)
    told = frozenset({Assignment("chloé", first.need_id)})
    instance = question(
        first,
        more,
        workers=(chloe(**PART_TIME),),
        rules=(under(row),),
        published=told,
        now=told_at,
    )

    assert len(amounts(instance)) == found


@pytest.mark.parametrize("row", ["N3, day", "N3, average", "Y1, day", "Y1, week", "Y1, break"])
def test_row_of_a_group_is_for_its_workers_alone(row: str) -> None:
    limit = next(limit for limit in LIMITS if limit.row == row)
    others = {key: value for key, value in limit.worker.items() if key != "groups"}

    instance = question(*limit.beyond, workers=(chloe(**others),), rules=(under(row),))

    assert amounts(instance) == []


def agreed(instance: Instance, *settings: dict[str, object]) -> Instance:
    """The instance as its file would give it, with the law and these settings above it."""
    written = write_instance(instance)
    written["rules"] = {"base": "france", "settings": list(settings)}
    return read_instance(written)


def broken(instance: Instance, worker: Worker) -> list[str]:
    plan = Plan(frozenset(Assignment(worker.worker_id, n.need_id) for n in instance.needs))
    return [b.article for b in check(instance, plan) if b.forbidden]


LONG_DAY = hours(12, 1)
TWELVE_HOURS: dict[str, object] = {
    "rule": "daily_maximum",
    "severity": Severity.BLOCK.value,
    "parameters": {"minutes": 12 * HOUR},
    "article": "L3121-19, accord du 3 mai",
}


def test_agreement_of_the_network_lengthens_the_day() -> None:
    law, agreement = question(*LONG_DAY), question(*LONG_DAY)

    assert broken(agreed(law), chloe()) == ["L3121-18"]
    assert broken(agreed(agreement, TWELVE_HOURS), chloe()) == []


def test_agreement_holds_between_its_dates() -> None:
    dated = {**TWELVE_HOURS, "valid_from": MONDAY.isoformat(), "valid_to": MONDAY.isoformat()}
    law = {**TWELVE_HOURS, "parameters": {"minutes": 600}, "valid_from": "2026-03-03"}
    instance = agreed(question(*LONG_DAY, *hours(12, 1, first=2)), dated, law)

    found = check(instance, everywhere(instance))

    assert [b.need_ids for b in found if b.forbidden] == [("bob 2 8-20.5",)]


def test_agreement_of_one_worker_is_for_nobody_else() -> None:
    alice = chloe(worker_id="alice", name="Alice")
    instance = agreed(
        question(*LONG_DAY, workers=(chloe(), alice)), {**TWELVE_HOURS, "workers": ["chloé"]}
    )

    assert broken(instance, chloe()) == []
    assert broken(instance, alice) == ["L3121-18"]


def test_agreement_leaves_those_under_18_their_limit() -> None:
    young = chloe(**MINOR)
    instance = agreed(question(*LONG_DAY, workers=(young,)), TWELVE_HOURS)

    assert "L3162-1" in broken(instance, young)
