"""Results as a search may give them, made by hand: Bob, Emma, and their neighbours."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.needs_file import NeedRow, NeedsFile, RejectedRow
from maillage.launch.shared_jobs.outcome import (
    Change,
    Finding,
    LoneNeed,
    Outcome,
    ProposedJob,
    Request,
)

ANNUAL = ContractTerms("annual", 64, 72, 42, 88)
BLOIS, VENDOME, CHEVERNY = (47.5884, 1.3353), (47.7936, 1.0661), (47.5000, 1.4580)
WINTER = (50, 50, 50, 40, 30, 20, 16, 16, 30, 40, 50, 60)
SUMMER = (20, 20, 20, 28, 38, 46, 50, 50, 38, 28, 20, 16)


def need(
    need_id: str,
    firm: str,
    half_hours: Sequence[int],
    *,
    occupation: str = "D1106",
    place: str = "Blois",
    at: tuple[float, float] = BLOIS,
) -> NeedRow:
    """Return a need of a firm whose id is its name in small letters."""
    firm_id = firm.lower()
    latitude, longitude = at
    return NeedRow(
        2, need_id, firm_id, firm, occupation, latitude, longitude, tuple(half_hours), place
    )


CHOCOLATE = need("choc", "Chocolaterie Bellanger", WINTER)
CAMPING = need("camp", "Camping des Châteaux", SUMMER, place="Cheverny", at=CHEVERNY)
BOB = need("till", "Bob’s bakery", [35] * 12)
EMMA = need("oven", "Emma’s bread", [34] * 12, occupation="D1102", place="Vendôme", at=VENDOME)
NEEDS = (CHOCOLATE, CAMPING, BOB, EMMA)

OPPOSITE = Finding(
    "opposite_seasons", {"first": "camp", "first_peak": 6, "second": "choc", "second_peak": 11}
)
STEADY = Finding("steady_shares", {"employers": 2})
COMPETITORS = Finding("only_competitors", {"firms": ("emma’s bread",)})
AGREE = Change(
    Finding("competitor", {"firm_a": "bob’s bakery", "firm_b": "emma’s bread", "job": None}),
    (EMMA,),
    828,
)


def job(
    *needs: NeedRow, number: int = 1, metres: int = 13_300, why: Finding = OPPOSITE
) -> ProposedJob:
    """Return a job of these needs."""
    periods = zip(*(each.half_hours for each in needs), strict=True)
    return ProposedJob(
        number, f"J{number}", needs, tuple(sum(period) for period in periods), metres, why
    )


def lone(
    needed: NeedRow = BOB, reason: Finding = COMPETITORS, change: Change | None = AGREE
) -> LoneNeed:
    """Return a need left alone."""
    return LoneNeed(needed, reason, change)


def survey(
    needs: Sequence[NeedRow] = NEEDS,
    *,
    extra: Mapping[str, Mapping[str, str | float]] | None = None,
    rejected: Sequence[RejectedRow] = (),
    notes: Sequence[str] = (),
) -> NeedsFile:
    """Return what the file of the survey said; Bob and Emma compete."""
    return NeedsFile(
        needs=tuple(needs),
        competitors=frozenset({("bob’s bakery", "emma’s bread")}),
        related=frozenset({("D1102", "D1106")}),
        rejected=tuple(rejected),
        extra=extra or {},
        notes=tuple(notes),
    )


def request(**asked: Any) -> Request:
    """Return what was asked, the usual unless said otherwise."""
    usual: dict[str, Any] = {
        "needs_file": "needs.csv",
        "competitors_file": "competitors.csv",
        "contract": ANNUAL,
        "max_distance_metres": 30_000,
        "max_employers": 5,
        "time_limit_seconds": 30.0,
        "seed": 1,
        "workers": 2,
    }
    return Request(**{**usual, **asked})


def outcome(**known: Any) -> Outcome:
    """Return a result: one job proved best, Bob and Emma left alone, unless said otherwise."""
    jobs = known.get("jobs", (job(CHOCOLATE, CAMPING),))
    covered = sum(each.units for each in jobs)
    usual: dict[str, Any] = {
        "request": request(),
        "survey": survey(),
        "status": "OPTIMAL",
        "covered_units": covered,
        "bound_units": covered,
        "seconds": 1.25,
        "stopped_early": False,
        "jobs": jobs,
        "alone": (lone(), lone(EMMA, Finding("no_same_occupation", {}), None)),
        "created_at": datetime(2026, 11, 22, 15, 4, tzinfo=UTC),
    }
    return Outcome(**{**usual, **known})


def many_jobs(count: int) -> Outcome:
    """Return a result with that many jobs of two firms each, spread around Blois."""
    needs: list[NeedRow] = []
    jobs: list[ProposedJob] = []
    for number in range(1, count + 1):
        at = (47.2 + (number % 40) / 50, 0.8 + (number % 37) / 40)
        first = need(f"a{number}", f"Firm A{number}", [36] * 12, at=at)
        second = need(f"b{number}", f"Firm B{number}", [32] * 12, at=(at[0] + 0.02, at[1]))
        needs += [first, second]
        jobs.append(job(first, second, number=number, metres=2_220, why=STEADY))
    return outcome(jobs=tuple(jobs), alone=(), survey=survey(needs))
