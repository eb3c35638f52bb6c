"""What a search for shared jobs came to, in the words of the survey: all that a report shows.

Plain data that knows neither the engine nor any format. `bridge.py` builds it, `reports` say it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from maillage.foundation.vocabularies.folding import letters_and_digits
from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.needs_file import NeedRow, NeedsFile

OPTIMAL: Final = "OPTIMAL"
# Titles of a column that names the occupation whose code stands in another.
LABEL_TITLES: Final = frozenset(
    {
        "occupationlabel",
        "occupationname",
        "libelle",
        "libellemetier",
        "libellerome",
        "intitule",
        "intitulemetier",
        "nommetier",
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: the files by their names, the rules of a job, how long and how to look."""

    needs_file: str
    contract: ContractTerms
    max_distance_metres: int
    max_employers: int
    time_limit_seconds: float
    seed: int
    workers: int
    executor: str = ""
    competitors_file: str = ""
    related_file: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the engine found: a stable code and what fills its sentence."""

    code: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ProposedJob:
    """A job that firms can create together; `half_hours` a week in each period of the year."""

    number: int
    job_id: str
    needs: tuple[NeedRow, ...]
    half_hours: tuple[int, ...]
    metres: int
    why: Finding

    @property
    def units(self) -> int:
        """Half-hours a week summed over the periods."""
        return sum(self.half_hours)


@dataclass(frozen=True, slots=True)
class Change:
    """The cheapest change that would serve a need, its partners then, and the units gained."""

    finding: Finding
    partners: tuple[NeedRow, ...]
    gain_units: int


@dataclass(frozen=True, slots=True)
class LoneNeed:
    """A need that no job serves: why, and what would serve it, when something was found."""

    need: NeedRow
    reason: Finding
    change: Change | None


@dataclass(frozen=True, slots=True)
class Step:
    """How far a search is: hours a week covered, and the most possible once that is proved."""

    seconds: float
    phase: str
    covered_hours: float
    bound_hours: float | None


type Jobs = tuple[tuple[str, ...], ...]
"""The ids of the needs of each job."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best a search has found so far, and how far it is."""

    step: Step
    jobs: Jobs


@dataclass(frozen=True)
class Outcome:
    """The jobs found, the needs left alone, and how far from the best possible this may be.

    `status` is one of the four words of the engines. Units are half-hours a week summed over the
    periods of the year; `bound_units` is None when nothing was proved. Jobs come the simplest to
    create first: few employers, then short distances.
    """

    request: Request
    survey: NeedsFile
    status: str
    covered_units: int
    bound_units: int | None
    seconds: float
    stopped_early: bool
    jobs: tuple[ProposedJob, ...]
    alone: tuple[LoneNeed, ...]
    created_at: datetime

    @property
    def periods(self) -> int:
        """How many periods the year is cut into: 12 months or 52 weeks."""
        return len(self.survey.needs[0].half_hours)

    @cached_property
    def total_units(self) -> int:
        """All the hours asked for, in units."""
        return sum(sum(need.half_hours) for need in self.survey.needs)

    @property
    def proved_best(self) -> bool:
        """Whether nothing better exists."""
        return self.status == OPTIMAL

    @property
    def gap(self) -> float | None:
        """Share of the bound that is not reached; None when there is no bound."""
        if self.bound_units is None:
            return None
        if not self.bound_units:
            return 0.0
        return (self.bound_units - self.covered_units) / self.bound_units

    @cached_property
    def need_by_id(self) -> Mapping[str, NeedRow]:
        """Each need under its id."""
        return {need.need_id: need for need in self.survey.needs}

    @cached_property
    def firm_names(self) -> Mapping[str, str]:
        """The name of each firm that has needs, under its id."""
        return {need.firm_id: need.firm for need in self.survey.needs}

    @cached_property
    def occupation_labels(self) -> Mapping[str, str]:
        """What the survey calls each occupation that it gives by a code, if it says so."""
        title = next(
            (
                column
                for cells in self.survey.extra.values()
                for column in cells
                if letters_and_digits(column) in LABEL_TITLES
            ),
            None,
        )
        if title is None:
            return {}
        labels: dict[str, str] = {}
        for need in self.survey.needs:
            label = str(self.survey.extra.get(need.need_id, {}).get(title, "")).strip()
            if label:
                labels.setdefault(need.occupation, label)
        return labels

    def mean_hours(self, units: float) -> float:
        """Mean hours a week over the year that `units` stand for."""
        return units / (2 * self.periods)

    def occupation_name(self, occupation: str) -> str:
        """Return what people call an occupation: its label in the survey, else as it is given."""
        return self.occupation_labels.get(occupation, occupation)
