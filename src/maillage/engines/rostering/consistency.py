"""Does an instance make sense? Each fault names the record and the field, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.engines.rostering.entities import Assignment, Horizon, Need, Worker
    from maillage.engines.rostering.settings import Setting

TWICE = Sentence("is given twice", "est donné deux fois")
UNKNOWN = Sentence("“{value}” does not exist", "«\u00a0{value}\u00a0» n’existe pas")
NO_DAYS = Sentence("give at least one day", "donnez au moins un jour")
NEGATIVE = Sentence("must be zero or more, not {value}", "doit être positif ou nul, pas {value}")
ORDER = Sentence("must come after the start", "doit venir après le début")
OUTSIDE_HORIZON = Sentence(
    "is outside the {days} days planned", "est en dehors des {days} jours à planifier"
)
LONG_BREAK = Sentence("the break takes the whole slot", "la pause occupe tout le créneau")
ITSELF = Sentence(
    "a firm cannot be its own competitor", "une entreprise n’est pas sa propre concurrente"
)
PAST = Sentence(
    "must be zero or before: it is the end of past work, not {value}",
    "doit être nul ou négatif\u00a0: c’est la fin du travail passé, pas {value}",
)
BOTH_RUNS = Sentence(
    "the last day was either worked or free, not both",
    "le dernier jour était travaillé ou libre, pas les deux",
)
OBJECTIVE = Sentence(
    "choose “weighted” or “lexicographic”, not “{value}”",
    "choisissez «\u00a0weighted\u00a0» ou «\u00a0lexicographic\u00a0», pas «\u00a0{value}\u00a0»",
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the parts of an instance may refer to."""

    horizon: Horizon
    firm_ids: frozenset[str]
    worker_ids: frozenset[str]
    need_ids: frozenset[str]


def check_horizon(horizon: Horizon) -> None:
    """There is something to plan."""
    if horizon.days < 1:
        raise RosterError("horizon", "days", NO_DAYS)


def check_objective(objective: str) -> None:
    """The objective is one of the two there are."""
    if objective not in {"weighted", "lexicographic"}:
        raise RosterError("instance", "objective", OBJECTIVE, value=objective)


def check_no_twins(noun: str, field: str, ids: Iterable[str]) -> None:
    """No two records have one id."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise RosterError(f"{noun} {name}", field, TWICE)
        seen.add(name)


def _known(row: str, field: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise RosterError(row, field, UNKNOWN, value=value)


def _not_negative(row: str, **values: int) -> None:
    for field, value in values.items():
        if value < 0:
            raise RosterError(row, field, NEGATIVE, value=value)


def check_need(need: Need, known: Known) -> None:
    """A slot lies in the horizon, lasts, and names a firm there is."""
    row = f"need {need.need_id}"
    _known(row, "firm_id", need.firm_id, known.firm_ids)
    if need.wished_worker_id:
        _known(row, "wished_worker_id", need.wished_worker_id, known.worker_ids)
    _in_horizon(row, "start", need.start, known)
    if need.end <= need.start:
        raise RosterError(row, "end", ORDER)
    _not_negative(
        row,
        level=need.level,
        count=need.count,
        importance=need.importance,
        surplus=need.surplus or 0,
        break_minutes=need.break_minutes,
    )
    if need.minutes <= 0:
        raise RosterError(row, "break_minutes", LONG_BREAK)


def check_worker(worker: Worker, known: Known) -> None:
    """A worker's hours, spans, requests and past make sense."""
    row = f"worker {worker.worker_id}"
    _not_negative(row, **{"contract.week_minutes": worker.contract.week_minutes})
    for skill, level in worker.skills.items():
        _not_negative(row, **{f"skills.{skill}": level})
    for firm_id in sorted(worker.firm_ids or ()):
        _known(row, "firm_ids", firm_id, known.firm_ids)
    for firm_id in sorted(worker.lent):
        _known(row, "lent", firm_id, known.firm_ids)
    for field in ("availability", "absences", "outside"):
        for start, end in getattr(worker, field) or ():
            if end <= start:
                raise RosterError(row, field, ORDER)
    for start, _end in worker.outside:
        _in_horizon(row, "outside", start, known)
    for request in worker.requests:
        _known(row, "requests.need_id", request.need_id, known.need_ids)
        _not_negative(row, **{"requests.weight": request.weight})
    _check_history(worker, row, known)


def _check_history(worker: Worker, row: str, known: Known) -> None:
    history = worker.history
    if history.last_end is not None and history.last_end > 0:
        raise RosterError(row, "history.last_end", PAST, value=history.last_end)
    if history.days_in_row and history.days_off_in_row:
        raise RosterError(row, "history.days_off_in_row", BOTH_RUNS)
    _not_negative(
        row,
        **{
            "history.days_in_row": history.days_in_row or 0,
            "history.days_off_in_row": history.days_off_in_row or 0,
            "history.weeks": min(history.weeks, default=0),
            "history.this_week": history.this_week,
            "history.urgent_calls": history.urgent_calls,
            "history.urgent_this_month": history.urgent_this_month,
            "history.night_minutes": history.night_minutes,
            "history.overtime_minutes": history.overtime_minutes,
            "history.unpleasant_slots": history.unpleasant_slots,
        },
    )
    for firm_id in sorted(history.known_firm_ids):
        _known(row, "history.known_firm_ids", firm_id, known.firm_ids)


def check_firm_pair(pair: tuple[str, str], field: str, known: Known) -> None:
    """Two different firms, both there."""
    row = f"pair {pair[0]}, {pair[1]}"
    for firm_id in pair:
        _known(row, field, firm_id, known.firm_ids)
    if pair[0] == pair[1]:
        raise RosterError(row, field, ITSELF)


def check_assignment(assignment: Assignment, field: str, known: Known) -> None:
    """The worker and the slot are there."""
    row = f"assignment {assignment.worker_id}, {assignment.need_id}"
    _known(row, f"{field}.worker_id", assignment.worker_id, known.worker_ids)
    _known(row, f"{field}.need_id", assignment.need_id, known.need_ids)


def check_travel(pair: tuple[str, str], minutes: int) -> None:
    """Nobody travels back in time."""
    _not_negative(f"travel {pair[0]}, {pair[1]}", minutes=minutes)


def check_setting(setting: Setting, known: Known) -> None:
    """The workers a rule is meant for are there."""
    for field in ("workers", "spared"):
        for worker_id in sorted(getattr(setting, field) or ()):
            _known(f"rule {setting.rule}", field, worker_id, known.worker_ids)


def _in_horizon(row: str, field: str, start: int, known: Known) -> None:
    if not 0 <= start < known.horizon.minutes:
        raise RosterError(row, field, OUTSIDE_HORIZON, days=known.horizon.days)
