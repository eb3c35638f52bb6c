"""The result as one JSON object, for programs: its schema is `pool-1.schema.json`, beside."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from numbers import Integral
from typing import Any, Final

from maillage import __version__
from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.needs_file import NeedRow
from maillage.launch.shared_jobs.outcome import LoneNeed, Outcome, ProposedJob
from maillage.launch.shared_jobs.reports.figures import METRES_PER_KM, language
from maillage.launch.shared_jobs.reports.periods import WEEKS, monthly
from maillage.launch.shared_jobs.reports.sentences import change, reason, why

SCHEMA: Final = "maillage.pool/1"
HOURS_DIGITS: Final = 4  # sixths and twelfths of an hour need not fill the line
KM_DIGITS: Final = 3
GAP_DIGITS: Final = 6


def render_document(outcome: Outcome) -> bytes:
    """Return the result as JSON text, its sentences in the language in use."""
    text = json.dumps(document_of(outcome), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def document_of(outcome: Outcome) -> dict[str, Any]:
    """Return the result as plain values; `*_hours` are mean hours a week over the year."""
    bound, gap = outcome.bound_units, outcome.gap
    return {
        "schema": SCHEMA,
        "status": outcome.status,
        "covered_hours": _mean(outcome, outcome.covered_units),
        "total_hours": _mean(outcome, outcome.total_units),
        "bound_hours": None if bound is None else _mean(outcome, bound),
        "gap": None if gap is None else round(gap, GAP_DIGITS),
        "runtime_seconds": round(outcome.seconds, 3),
        "seed": outcome.request.seed,
        "stopped_early": outcome.stopped_early,
        "created_at": outcome.created_at.isoformat(timespec="seconds"),
        "language": language(),
        "maillage_version": __version__,
        "parameters": _parameters(outcome),
        "jobs": [_job(outcome, job) for job in outcome.jobs],
        "unserved": [_unserved(outcome, lone) for lone in outcome.alone],
        "rejected_rows": [
            {
                "file": rejected.file,
                "row": rejected.row,
                "column": rejected.column,
                "value": rejected.value,
                "reason": rejected.reason,
            }
            for rejected in outcome.survey.rejected
        ],
        "notes": list(outcome.survey.notes),
    }


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema that every document follows."""
    text = files("maillage.launch.shared_jobs.reports").joinpath("pool-1.schema.json").read_text()
    parsed: Mapping[str, Any] = json.loads(text)
    return parsed


def _parameters(outcome: Outcome) -> dict[str, Any]:
    request = outcome.request
    return {
        "needs_file": request.needs_file,
        "competitors_file": request.competitors_file or None,
        "related_file": request.related_file or None,
        "contract": _contract(request.contract),
        "max_distance_km": request.max_distance_metres / METRES_PER_KM,
        "max_employers": request.max_employers,
        "time_limit_seconds": request.time_limit_seconds,
        "workers": request.workers,
        "executor": request.executor or None,
        "strict": request.strict,
        "periods": outcome.periods,
        "needs": len(outcome.survey.needs),
        "firms": len(outcome.firm_names),
        "competitor_pairs": len(outcome.survey.competitors),
        "related_pairs": len(outcome.survey.related),
    }


def _contract(terms: ContractTerms) -> dict[str, Any]:
    return {
        "name": terms.name,
        "mean_min_hours": terms.mean_min / 2,
        "mean_max_hours": terms.mean_max / 2,
        "period_min_hours": terms.period_min / 2,
        "period_max_hours": terms.period_max / 2,
    }


def _job(outcome: Outcome, job: ProposedJob) -> dict[str, Any]:
    occupations = list(dict.fromkeys(need.occupation for need in job.needs))
    entry = {
        "job_id": job.job_id,
        "need_ids": [need.need_id for need in job.needs],
        "firm_ids": [need.firm_id for need in job.needs],
        "firms": [need.firm for need in job.needs],
        "places": [need.place for need in job.needs],
        "occupations": occupations,
        "occupation_names": [outcome.occupation_name(code) for code in occupations],
        "monthly_hours": [round(value / 2, HOURS_DIGITS) for value in monthly(job.half_hours)],
        "mean_hours": _mean(outcome, job.units),
        "max_distance_km": round(job.metres / METRES_PER_KM, KM_DIGITS),
        "employers": len(job.needs),
        "why": why(outcome, job),
        "why_code": job.why.code,
        "why_details": plain(job.why.details),
    }
    if outcome.periods == WEEKS:
        entry["weekly_hours"] = [value / 2 for value in job.half_hours]
    return entry


def _unserved(outcome: Outcome, lone: LoneNeed) -> dict[str, Any]:
    need, cheapest = lone.need, lone.change
    return {
        "need_id": need.need_id,
        "firm_id": need.firm_id,
        "firm": need.firm,
        "place": need.place,
        "occupation": need.occupation,
        "mean_hours": _mean(outcome, _units(need)),
        "reason": reason(outcome, lone),
        "reason_code": lone.reason.code,
        "reason_details": plain(lone.reason.details),
        "relaxation": change(outcome, lone) or None,
        "relaxation_code": cheapest and cheapest.finding.code,
        "relaxation_details": cheapest and plain(cheapest.finding.details),
        "relaxation_partners": [need.need_id for need in cheapest.partners] if cheapest else [],
        "relaxation_gain_hours": cheapest and _mean(outcome, cheapest.gain_units),
    }


def plain(value: object) -> Any:
    """Return the details of a finding as what JSON can hold."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, Integral):
        return value
    return int(value)  # numpy's whole numbers too


def _mean(outcome: Outcome, units: int) -> float:
    return round(outcome.mean_hours(units), HOURS_DIGITS)


def _units(need: NeedRow) -> int:
    return sum(need.half_hours)
