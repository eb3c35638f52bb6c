"""What one worker's plan breaks, by the checks of the engine, which no solver has a part in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from maillage.engines.rostering.checks import Breach, breaches_of
from maillage.engines.rostering.plan import Line, line_of
from maillage.engines.rostering.settings import Severity
from maillage.run.planning.bridge.instances import DAY, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.entities import Worker as Hand
    from maillage.run.employment.models import Worker
    from maillage.run.planning.gathering import Ground
    from maillage.run.planning.models import Slot

# Rules that compare with what people were told, and rules of comfort, forbid nothing by themselves.
LEGAL = frozenset({Severity.BLOCK, Severity.NEEDS_DOCUMENT, Severity.WARN})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that a worker's plan would break: `slots` are public ids, as words.

    `paper` says that a document would allow it and `held` that the worker has it for those days.
    """

    rule: str
    severity: str
    article: str
    text: str
    slots: tuple[str, ...]
    paper: bool
    held: bool


@dataclass(frozen=True)
class Bench:
    """A ground on which workers are judged, one after the other."""

    ground: Ground

    @cached_property
    def question(self) -> Question:
        """The question of the engine."""
        return Question(self.ground)

    @cached_property
    def _hands(self) -> Mapping[int, Hand]:
        instance = self.question.instance
        return {
            worker.pk: instance.worker_by_id[str(worker.public_id)]
            for worker in self.ground.workers
        }

    @cached_property
    def _needs(self) -> Mapping[int, Need]:
        known = self.question.instance.need_by_id
        return {
            slot.pk: known[str(slot.public_id)]
            for slot in self.ground.slots
            if str(slot.public_id) in known
        }

    def knows(self, worker: Worker) -> bool:
        """Whether the worker has a contract on some of these days."""
        return worker.pk in self._hands

    def verdicts(
        self,
        worker: Worker,
        *,
        add: Collection[Slot] = (),
        remove: Collection[Slot] = (),
        language: str = "en",
    ) -> tuple[Verdict, ...]:
        """Return what the worker's plan breaks once changed, and did not break before."""
        before = self._line(worker)
        gone, come = {slot.pk for slot in remove}, [self._needs[slot.pk] for slot in add]
        ids = {need.need_id for need in come}
        kept = tuple(
            self._needs[each.slot_id]
            for each in self.ground.by_worker.get(worker.pk, ())
            if each.slot_id in self._needs and each.slot_id not in gone
        )
        after = line_of(self.question.instance, self._hands[worker.pk], (*kept, *come))
        old = [*_serious(before)]
        left = {self._needs[pk].need_id for pk in gone if pk in self._needs}
        return tuple(
            self._verdict(breach, worker, language)
            for breach in _serious(after)
            if not any(_same(breach, other, ids, left) for other in old)
        )

    def standing(
        self, worker: Worker, *, without: Collection[Slot] = (), language: str = "en"
    ) -> tuple[Verdict, ...]:
        """Return what the worker's plan breaks as it stands, but for some slots left out."""
        breaches = _serious(self._line(worker, {slot.pk for slot in without}))
        return tuple(self._verdict(breach, worker, language) for breach in breaches)

    def _line(self, worker: Worker, without: Collection[int] = ()) -> Line:
        held = (
            self._needs[each.slot_id]
            for each in self.ground.by_worker.get(worker.pk, ())
            if each.slot_id in self._needs and each.slot_id not in without
        )
        return line_of(self.question.instance, self._hands[worker.pk], tuple(held))

    def _verdict(self, breach: Breach, worker: Worker, language: str) -> Verdict:
        paper = breach.severity is Severity.NEEDS_DOCUMENT
        return Verdict(
            rule=breach.rule,
            severity=breach.severity.value,
            article=breach.article,
            text=breach.text(language),
            slots=breach.need_ids,
            paper=paper,
            held=paper and self._holds_paper(worker, breach),
        )

    def _holds_paper(self, worker: Worker, breach: Breach) -> bool:
        """Whether papers of the worker cover every day of the slots of a breach."""
        papers = [each for each in worker.authorisations.all() if each.rule == breach.rule]
        days = {
            slot.day for slot in self.ground.slots if str(slot.public_id) in set(breach.need_ids)
        }
        return bool(days) and all(
            any(p.starts_on <= day and (p.ends_on is None or day <= p.ends_on) for p in papers)
            for day in days
        )

    def minutes_left(self, worker: Worker, day: date) -> tuple[int, int]:
        """Return how many more minutes the law leaves a worker that day, and that week.

        The daily maximum; for the week the weekly maximum, the average of twelve weeks and, for a
        part-time contract, its ceiling; never under zero.
        """
        line, number = self._line(worker), (day - self.ground.first).days
        monday = number - day.weekday()
        today = line.minutes(number, number)
        week = line.minutes(monday, monday + 6)
        hand = self._hands[worker.pk]
        daily, weekly, average = (
            self._limit(rule, hand, day)
            for rule in ("daily_maximum", "weekly_maximum", "average_maximum")
        )
        behind = hand.history.weeks[-11:] if monday <= 0 else ()
        seen = [
            line.minutes(first, first + 6) for first in range(monday - 77, monday, 7) if first >= 0
        ]
        past = [*behind, *seen][-11:]
        most = [weekly, average * 12 - sum(past), *self._part_time(hand, day)]
        return max(daily - today, 0), max(min(most) - week, 0)

    def _part_time(self, hand: Hand, day: date) -> Iterator[int]:
        for setting in self.question.instance.pack.of("part_time_ceiling"):
            full = setting.number("full_time")
            promised = hand.contract.week_minutes
            if setting.holds_on(day) and promised < full:
                yield min(promised * (100 + setting.number("extra_percent")) // 100, full - 1)

    def _limit(self, rule: str, hand: Hand, day: date) -> int:
        limits = [
            setting.number("minutes")
            for setting in self.question.instance.pack.of(rule)
            if setting.holds_on(day) and setting.concerns(hand.worker_id)
        ]
        return min(limits, default=7 * DAY)


def _serious(line: Line) -> Iterator[Breach]:
    return (breach for breach in breaches_of(line) if breach.forbidden or breach.severity in LEGAL)


def _same(breach: Breach, other: Breach, come: set[str], gone: set[str]) -> bool:
    """Whether the plan had this breach already, as grave at least."""
    return (
        breach.rule == other.rule
        and breach.amount <= other.amount
        and _without(breach.need_ids, come) == _without(other.need_ids, gone)
        and (not come or not set(breach.need_ids) & come or breach.amount < other.amount)
    )


def _without(need_ids: Iterable[str], others: set[str]) -> frozenset[str]:
    return frozenset(need_ids) - others
