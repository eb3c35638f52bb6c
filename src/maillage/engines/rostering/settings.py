"""What a rule pack says of each rule: its limits, its dates, its article, and what a breach costs.

A rule knows how to find; a setting decides. Numbers that the law, a branch or a charter fix are
here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from maillage.engines.rostering.entities import Horizon, Worker

MISSING = Sentence("the rule needs this parameter", "la règle a besoin de ce paramètre")
NOT_NEGATIVE = Sentence(
    "must be zero or more, not {value}", "doit être positif ou nul, pas {value}"
)
POSITIVE = Sentence("must be above zero, not {value}", "doit être supérieur à zéro, pas {value}")
DATES = Sentence("the rule ends before it begins", "la règle se termine avant d’avoir commencé")

Parameter = int | str


class Severity(StrEnum):
    """What a breach means."""

    BLOCK = "block"  # never
    NEEDS_DOCUMENT = "needs_document"  # never, unless the worker's document is on file
    WARN = "warn"  # allowed, at a cost
    INFO = "info"  # told, and costs nothing


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One rule as it applies to some workers between two dates.

    A breach costs `cost` points per `per` units (see the unit of the rule) when it is not
    forbidden. `priority` orders costs when the objective is lexicographic, 0 first. `workers`
    None stands for all, but for those `spared`; `group` keeps it for workers of that group.
    Parameters are integers (minutes, days…) or words.
    """

    rule: str
    severity: Severity
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    cost: int = 0
    per: int = 1
    priority: int = 0
    article: str = ""
    workers: frozenset[str] | None = None
    spared: frozenset[str] = frozenset()
    group: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        row = f"rule {self.rule}"
        if self.cost < 0:
            raise RosterError(row, "cost", NOT_NEGATIVE, value=self.cost)
        if self.per < 1:
            raise RosterError(row, "per", POSITIVE, value=self.per)
        for name, value in self.parameters.items():
            if isinstance(value, int) and value < 0:
                raise RosterError(row, f"parameters.{name}", NOT_NEGATIVE, value=value)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise RosterError(row, "valid_to", DATES)

    def number(self, name: str) -> int:
        """Return a parameter that must be there; raises `RosterError` naming it."""
        value = self.parameters.get(name)
        if not isinstance(value, int):
            raise RosterError(f"rule {self.rule}", f"parameters.{name}", MISSING)
        return value

    def optional(self, name: str) -> int | None:
        """Return a parameter that may be left out."""
        value = self.parameters.get(name)
        return value if isinstance(value, int) else None

    def word(self, name: str) -> str:
        """Return a parameter in letters that must be there."""
        value = self.parameters.get(name)
        if not isinstance(value, str):
            raise RosterError(f"rule {self.rule}", f"parameters.{name}", MISSING)
        return value

    def concerns(self, worker_id: str) -> bool:
        """Whether the rule is meant for this worker."""
        return worker_id not in self.spared and (self.workers is None or worker_id in self.workers)

    def holds_on(self, when: date) -> bool:
        """Whether the rule is in force on this date."""
        return (self.valid_from is None or self.valid_from <= when) and (
            self.valid_to is None or when <= self.valid_to
        )

    def days_of(self, horizon: Horizon) -> tuple[bool, ...]:
        """Whether the rule is in force on each day of a horizon."""
        return _days_between(self.valid_from, self.valid_to, horizon)

    def holds_throughout(self, horizon: Horizon) -> bool:
        """Whether the rule is in force on all days of a horizon."""
        days = self.days_of(horizon)
        return days[0] and days[-1]


@lru_cache(maxsize=1024)
def _days_between(since: date | None, until: date | None, horizon: Horizon) -> tuple[bool, ...]:
    dates = (horizon.date_of(day) for day in range(horizon.days))
    return tuple(
        (since is None or since <= when) and (until is None or when <= until) for when in dates
    )


@dataclass(frozen=True)
class RulePack:
    """The settings in force, and the documents on file: pairs (rule, worker)."""

    settings: tuple[Setting, ...]
    documents: frozenset[tuple[str, str]] = frozenset()

    def meant_for(self, workers: Iterable[Worker]) -> RulePack:
        """Return the pack with the settings of a group naming its workers."""
        if not any(setting.group for setting in self.settings):
            return self
        of_group: dict[str, set[str]] = {}
        for worker in workers:
            for group in worker.groups:
                of_group.setdefault(group, set()).add(worker.worker_id)
        settings = []
        for setting in self.settings:
            members = frozenset(of_group.get(setting.group, ()))
            named = members if setting.workers is None else members & setting.workers
            settings.append(replace(setting, workers=named) if setting.group else setting)
        return RulePack(tuple(settings), self.documents)

    def forbids(self, setting: Setting, worker_id: str) -> bool:
        """Whether a breach of `setting` by this worker is forbidden, rather than priced."""
        if setting.severity is Severity.NEEDS_DOCUMENT:
            return (setting.rule, worker_id) not in self.documents
        return setting.severity is Severity.BLOCK

    def price(self, setting: Setting, worker_id: str) -> int:
        """Points per `setting.per` units that a breach costs; 0 when forbidden or only told."""
        if setting.severity is Severity.INFO or self.forbids(setting, worker_id):
            return 0
        return setting.cost

    def of(self, rule: str) -> tuple[Setting, ...]:
        """Every setting of a rule."""
        return tuple(setting for setting in self.settings if setting.rule == rule)
