"""The shift-scheduling instances of Curtois and Qu: read, judge, and put to our engine.

`read_nrp` reads the text format, `judge` recomputes the published objective and lists broken
rules (an evaluator of its own: no engine inside), `as_instance` says the same question in the
rules of our rostering engine, `read_roster` and `write_roster` handle one line per employee in
the order of the file, days separated by commas, a shift or `-`.

Published rules: one shift a day at most; days off, shift maxima, minutes both ways, successions,
longest run, weekends (Saturday or Sunday worked; day 0 is a Monday) are hard; so are the shortest
runs of work and of days off, save for runs that touch the first or the last day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import (
    DAY,
    Assignment,
    Contract,
    Firm,
    Horizon,
    Need,
    Request,
    Worker,
)
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.settings import RulePack, Setting, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OFF = "-"
A_MONDAY = date(2024, 1, 1)
WARD, NURSE = "ward", "nurse"
WEEK = 7

Roster = tuple[tuple[str, ...], ...]  # the shift (or OFF) of each employee, each day


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift: its length in minutes, and the shifts that may not come the next day."""

    minutes: int
    not_next: frozenset[str]


@dataclass(frozen=True, slots=True)
class Employee:
    """An employee's limits, in shifts, minutes, days and weekends."""

    name: str
    most_of: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    weekends: int


@dataclass(frozen=True, slots=True)
class Cover:
    """Employees wanted, and the price of each one short or too many."""

    wanted: int
    under: int
    over: int


@dataclass
class Nrp:
    """One instance. Requests and cover are keyed by (employee, day, shift) and (day, shift)."""

    days: int = 0
    shifts: dict[str, Shift] = field(default_factory=dict)
    staff: list[Employee] = field(default_factory=list)
    days_off: set[tuple[str, int]] = field(default_factory=set)
    wants: dict[tuple[str, int, str], int] = field(default_factory=dict)
    spares: dict[tuple[str, int, str], int] = field(default_factory=dict)
    cover: dict[tuple[int, str], Cover] = field(default_factory=dict)


def read_nrp(text: str) -> Nrp:
    """Read an instance; raises `ValueError` naming the line that cannot be read."""
    nrp, section = Nrp(), ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.split("#", 1)[0].strip()
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
        elif line:
            try:
                _read_row(nrp, section, [cell.strip() for cell in line.split(",")])
            except (ValueError, IndexError, KeyError) as error:
                message = f"line {number}: cannot read “{raw.strip()}” in section {section}"
                raise ValueError(message) from error
    return nrp


def _read_row(nrp: Nrp, section: str, cells: list[str]) -> None:
    match section:
        case "HORIZON":
            nrp.days = int(cells[0])
        case "SHIFTS":
            not_next = frozenset(name for name in "".join(cells[2:3]).split("|") if name)
            nrp.shifts[cells[0]] = Shift(int(cells[1]), not_next)
        case "STAFF":
            pairs = (pair.split("=") for pair in cells[1].split("|") if pair)
            nrp.staff.append(
                Employee(cells[0], {k: int(v) for k, v in pairs}, *(int(c) for c in cells[2:8]))
            )
        case "DAYS_OFF":
            nrp.days_off.update((cells[0], int(day)) for day in cells[1:])
        case "SHIFT_ON_REQUESTS":
            nrp.wants[cells[0], int(cells[1]), cells[2]] = int(cells[3])
        case "SHIFT_OFF_REQUESTS":
            nrp.spares[cells[0], int(cells[1]), cells[2]] = int(cells[3])
        case "COVER":
            nrp.cover[int(cells[0]), cells[1]] = Cover(*(int(cell) for cell in cells[2:5]))
        case _:
            raise ValueError(section)


def objective(nrp: Nrp, roster: Roster) -> int:
    """The published objective: requests not met, and people short or too many."""
    rows = dict(zip((employee.name for employee in nrp.staff), roster, strict=True))
    total = sum(w for (name, day, shift), w in nrp.wants.items() if rows[name][day] != shift)
    total += sum(w for (name, day, shift), w in nrp.spares.items() if rows[name][day] == shift)
    for (day, shift), cover in nrp.cover.items():
        staffed = sum(row[day] == shift for row in roster)
        total += max(0, cover.wanted - staffed) * cover.under
        total += max(0, staffed - cover.wanted) * cover.over
    return total


def faults(nrp: Nrp, roster: Roster) -> list[str]:
    """Every hard rule a roster breaks, in words; empty when it is legal."""
    if len(roster) != len(nrp.staff):
        return [f"{len(roster)} lines for {len(nrp.staff)} employees"]
    found = []
    for employee, row in zip(nrp.staff, roster, strict=True):
        if len(row) != nrp.days:
            found.append(f"{employee.name}: {len(row)} days instead of {nrp.days}")
        else:
            found.extend(f"{employee.name}: {fault}" for fault in _row_faults(nrp, employee, row))
    return found


