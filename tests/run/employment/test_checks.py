"""What the law allows a contract to say: one day, one minute and one cent under and over."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.employment.checks import ContractWords, problems_of
from maillage.run.employment.durations import age_on, days_between, last_day, months_after
from maillage.run.employment.law import BY_RULE, ROWS, Figure, Figures, law_alone, law_on
from maillage.run.employment.trial import trial_end, whole_trial_end

MONDAY = date(2027, 1, 4)
FULL = ContractWords(
    kind="permanent",
    title="Vendeur",
    occupation="D1106",
    qualification="Employé",
    grade="worker",
    starts_on=MONDAY,
    week_minutes=2100,
    hourly_pay=Decimal("12.80"),
    rhythm="Du lundi au vendredi",
    places="Blois",
    users=(1, 2),
)
FIXED = replace(FULL, kind="fixed_term", reason="Surcroît d’activité", ends_on=date(2027, 7, 3))


def rules(
    words: ContractWords, born_on: date | None = None, figures: Figures | None = None
) -> list[tuple[str, str, str]]:
    """Return the rule, the article and the field of each refusal."""
    found = problems_of(words, figures or law_alone(words.starts_on), born_on)
    return [(one.rule, one.article, one.field) for one in found]


def test_a_whole_contract_is_refused_nothing() -> None:
    assert rules(FULL) == []
    assert rules(FIXED) == []


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("title", ""),
        ("qualification", ""),
        ("rhythm", ""),
        ("places", ""),
        ("users", ()),
        ("week_minutes", 0),
        ("hourly_pay", Decimal(0)),
    ],
)
def test_a_contract_that_lacks_an_item_is_refused(field: str, empty: object) -> None:
    words = replace(FULL, **{field: empty})  # type: ignore[arg-type]  # given by name
    assert rules(words) == [("complete", "L1253-9", field)]


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("fixed_term", "L1242-12"),
        ("seasonal", "L1242-12"),
        ("replacement", "L1242-12"),
        ("subsidised", "L5134-19-1"),
    ],
)
def test_a_contract_that_is_not_permanent_says_why(kind: str, article: str) -> None:
    words = replace(FIXED, kind=kind, reason=" ")
    assert rules(words) == [("reason", article, "reason")]


def test_each_kind_has_the_term_that_the_law_asks_of_it() -> None:
    a_term = ("dates", "L1221-2", "ends_on")
    assert rules(replace(FULL, ends_on=date(2027, 7, 3))) == [a_term]
    assert rules(replace(FIXED, ends_on=None)) == [("dates", "L1242-7", "ends_on")]
    season = replace(FIXED, kind="seasonal", ends_on=None)
    assert rules(season) == [("dates", "L1242-7", "least_days")]
    assert rules(replace(season, least_days=30)) == []
    assert rules(replace(FIXED, ends_on=MONDAY)) == []
    before = MONDAY - timedelta(days=1)
    assert rules(replace(FIXED, ends_on=before)) == [("dates", "L1253-9", "ends_on")]


def test_a_fixed_term_lasts_eighteen_months_and_not_a_day_more() -> None:
    assert rules(replace(FIXED, ends_on=date(2028, 7, 3))) == []
    over = problems_of(replace(FIXED, ends_on=date(2028, 7, 4)), law_alone(MONDAY))
    assert [str(one) for one in over] == [
        "It lasts 18 months at most, renewals included: until 3 July 2028 (L1242-8-1)."
    ]


def test_a_week_counts_thirty_five_hours_and_not_a_minute_more() -> None:
    assert rules(replace(FULL, week_minutes=2100)) == []
    assert rules(replace(FULL, week_minutes=2101)) == [
        ("full_time_minutes", "L3121-27", "week_minutes")
    ]


def test_a_year_counts_1607_hours_and_not_a_minute_more() -> None:
    assert rules(replace(FULL, annual_minutes=1607 * 60)) == []
    assert rules(replace(FULL, annual_minutes=1607 * 60 + 1)) == [
        ("year_minutes", "L3121-41", "annual_minutes")
    ]


def test_under_twenty_four_hours_a_reason_is_given() -> None:
    assert rules(replace(FULL, week_minutes=1440)) == []
    assert rules(replace(FULL, week_minutes=1439)) == [
        ("part_time_minutes", "L3123-27", "short_hours")
    ]
    assert rules(replace(FULL, week_minutes=1439, short_hours="request")) == []
    assert rules(replace(FULL, week_minutes=1439, short_hours="retirement")) == []


def test_each_reason_for_short_hours_is_that_of_the_contract() -> None:
    short = replace(FIXED, week_minutes=600, short_hours="short_contract")
    assert rules(replace(short, ends_on=MONDAY + timedelta(days=6))) == []
    refused = [("short_hours", "L3123-7", "short_hours")]
    assert rules(replace(short, ends_on=MONDAY + timedelta(days=7))) == refused
    student = replace(FULL, week_minutes=600, short_hours="student")
    assert rules(student) == refused  # nobody knows how old they are
    assert rules(student, born_on=date(2001, 1, 5)) == []  # 25 until the day after
    assert rules(student, born_on=date(2001, 1, 4)) == refused
    replacing = replace(FIXED, week_minutes=600, short_hours="replacement")
    assert rules(replacing) == refused
    assert rules(replace(replacing, kind="replacement")) == []


def test_the_branch_may_allow_a_shorter_week() -> None:
    branch = replace(FULL, week_minutes=120, short_hours="branch")
    assert rules(branch) == [("short_hours", "L3123-19", "short_hours")]
    agreed = Figures(MONDAY, {"part_time_minutes": Figure(120, "CCN Sport 4.6.2")})
    assert rules(branch, figures=agreed) == []
    assert rules(replace(branch, week_minutes=119), figures=agreed) == [
        ("short_hours", "L3123-19", "short_hours")
    ]
    assert rules(replace(branch, week_minutes=119, short_hours=""), figures=agreed) == [
        ("part_time_minutes", "CCN Sport 4.6.2", "short_hours")
    ]


@pytest.mark.parametrize(
    ("first", "least"),
    [
        (date(2025, 12, 31), "11.88"),
        (date(2026, 1, 1), "12.02"),
        (date(2026, 5, 31), "12.02"),
        (date(2026, 6, 1), "12.31"),
    ],
)
def test_the_minimum_wage_is_that_of_the_first_day(first: date, least: str) -> None:
    cent = Decimal("0.01")
    assert rules(replace(FULL, starts_on=first, hourly_pay=Decimal(least))) == []
    assert rules(replace(FULL, starts_on=first, hourly_pay=Decimal(least) - cent)) == [
        ("minimum_wage", "L3231-2", "hourly_pay")
    ]


def test_an_apprentice_works_in_three_firms_at_most_and_has_a_wage_of_their_own() -> None:
    apprentice = replace(FULL, kind="apprentice", hourly_pay=Decimal("6.63"), users=(1, 2, 3))
    assert rules(apprentice) == []
    assert rules(replace(apprentice, users=(1, 2, 3, 4))) == [
        ("apprentice_members", "R6223-10", "users")
    ]
    assert rules(replace(FULL, users=(1, 2, 3, 4))) == []


@pytest.mark.parametrize(
    ("grade", "first", "renewed"),
    [
        ("worker", date(2027, 3, 3), date(2027, 5, 3)),
        ("technician", date(2027, 4, 3), date(2027, 7, 3)),
        ("manager", date(2027, 5, 3), date(2027, 9, 3)),
    ],
)
def test_a_trial_period_has_the_length_of_the_post(grade: str, first: date, renewed: date) -> None:
    figures = law_alone(MONDAY)
    assert trial_end(replace(FULL, grade=grade), figures) == first
    assert whole_trial_end(grade, MONDAY, figures) == renewed


@pytest.mark.parametrize(
    ("ends_on", "trial"),
    [
        (date(2027, 1, 7), date(2027, 1, 4)),  # four days of contract: one day
        (date(2027, 1, 17), date(2027, 1, 5)),  # two weeks: two days
        (date(2027, 4, 11), date(2027, 1, 17)),  # fourteen weeks: fourteen days
        (date(2027, 7, 3), date(2027, 1, 17)),  # six months: two weeks, not a day more
        (date(2027, 7, 4), date(2027, 1, 29)),  # a day over six months: a day a week
        (date(2028, 7, 3), date(2027, 2, 3)),  # eighteen months: one month
    ],
)
def test_a_fixed_term_is_tried_a_day_a_week(ends_on: date, trial: date) -> None:
    assert trial_end(replace(FIXED, ends_on=ends_on), law_alone(MONDAY)) == trial


def test_some_contracts_have_no_trial_period() -> None:
    figures = law_alone(MONDAY)
    assert trial_end(replace(FULL, trial=False), figures) is None
    assert trial_end(replace(FULL, kind="apprentice"), figures) is None
    season = replace(FIXED, kind="seasonal", ends_on=None, least_days=28)
    assert trial_end(season, figures) == date(2027, 1, 7)


def test_every_rule_is_dated_and_has_its_article() -> None:
    assert all(row.article[0] in "LRD" and row.value > 0 for row in ROWS)
    for rows in BY_RULE.values():
        days = [row.since for row in rows]
        assert days == sorted(set(days))
    assert law_on("minimum_wage", date(2020, 1, 1)).value == 1188  # the first that is kept


days = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))


@given(days, st.integers(min_value=0, max_value=40))
def test_months_go_from_a_day_to_the_same_or_the_last_of_the_month(day: date, count: int) -> None:
    later = months_after(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and months_after(later, 0) == later)
    assert (later + timedelta(days=1)).month != later.month or later.day == day.day
    assert last_day(day, count) == later - timedelta(days=1)


@given(days, st.integers(min_value=0, max_value=1000))
def test_a_fixed_term_is_refused_from_the_day_that_is_too_late_on(first: date, more: int) -> None:
    words = replace(FIXED, starts_on=first, ends_on=first + timedelta(days=more))
    too_long = "fixed_term_months" in [rule for rule, _article, _field in rules(words)]
    assert too_long == (words.ends_on is not None and words.ends_on >= months_after(first, 18))


@given(days, st.integers(min_value=1, max_value=2400), st.sampled_from(["", "request"]))
def test_hours_are_refused_under_and_over_their_bounds_alone(
    first: date, minutes: int, short: str
) -> None:
    words = replace(FULL, starts_on=first, week_minutes=minutes, short_hours=short)
    found = {rule for rule, _article, _field in rules(words)}
    assert ("full_time_minutes" in found) == (minutes > 2100)
    assert ("part_time_minutes" in found) == (minutes < 1440 and not short)


@given(days, st.integers(min_value=0, max_value=700))
def test_a_trial_of_a_fixed_term_never_lasts_longer_than_the_law_says(
    first: date, more: int
) -> None:
    ends_on = first + timedelta(days=more)
    words = replace(FIXED, starts_on=first, ends_on=ends_on)
    end = trial_end(words, law_alone(first))
    assert end is not None
    length = days_between(first, end)
    assert 1 <= length <= max(1, days_between(first, ends_on) // 7)
    assert length <= (14 if ends_on <= last_day(first, 6) else 31)
    assert end <= ends_on


@given(days, st.integers(min_value=0, max_value=40_000))
def test_an_age_grows_on_the_birthday(born_on: date, more: int) -> None:
    day = born_on + timedelta(days=more)
    age = age_on(born_on, day)
    assert months_after(born_on, 12 * age) <= day or (born_on.month, born_on.day) == (2, 29)
    assert day < months_after(born_on, 12 * (age + 1)) + timedelta(days=1)
