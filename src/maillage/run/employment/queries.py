"""Reads of who works for the group, where each may be lent and when each is away."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from maillage.foundation.networks.models import Network
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.models import (
    Absence,
    Authorisation,
    EmploymentContract,
    Leave,
    LendingAgreement,
    WeeklyTime,
    Worker,
)

DAY_MINUTES = 24 * 60
NOON = 12 * 60

type Minutes = tuple[int, int]


def in_force(first: date, last: date, *, path: str = "") -> Q:
    """Return what holds on some day from `first` to `last`: begun, neither over nor ended.

    `path` leads to the contract or the lending agreement. The last day is one on which it holds.
    """
    return (
        Q(**{f"{path}starts_on__lte": last})
        & (Q(**{f"{path}ended_on": None}) | Q(**{f"{path}ended_on__gte": first}))
        & (Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": first}))
    )


def last_day(held: EmploymentContract | LendingAgreement) -> date | None:
    """Return the last day of a contract or a lending agreement, None while it has none."""
    ends = [day for day in (held.ends_on, held.ended_on) if day is not None]
    return min(ends, default=None)


def workers_between(network: Network, first: date, last: date) -> QuerySet[Worker]:
    """Return who has a contract on some day from `first` to `last`, for whoever plans.

    Whatever a plan depends on is read with them, in a fixed number of queries: skills, contracts
    with their amendments and signed lending agreements, times of the week, papers, leave granted,
    absences.
    """
    with_contract = Worker.objects.filter(
        in_force(first, last, path="contracts__"), network=network
    ).distinct()
    return with_contract.order_by("folded_name", "id").prefetch_related(
        "skills", *planned_with(first, last)
    )


def planned_with(first: date, last: date) -> tuple[Prefetch[str, QuerySet[Model], str], ...]:
    """Return what to read with workers whose plan is judged from `first` to `last`."""
    dated = Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=first))
    reads = (
        ("contracts", EmploymentContract.objects.filter(in_force(first, last))),
        ("contracts__amendments", None),
        (
            "contracts__lendings",
            LendingAgreement.objects.filter(in_force(first, last)).exclude(signed_on=None),
        ),
        ("weekly_times", WeeklyTime.objects.filter(dated)),
        ("authorisations", Authorisation.objects.filter(dated)),
        ("leaves", Leave.objects.filter(dated, state=LeaveState.GRANTED)),
        (
            "absences",
            Absence.objects.filter(starts_at__date__lte=last).filter(
                Q(back_on=None) | Q(back_on__gte=first)
            ),
        ),
    )
    return tuple(
        Prefetch(name) if rows is None else Prefetch(name, queryset=rows) for name, rows in reads
    )


def contract_on(worker: Worker, day: date) -> EmploymentContract | None:
    """Return the contract of a worker on a day, None without one; read with the worker."""
    return next(
        (
            contract
            for contract in worker.contracts.all()
            if contract.starts_on <= day and not _over(contract, day)
        ),
        None,
    )


def week_minutes_on(contract: EmploymentContract, day: date) -> int:
    """Return the minutes a week that a contract promises on a day, its amendments applied."""
    for amendment in contract.amendments.all():
        if amendment.signed_on and amendment.starts_on <= day <= amendment.ends_on:
            return amendment.week_minutes
    return contract.week_minutes


def lendings_on(worker: Worker, day: date) -> tuple[LendingAgreement, ...]:
    """Return the signed lending agreements of a worker that hold on a day."""
    return tuple(
        lending
        for contract in worker.contracts.all()
        for lending in contract.lendings.all()
        if lending.signed_on and lending.starts_on <= day and not _over(lending, day)
    )


def away_spans(worker: Worker, first: date, days: int) -> tuple[Minutes, ...]:
    """Return when a worker is away: leave granted, absences, times without a contract.

    In minutes from 00:00 of `first`, over `days` days; they may overlap.
    """
    end = days * DAY_MINUTES
    spans = [
        *(_leave_span(leave, first) for leave in worker.leaves.all()),
        *(_absence_span(absence, first, end) for absence in worker.absences.all()),
        *_without_contract(worker, first, days),
    ]
    clipped = ((max(start, 0), min(until, end)) for start, until in spans)
    return tuple(sorted(span for span in clipped if span[0] < span[1]))


def weekly_spans(times: Iterable[WeeklyTime], first: date, days: int) -> tuple[Minutes, ...]:
    """Return the minutes, from 00:00 of `first`, of what comes back every week over `days` days."""
    spans = []
    for number in range(days):
        day = first + timedelta(days=number)
        spans += [
            (number * DAY_MINUTES + each.start_minute, number * DAY_MINUTES + each.end_minute)
            for each in times
            if each.weekday == day.weekday()
            and each.starts_on <= day
            and (each.ends_on is None or day <= each.ends_on)
        ]
    return tuple(sorted(spans))


def _over(held: EmploymentContract | LendingAgreement, day: date) -> bool:
    end = last_day(held)
    return end is not None and end < day


def _leave_span(leave: Leave, first: date) -> Minutes:
    start = _minutes(leave.starts_on, first) + (NOON if leave.from_noon else 0)
    until = _minutes(leave.ends_on, first) + (NOON if leave.until_noon else DAY_MINUTES)
    return start, until


def _absence_span(absence: Absence, first: date, end: int) -> Minutes:
    began = localtime(absence.starts_at)
    start = _minutes(began.date(), first) + began.hour * 60 + began.minute
    back = absence.back_on or absence.expected_on
    return start, end if back is None else _minutes(back, first)


def _without_contract(worker: Worker, first: date, days: int) -> list[Minutes]:
    """Return the spans that no contract covers; the last one may be empty."""
    last = first + timedelta(days=days - 1)
    held = sorted(
        (max(contract.starts_on, first), min(last_day(contract) or last, last))
        for contract in worker.contracts.all()
    )
    free, spans = first, []
    for begins, ends in held:
        if free < begins:
            spans.append((_minutes(free, first), _minutes(begins, first)))
        free = max(free, ends + timedelta(days=1))
    return [*spans, (_minutes(free, first), days * DAY_MINUTES)]


def _minutes(day: date, first: date) -> int:
    return (day - first).days * DAY_MINUTES


def at_minute(day: date, minute: int) -> datetime:
    """Return the clock time, without time zone, of a minute counted from midnight of a day."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)
