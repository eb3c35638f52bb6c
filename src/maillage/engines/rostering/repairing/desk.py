"""A plan laid out for quick trials: what would a worker's line break or cost, if it changed?

Only what a change can alter is judged (see `reach`), by the same findings as the checks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.checks import breach_of
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.plan import IN_ORDER, Line, lines_of
from maillage.engines.rostering.repairing.reach import OF_ONE_SLOT, PLACE, Windows
from maillage.engines.rostering.rules import COVER_RULES, LINE_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.families.rule import Finding
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan
    from maillage.engines.rostering.repairing.changes import Absence
    from maillage.engines.rostering.settings import Setting


@dataclass(frozen=True, slots=True)
class Charge:
    """What a change adds to (or takes from) a rule: so many units, so many points."""

    rule: str
    amount: int
    unit: str
    points: Fraction
    priority: int


Needs = tuple["Need", ...]
ID: Final = attrgetter("need_id")


@dataclass
class Desk:
    """An instance and its plan, ready for trials; make it once and keep it for many changes.

    When nothing was published, the plan itself is what people were told. `needs_of` holds the
    slots of each worker, jobs elsewhere included, in order of start.
    """

    instance: Instance
    plan: Plan
    away: Absence | None = field(init=False, default=None)
    needs_of: dict[str, Needs] = field(init=False)
    _able: dict[tuple[object, ...], tuple[Worker, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        check_pack(self.instance.pack)
        if not self.instance.published:
            self.instance = replace(self.instance, published=self.plan.assignments)
        lines = lines_of(self.instance, self.plan)
        self.needs_of = {line.worker.worker_id: line.needs for line in lines}

    def changed(
        self,
        instance: Instance,
        vacated: Mapping[str, frozenset[str]],
        away: Absence | None = None,
    ) -> Desk:
        """Return the desk of a changed instance, where workers lost their `vacated` slots.

        Whatever the rules say of availability, nobody `away` is asked to come.
        """
        other = Desk.__new__(Desk)
        other.instance, other.plan, other.away = instance, self.plan, away
        other.needs_of = dict(self.needs_of)
        for worker_id, need_ids in vacated.items():
            kept = tuple(n for n in self.needs_of[worker_id] if n.need_id not in need_ids)
            other.needs_of[worker_id] = kept
        other._able = {}  # noqa: SLF001 (of our own class)
        if instance.pack is self.instance.pack:  # what is known of the rules stays true
            for name in ("_order", "_forbidding", "_charging", "_settings"):
                vars(other)[name] = getattr(self, name)
            if instance.workers is self.instance.workers:
                other._able = self._able  # noqa: SLF001 (of our own class)
        return other

    @cached_property
    def staff(self) -> Mapping[str, int]:
        """How many people each slot has."""
        return Counter(need.need_id for needs in self.needs_of.values() for need in needs)

    @cached_property
    def protected(self) -> frozenset[tuple[str, str]]:
        """Assignments that nobody may take away, fixed or begun: pairs of worker and slot."""
        fixed = {(a.worker_id, a.need_id) for a in self.instance.fixed}
        begun = {
            (a.worker_id, a.need_id)
            for a in self.plan.assignments
            if self.instance.need_by_id[a.need_id].start < self.instance.now
        }
        return frozenset(fixed | begun)

    @cached_property
    def _order(self) -> list[Setting]:
        """Settings of rules on lines, in the order in which they are best judged."""
        own = [s for s in self.instance.pack.settings if s.rule in LINE_RULES]
        return sorted(own, key=lambda setting: PLACE.get(setting.rule, len(PLACE)))

    @cached_property
    def _forbidding(self) -> dict[str, list[Setting]]:
        """For the workers judged so far, the settings that may forbid them something."""
        return {}

    @cached_property
    def _charging(self) -> dict[str, list[tuple[Setting, int]]]:
        """For the workers judged so far, the settings that may cost, and their price."""
        return {}

    def _forbidding_to(self, worker_id: str) -> list[Setting]:
        if worker_id not in self._forbidding:
            forbids = self.instance.pack.forbids
            self._forbidding[worker_id] = [
                setting
                for setting in self._order
                if setting.concerns(worker_id) and forbids(setting, worker_id)
            ]
        return self._forbidding[worker_id]

    def _charging_to(self, worker_id: str) -> list[tuple[Setting, int]]:
        if worker_id not in self._charging:
            price_of = self.instance.pack.price
            self._charging[worker_id] = [
                (setting, price)
                for setting in self._order
                if setting.concerns(worker_id) and (price := price_of(setting, worker_id))
            ]
        return self._charging[worker_id]

    def able(self, need: Need) -> tuple[Worker, ...]:
        """The workers whom no rule on this slot alone refuses."""
        key = (need.skill, need.level, need.firm_id, need.start, need.end)
        if key not in self._able:
            self._able[key] = tuple(
                worker for worker in self.instance.workers if self._may(worker, need)
            )
        return self._able[key]

    def _may(self, worker: Worker, need: Need) -> bool:
        pack, away = self.instance.pack, self.away
        if away and away.worker_id == worker.worker_id and away.meets(need):
            return False
        line = Line(self.instance, worker, (need,))
        return not any(
            setting.concerns(worker.worker_id)
            and pack.forbids(setting, worker.worker_id)
            and any(LINE_RULES[rule].findings(setting, line))
            for rule in OF_ONE_SLOT
            for setting in self._settings[rule]
        )

    @cached_property
    def _settings(self) -> Mapping[str, tuple[Setting, ...]]:
        return {rule: self.instance.pack.of(rule) for rule in OF_ONE_SLOT}

    def is_busy(self, worker_id: str, need: Need, needs: Needs | None = None) -> bool:
        """Whether a worker already has a slot at that time."""
        for other in self.needs_of[worker_id] if needs is None else needs:
            if other.start >= need.end:
                return False
            if other.end > need.start:
                return True
        return False

    def is_kept_busy(self, worker: Worker, need: Need) -> bool:
        """Whether a worker has a slot at that time, and may not be in two at once."""
        return self.is_busy(worker.worker_id, need) and any(
            setting.rule == "no_overlap" and setting.holds_throughout(self.instance.horizon)
            for setting in self._forbidding_to(worker.worker_id)
        )

    def forbidden(self, worker: Worker, before: Needs, after: Needs) -> Iterator[Breach]:
        """Yield what is forbidden in the line `after` and was not in the line `before`."""
        days = _days(before, after)
        new = Windows(self.instance, worker, after, days)
        old = Windows(self.instance, worker, before, days)
        for setting in self._forbidding_to(worker.worker_id):
            rule = LINE_RULES[setting.rule]
            line = new.line(rule.name)
            found = [*rule.findings(setting, line)] if len(line.needs) >= rule.fewest else []
            if found:
                for finding in _added(found, rule.findings(setting, old.line(rule.name))):
                    yield breach_of(setting, rule, line, finding)

    def forbidden_alone(self, worker: Worker, need: Need) -> Iterator[Breach]:
        """Yield what forbids a slot to a worker who has nothing else."""
        line, empty = (Line(self.instance, worker, needs) for needs in ((need,), ()))
        for setting in self._forbidding_to(worker.worker_id):
            rule = LINE_RULES[setting.rule]
            found = [*rule.findings(setting, line)] if rule.fewest <= 1 else []
            if found:
                for finding in _added(found, rule.findings(setting, empty)):
                    yield breach_of(setting, rule, line, finding)

    def charges(self, worker: Worker, before: Needs, after: Needs) -> Iterator[Charge]:
        """Yield what each rule that is not forbidden adds to the cost of a line."""
        days = _days(before, after)
        new = Windows(self.instance, worker, after, days)
        old = Windows(self.instance, worker, before, days)
        for setting, price in self._charging_to(worker.worker_id):
            rule = LINE_RULES[setting.rule]
            amount = sum(f.amount for f in rule.findings(setting, new.line(rule.name)))
            amount -= sum(f.amount for f in rule.findings(setting, old.line(rule.name)))
            if amount:
                points = Fraction(price * amount, setting.per)
                yield Charge(rule.name, amount, rule.unit, points, setting.priority)

    def cover_charges(self, need: Need, before: int, after: int) -> Iterator[Charge]:
        """Yield what having `after` people in a slot costs more than `before`."""
        pack, when = self.instance.pack, self.instance.horizon.date_of(need.day)
        for setting in pack.settings:
            rule = COVER_RULES.get(setting.rule)
            weight = rule.weight(need) if rule else None
            if rule is None or weight is None or not setting.holds_on(when):
                continue
            amount = rule.amount(need, after) - rule.amount(need, before)
            points = Fraction(pack.price(setting, "") * weight * amount, setting.per)
            if amount:
                yield Charge(rule.name, amount, rule.unit, points, setting.priority)


def in_order(needs: Iterable[Need]) -> Needs:
    """Slots of a worker, jobs elsewhere among them, in the order of a line."""
    return tuple(sorted(needs, key=IN_ORDER))


def _days(before: Needs, after: Needs) -> tuple[int, int]:
    """The first and the last day of the slots that change."""
    old, new = set(map(ID, before)), set(map(ID, after))
    names = old ^ new
    changing = [need for need in (*before, *after) if need.need_id in names]
    first = min((need.day for need in changing), default=0)
    return first, max((need.end // DAY for need in changing), default=first)


def _added(found: list[Finding], before: Iterator[Finding]) -> Iterator[Finding]:
    """Yield what one rule finds that is new, or worse than it was."""
    known: dict[tuple[str, ...], int] = {}
    for finding in before:
        known[_about(finding)] = max(finding.amount, known.get(_about(finding), 0))
    for finding in found:
        if finding.amount > known.get(_about(finding), 0):
            yield finding


def _about(finding: Finding) -> tuple[str, ...]:
    """What a finding is about: its span when it has one, else its slots."""
    details = finding.details
    if "first" in details and "last" in details:
        return (str(details["first"]), str(details["last"]))
    if "pair" in details:
        return (str(details["pair"]),)
    if "limit" in details or "total" in details:
        return (str(details.get("outer", "")),)
    return finding.need_ids