def _row_faults(nrp: Nrp, employee: Employee, row: Sequence[str]) -> Iterator[str]:
    unknown = sorted(set(row) - set(nrp.shifts) - {OFF})
    if unknown:
        yield f"no such shift: {', '.join(unknown)}"
        return
    for day, shift in enumerate(row):
        if shift != OFF and (employee.name, day) in nrp.days_off:
            yield f"works on day off {day}"
    for shift in nrp.shifts:
        if row.count(shift) > employee.most_of.get(shift, 0):
            yield f"{row.count(shift)} shifts {shift}"
    minutes = sum(nrp.shifts[shift].minutes for shift in row if shift != OFF)
    if not employee.least_minutes <= minutes <= employee.most_minutes:
        yield f"{minutes} minutes"
    for day, (shift, following) in enumerate(pairwise(row)):
        if shift != OFF and following in nrp.shifts[shift].not_next:
            yield f"{following} after {shift} on day {day + 1}"
    weekends = {d // WEEK for d, shift in enumerate(row) if shift != OFF and d % WEEK >= WEEK - 2}
    if len(weekends) > employee.weekends:
        yield f"{len(weekends)} weekends"
    yield from _run_faults(nrp, employee, row)


def _run_faults(nrp: Nrp, employee: Employee, row: Sequence[str]) -> Iterator[str]:
    first = 0
    while first < nrp.days:
        working, last = row[first] != OFF, first
        while last + 1 < nrp.days and (row[last + 1] != OFF) == working:
            last += 1
        length, inside = last - first + 1, first > 0 and last < nrp.days - 1
        if working and length > employee.longest_run:
            yield f"{length} days in a row from day {first}"
        if inside and length < (employee.shortest_run if working else employee.shortest_rest):
            yield f"{'work' if working else 'rest'} of only {length} days from day {first}"
        first = last + 1


def read_roster(text: str) -> Roster:
    """Read one line per employee, days separated by commas."""
    lines = (line for line in text.splitlines() if line.strip())
    return tuple(tuple(cell.strip() or OFF for cell in line.split(",")) for line in lines)


def write_roster(roster: Roster) -> str:
    """Write one line per employee, days separated by commas."""
    return "".join(",".join(row) + "\n" for row in roster)


def as_instance(nrp: Nrp) -> Instance:
    """Put the question in the rules of our engine: same legal rosters, same objective."""
    needs = tuple(
        Need(
            need_id=_need_id(day, shift),
            firm_id=WARD,
            skill=NURSE,
            start=day * DAY,
            end=day * DAY + kind.minutes,
            kind=shift,
            count=cover.wanted,
            importance=cover.under,
            surplus=cover.over,
        )
        for day in range(nrp.days)
        for shift, kind in nrp.shifts.items()
        for cover in (nrp.cover.get((day, shift), Cover(0, 0, 0)),)
    )
    return Instance(
        horizon=Horizon(A_MONDAY, nrp.days),
        workers=tuple(_worker(nrp, employee) for employee in nrp.staff),
        firms=(Firm(WARD),),
        needs=needs,
        pack=RulePack((*_common_settings(nrp), *_own_settings(nrp))),
    )


def _need_id(day: int, shift: str) -> str:
    return f"{day}/{shift}"


def _worker(nrp: Nrp, employee: Employee) -> Worker:
    requests = [
        Request(_need_id(day, shift), wanted=wanted, weight=weight)
        for table, wanted in ((nrp.wants, True), (nrp.spares, False))
        for (name, day, shift), weight in table.items()
        if name == employee.name
    ]
    away = sorted(day for name, day in nrp.days_off if name == employee.name)
    return Worker(
        worker_id=employee.name,
        contract=Contract(0),
        skills={NURSE: 0},
        absences=tuple((day * DAY, (day + 1) * DAY) for day in away),
        requests=tuple(requests),
    )


def _common_settings(nrp: Nrp) -> Iterator[Setting]:
    for rule in ("uncovered", "surplus", "requests"):
        yield Setting(rule=rule, severity=Severity.WARN, cost=1)
    for rule in ("availability", "no_overlap"):
        yield Setting(rule=rule, severity=Severity.BLOCK)
    for shift, kind in nrp.shifts.items():
        for following in sorted(kind.not_next):
            yield Setting(
                rule="succession",
                severity=Severity.BLOCK,
                parameters={"after": shift, "next": following},
            )


def _own_settings(nrp: Nrp) -> Iterator[Setting]:
    """Limits of each employee; those who have the same limit share a setting."""
    sharing: dict[tuple[str, tuple[tuple[str, int | str], ...]], set[str]] = {}
    for employee in nrp.staff:
        limits: list[tuple[str, tuple[tuple[str, int | str], ...]]] = [
            ("period_hours", (("least", employee.least_minutes), ("most", employee.most_minutes))),
            ("days_in_row", (("days", employee.longest_run),)),
            ("work_run", (("days", employee.shortest_run),)),
            ("rest_run", (("days", employee.shortest_rest),)),
            ("weekends", (("most", employee.weekends),)),
        ]
        for shift in nrp.shifts:
            most = employee.most_of.get(shift, 0)
            if most < nrp.days:
                limits.append(("kind_maximum", (("kind", shift), ("most", most))))
        for limit in limits:
            sharing.setdefault(limit, set()).add(employee.name)
    for (rule, parameters), names in sharing.items():
        yield Setting(
            rule=rule,
            severity=Severity.BLOCK,
            parameters=dict(parameters),
            workers=frozenset(names),
        )


def as_plan(nrp: Nrp, roster: Roster) -> Plan:
    """Return a roster as a plan of `as_instance`."""
    return Plan(
        frozenset(
            Assignment(employee.name, _need_id(day, shift))
            for employee, row in zip(nrp.staff, roster, strict=True)
            for day, shift in enumerate(row)
            if shift != OFF
        )
    )


def as_roster(nrp: Nrp, plan: Plan) -> Roster:
    """Return a plan of `as_instance` as a roster."""
    rows = {employee.name: [OFF] * nrp.days for employee in nrp.staff}
    for assignment in plan.assignments:
        day, shift = assignment.need_id.split("/", 1)
        rows[assignment.worker_id][int(day)] = shift
    return tuple(tuple(row) for row in rows.values())
