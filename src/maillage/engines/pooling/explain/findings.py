"""What an explanation is made of: codes and figures, no prose.

Periods are counted from 0, hours are half-hours a week, distances metres, needs and firms ids.

| `JobFacts.reason` | details | what it says |
| --- | --- | --- |
| `opposite_seasons` | `first`, `first_peak`, `second`, `second_peak` | two seasonal needs, each \
with less than its average at the other's peak |
| `fills_the_gap` | `main`, `low`, `filler` | `filler` has hours in a period in which `main` has \
half its average or less |
| `steady_shares` | `employers` | every need has hours all year round, none enough for a job |
| `adds_up` | `employers` | none of these: the hours simply make a job |

| `Unserved.reason` | details | what it says |
| --- | --- | --- |
| `no_hours` | | nothing is asked for |
| `peak_too_high` | `period` (None: over the year), `half_hours`, `limit` | alone, it is over a \
maximum of the contract |
| `no_same_occupation` | | no other firm asks for hours in this or a related occupation |
| `only_competitors` | `firms` | the other firms that do, and are near enough, all compete with it \
(or all of them do, wherever they are) |
| `too_far` | `nearest_need`, `metres` | the nearest need it could share with is beyond the \
distance |
| `no_fit_over` | `partner`, `period` (None: over the year), `over_half_hours` | with any partner \
the hours pass a maximum; with `partner` they pass it least |
| `free_job` | `partners`, `job` | it could be served at once, nobody losing: the solve was cut \
short |
| `no_fit_short` | `best_partners`, `period` (None: over the year), `missing_half_hours`, \
`proved` | no set of partners reaches the minima; the best misses this (`proved` False: the best \
of those looked at) |
| `partners_better_used` | `jobs`, `or_more` | `jobs` possible jobs hold it (`or_more`: more than \
that), all with needs that another job serves |

| `Relaxation` | details | the change |
| --- | --- | --- |
| `free_job` | | none is needed |
| `distance` | `metres` | allow this distance |
| `hours_down`, `hours_up` | `half_hours`, `periods` | the need asks for so much less, or more, a \
week, in each of these periods |
| `occupation` | `a`, `b` | treat two occupations as related |
| `competitor` | `firm_a`, `firm_b` | let two competitors share |
| `employers` | `employers` | allow so many employers |

Every relaxation, and the reason `free_job`, also has `job`: the position in the solution of the \
job that the need would enter whole, None when its partners are needs left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.engines.pooling.solution import SharedJob


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code and what fills its sentence."""

    code: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What one job amounts to: half-hours a week per period, units, largest distance, why."""

    job: SharedJob
    half_hours: tuple[int, ...]
    units: int
    metres: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The cheapest change that would serve a need, the partners it would have, and the gain.

    `gain_units` is what the network would gain in covered hours.
    """

    code: str
    details: Mapping[str, object]
    partners: tuple[str, ...]
    gain_units: int


@dataclass(frozen=True, slots=True)
class Unserved:
    """A need left alone: why, and the cheapest change that would serve it, if one was found."""

    need_id: str
    reason: Reason
    relaxation: Relaxation | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Facts for each job, in the solution's order, and for each need left alone."""

    jobs: tuple[JobFacts, ...]
    unserved: tuple[Unserved, ...]
