"""The trial period: how long the law lets it be, by kind of contract and level of the post."""

from datetime import date, timedelta

from maillage.run.employment.checks import ContractWords
from maillage.run.employment.durations import days_between, last_day
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.law import Figures

WEEK = 7  # days


def trial_end(words: ContractWords, figures: Figures) -> date | None:
    """Return the last day of the longest trial period, None when the contract has none.

    An apprenticeship has none: either side may end it in its first weeks.
    """
    if not words.trial or words.kind == ContractKind.APPRENTICE:
        return None
    if words.kind == ContractKind.PERMANENT or _has_no_term(words):
        return last_day(words.starts_on, figures.of(f"trial_months_{words.grade}").value)
    return _fixed_term_end(words, figures)


def whole_trial_end(grade: str, starts_on: date, figures: Figures) -> date:
    """Return the last day of a trial period renewed once, its first part included."""
    return last_day(starts_on, figures.of(f"trial_whole_months_{grade}").value)


def _has_no_term(words: ContractWords) -> bool:
    return words.ends_on is None and not words.least_days


def _fixed_term_end(words: ContractWords, figures: Figures) -> date:
    """One day a week, within two weeks up to six months of contract, and one month beyond."""
    if words.ends_on is not None:
        days = days_between(words.starts_on, words.ends_on)
    else:
        days = words.least_days or 0
    by_week = max(1, days // WEEK)
    ends_on = words.starts_on + timedelta(days=days - 1)
    if ends_on <= last_day(words.starts_on, figures.of("trial_long_from_months").value):
        longest = words.starts_on + timedelta(days=figures.of("trial_fixed_term_days").value - 1)
    else:
        longest = last_day(words.starts_on, figures.of("trial_fixed_term_months").value)
    return min(words.starts_on + timedelta(days=by_week - 1), longest)
