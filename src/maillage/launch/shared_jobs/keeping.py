"""Writing what a search found into its row, and reading it back as an `Outcome`."""

from collections.abc import Mapping
from typing import Any

from maillage.launch.shared_jobs.bridge import read_contract, terms_of
from maillage.launch.shared_jobs.gathering import survey_of
from maillage.launch.shared_jobs.models import Composition
from maillage.launch.shared_jobs.needs_file import NeedRow, NeedsFile
from maillage.launch.shared_jobs.outcome import (
    Change,
    Finding,
    LoneNeed,
    Outcome,
    ProposedJob,
    Request,
)
from maillage.launch.shared_jobs.reports.document import plain

SEED = 1999


def request_of(composition: Composition) -> Request:
    """Return the rules of a search as the bridge takes them."""
    return Request(
        needs_file=composition.network.name,
        contract=terms_of(read_contract(composition.contract)),
        max_distance_metres=composition.max_distance_metres,
        max_employers=composition.max_employers,
        time_limit_seconds=composition.seconds_allowed,
        seed=SEED,
        workers=1,
    )


def result_in(outcome: Outcome) -> dict[str, Any]:
    """Return the explained answer as plain values that JSON can hold."""
    return {
        "stopped_early": outcome.stopped_early,
        "jobs": [_job(job) for job in outcome.jobs],
        "alone": [
            {
                "need": lone.need.need_id,
                "reason": _finding(lone.reason),
                "change": lone.change
                and {
                    "finding": _finding(lone.change.finding),
                    "partners": [partner.need_id for partner in lone.change.partners],
                    "gain_units": int(lone.change.gain_units),
                },
            }
            for lone in outcome.alone
        ],
    }


def _job(job: ProposedJob) -> dict[str, Any]:
    return {
        "needs": [need.need_id for need in job.needs],
        "half_hours": [int(value) for value in job.half_hours],
        "metres": int(job.metres),
        "why": _finding(job.why),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "details": plain(finding.details)}


def outcome_in(composition: Composition) -> Outcome | None:
    """Return what a search found, in the words of today; None before its answer is explained.

    Locked jobs come first: they were kept out of the search, and are part of its answer.
    """
    if composition.result is None:
        return None
    whole = _whole_question(composition.asked)
    survey = survey_of(whole)
    needs = {need.need_id: need for need in survey.needs}
    locked = composition.asked["locked"]
    kept_units = sum(sum(job["half_hours"]) for job in locked)
    bound = composition.bound_units
    rows = [*locked, *composition.result["jobs"]]
    return Outcome(
        request=request_of(composition),
        survey=survey,
        status=composition.status,
        covered_units=composition.covered_units + kept_units,
        bound_units=None if bound is None else bound + kept_units,
        seconds=composition.seconds,
        stopped_early=composition.result["stopped_early"],
        jobs=tuple(_read_job(row, number, needs) for number, row in enumerate(rows, 1)),
        alone=tuple(_read_lone(row, needs) for row in composition.result["alone"]),
        created_at=composition.made_at,
    )


def free_survey(composition: Composition) -> NeedsFile:
    """Return what is asked of the engine: all the needs but those of the locked jobs."""
    return survey_of(composition.asked)


def _whole_question(asked: Mapping[str, Any]) -> dict[str, Any]:
    kept = [need for job in asked["locked"] for need in job["rows"]]
    return {**asked, "needs": [*kept, *asked["needs"]]}


def _read_job(row: Mapping[str, Any], number: int, needs: Mapping[str, NeedRow]) -> ProposedJob:
    return ProposedJob(
        number=number,
        job_id=f"J{number}",
        needs=tuple(needs[need_id] for need_id in row["needs"]),
        half_hours=tuple(row["half_hours"]),
        metres=row["metres"],
        why=_read_finding(row["why"]),
    )


def _read_lone(row: Mapping[str, Any], needs: Mapping[str, NeedRow]) -> LoneNeed:
    change = row["change"]
    return LoneNeed(
        need=needs[row["need"]],
        reason=_read_finding(row["reason"]),
        change=change
        and Change(
            finding=_read_finding(change["finding"]),
            partners=tuple(needs[need_id] for need_id in change["partners"]),
            gain_units=change["gain_units"],
        ),
    )


def _read_finding(row: Mapping[str, Any]) -> Finding:
    return Finding(row["code"], row["details"])
