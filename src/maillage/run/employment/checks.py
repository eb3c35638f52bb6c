"""What the law allows a contract to say: each refusal names the rule, its article and both figures.

Nothing here reads the database: what a contract says is judged as it stands, on its first day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.run.employment.durations import age_on, days_between, last_day
from maillage.run.employment.enums import SHORT, ContractKind, ShortHours
from maillage.run.employment.law import Figures
from maillage.run.employment.refusals import Problem
from maillage.run.employment.waiting import USUAL_DAYS, Former, follows_freely, wait_after

COMPLETE: Final = "L1253-9"
# Contracts whose last day may be unknown: somebody comes back, or a season ends.
OPEN_ENDED_SHORT: Final = frozenset({ContractKind.SEASONAL, ContractKind.REPLACEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractWords:
    """What a contract says; `users` are the row numbers of the firms that may be worked in."""

    kind: str
    title: str
    occupation: str
    qualification: str
    grade: str
    starts_on: date
    week_minutes: int
    hourly_pay: Decimal
    rhythm: str
    places: str
    users: tuple[int, ...]
    ends_on: date | None = None
    least_days: int | None = None
    reason: str = ""
    annual_minutes: int | None = None
    short_hours: str = ""
    trial: bool = True
    opens_on: tuple[int, ...] = USUAL_DAYS
    no_wait: str = ""


def problems_of(
    words: ContractWords,
    figures: Figures,
    born_on: date | None = None,
    formers: Sequence[Former] = (),
) -> tuple[Problem, ...]:
    """Return everything that the law refuses in a contract, in the order of its fields.

    `formers` are the fixed terms that ended before in the same post.
    """
    return (
        *_incomplete(words),
        *_reasons(words),
        *_lengths(words, figures),
        *_wait(words, figures, formers),
        *_hours(words, figures, born_on),
        *_pay(words, figures),
        *_users(words, figures),
    )


def _incomplete(words: ContractWords) -> Iterator[Problem]:
    """The items that a contract of a group must hold."""
    asked = (
        ("title", words.title, _("Say the job title.")),
        ("qualification", words.qualification, _("Say the qualification of the worker.")),
        ("rhythm", words.rhythm, _("Say on which days and times the hours are worked.")),
        ("places", words.places, _("Say the places of work.")),
        ("users", words.users, _("Name the firms where the worker may work.")),
        ("week_minutes", words.week_minutes, _("Say how many hours a week.")),
        ("hourly_pay", words.hourly_pay > 0, _("Say the pay for an hour.")),
    )
    for field, value, sentence in asked:
        if not value:
            yield Problem("complete", COMPLETE, field, sentence)


def _reasons(words: ContractWords) -> Iterator[Problem]:
    if words.kind in SHORT and not words.reason.strip():
        sentence = _("Say why this contract is not permanent: without a reason it would be.")
        if words.kind == ContractKind.REPLACEMENT:
            sentence = _("Say who is replaced, and their qualification.")
        yield Problem("reason", "L1242-12", "reason", sentence)
    if words.kind == ContractKind.SUBSIDISED and not words.reason.strip():
        sentence = _("Say which aid it is, and until when.")
        yield Problem("reason", "L5134-19-1", "reason", sentence)


def _lengths(words: ContractWords, figures: Figures) -> Iterator[Problem]:
    ends_on = words.ends_on
    if ends_on is not None and ends_on < words.starts_on:
        yield Problem("dates", COMPLETE, "ends_on", _("The last day comes before the first."))
        return
    if words.kind == ContractKind.PERMANENT and ends_on is not None:
        sentence = _("A permanent contract has no last day: choose another kind, or leave it out.")
        yield Problem("dates", "L1221-2", "ends_on", sentence)
    if words.kind == ContractKind.FIXED_TERM and ends_on is None:
        yield Problem("dates", "L1242-7", "ends_on", _("A fixed-term contract has a last day."))
    if words.kind in OPEN_ENDED_SHORT and ends_on is None and not words.least_days:
        sentence = _("Give a last day, or the shortest length when the end is not known.")
        yield Problem("dates", "L1242-7", "least_days", sentence)
    if words.kind in SHORT and ends_on is not None:
        yield from too_long(words.starts_on, ends_on, figures)


def _wait(words: ContractWords, figures: Figures, formers: Sequence[Former]) -> Iterator[Problem]:
    """A fixed term in a post that another held waits, unless the law says otherwise."""
    if words.kind not in SHORT or words.no_wait:
        return
    waits = [
        wait
        for former in formers
        if not follows_freely(words.kind, former)
        and (wait := wait_after(former, words.opens_on, figures)) is not None
        and words.starts_on < wait.first_day
    ]
    if waits:
        yield max(waits, key=lambda one: one.first_day).problem


def too_long(starts_on: date, ends_on: date, figures: Figures) -> Iterator[Problem]:
    """Yield the refusal of a fixed term that is too long, renewals included."""
    months = figures.of("fixed_term_months")
    latest = last_day(starts_on, months.value)
    if ends_on > latest:
        sentence = _("It lasts %(months)s months at most, renewals included: until %(day)s.")
        words = {"months": months.value, "day": date_format(latest, "DATE_FORMAT")}
        yield Problem("fixed_term_months", months.article, "ends_on", sentence % words)


def _hours(words: ContractWords, figures: Figures, born_on: date | None) -> Iterator[Problem]:
    full, part = figures.of("full_time_minutes"), figures.of("part_time_minutes")
    if words.week_minutes > full.value:
        sentence = _("A contract counts %(most)s a week at most; hours beyond are overtime.")
        text = sentence % {"most": hours_in_words(full.value)}
        yield Problem("full_time_minutes", full.article, "week_minutes", text)
    year = figures.of("year_minutes")
    if words.annual_minutes is not None and words.annual_minutes > year.value:
        sentence = _("A full year counts %(most)s at most.")
        text = sentence % {"most": hours_in_words(year.value)}
        yield Problem("year_minutes", year.article, "annual_minutes", text)
    if not words.week_minutes or words.week_minutes >= part.value:
        return
    if not words.short_hours:
        sentence = _("Under %(least)s a week, say why: a contract that is shorter needs a reason.")
        text = sentence % {"least": hours_in_words(part.value)}
        yield Problem("part_time_minutes", part.article, "short_hours", text)
        return
    yield from _short_hours(words, figures, born_on)


def _short_hours(words: ContractWords, figures: Figures, born_on: date | None) -> Iterator[Problem]:
    """Whether the reason why a week is short is one of this contract."""
    days, age = figures.of("short_contract_days"), figures.of("student_age")
    sentence, article = "", "L3123-7"
    match words.short_hours:
        case ShortHours.SHORT_CONTRACT if _outlasts(words, days.value):
            sentence = ngettext(
                "This reason is for contracts of %(days)s day at most.",
                "This reason is for contracts of %(days)s days at most.",
                days.value,
            ) % {"days": days.value}
        case ShortHours.STUDENT if born_on is None:
            sentence = _("Write down the date of birth: this reason is for students.")
        case ShortHours.STUDENT if born_on and age_on(born_on, words.starts_on) >= age.value:
            sentence = _("This reason is for students under %(age)s.") % {"age": age.value}
        case ShortHours.REPLACEMENT if words.kind != ContractKind.REPLACEMENT:
            sentence = _("This reason is for contracts that replace somebody away.")
        case ShortHours.BRANCH if "part_time_minutes" not in figures.agreed:
            article = "L3123-19"
            sentence = _("Write down the agreement of the branch and its shortest week first.")
        case ShortHours.BRANCH:
            article = "L3123-19"
            sentence = _("The agreement of the branch asks for more hours than that.")
    if sentence:
        yield Problem("short_hours", article, "short_hours", sentence)


def _outlasts(words: ContractWords, days: int) -> bool:
    return words.ends_on is None or days_between(words.starts_on, words.ends_on) > days


def _pay(words: ContractWords, figures: Figures) -> Iterator[Problem]:
    """The minimum wage; apprentices have their own, by age and year."""
    least = figures.of("minimum_wage")
    if words.kind == ContractKind.APPRENTICE or words.hourly_pay <= 0:
        return
    if words.hourly_pay * 100 < least.value:
        sentence = _("The minimum wage is %(least)s € an hour on %(day)s.") % {
            "least": number_format(Decimal(least.value) / 100, 2),
            "day": date_format(words.starts_on, "DATE_FORMAT"),
        }
        yield Problem("minimum_wage", least.article, "hourly_pay", sentence)


def _users(words: ContractWords, figures: Figures) -> Iterator[Problem]:
    most = figures.of("apprentice_members")
    if words.kind == ContractKind.APPRENTICE and len(set(words.users)) > most.value:
        sentence = _("An apprentice works in %(most)s firms at most.") % {"most": most.value}
        yield Problem("apprentice_members", most.article, "users", sentence)


def hours_in_words(minutes: int) -> str:
    """Return working time as people say it: “24 h”, “17 h 30”."""
    whole, rest = divmod(minutes, 60)
    hours = number_format(whole, force_grouping=True)
    return f"{hours}\xa0h\xa0{rest:02}" if rest else f"{hours}\xa0h"
