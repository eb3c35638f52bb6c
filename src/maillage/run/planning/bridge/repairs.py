"""Who could take a slot that lacks somebody, ranked, and why the others could not.

Each answer is a chain of the repairing engine: one worker takes the slot, at most three other
slots pass from hand to hand. Each exclusion names the first rule in the way, with its figures.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.plan import line_of
from maillage.engines.rostering.repairing import Desk, Option, Vacancy, repair
from maillage.engines.rostering.repairing.changes import altered, with_worker
from maillage.engines.rostering.repairing.desk import in_order
from maillage.engines.rostering.settings import Severity
from maillage.run.planning.bridge.instances import DAY, Question
from maillage.run.planning.gathering import metres_between, point_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.run.employment.models import Worker
    from maillage.run.planning.gathering import Ground
    from maillage.run.planning.models import Slot

MOST_ANSWERS: Final = 6
MOST_EXCLUDED: Final = 12
MOST_TO_SIGN: Final = 6
# Rules that say that somebody was never in question for this slot, rather than why not this time.
AGREEMENT: Final = "allowed_firm"
OUT_OF_QUESTION: Final = frozenset({"skill", AGREEMENT})
SHOWN: Final = ("daily_rest", "daily_maximum", "weekly_maximum")


@dataclass(frozen=True, slots=True)
class Passing:
    """Another slot that passes from one worker to another; public ids, as words."""

    slot_id: str
    from_id: str
    to_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Somebody who could take the slot.

    `times` is how often they worked at the firm in the weeks known of, `metres` the distance from
    home (None: not known); minutes of their week before and after, of that day after, and of the
    shortest rest around the slot (None: none within two days). `limits` gives, by rule, what the
    law allows them that day, with its article.
    """

    worker_id: str
    moves: tuple[Passing, ...]
    knows_firm: bool
    times: int
    metres: int | None
    week_before: int
    week_after: int
    day_after: int
    rest: int | None
    limits: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why somebody could not take it: the gravest rule in the way, said in both languages."""

    worker_id: str
    rule: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Answers, best first; exclusions.

    `free` counts who could come too, further down the list; `to_sign` are those for whom nothing
    but a lending agreement with the firm is missing; `others` counts who was never in question.
    """

    answers: tuple[Answer, ...]
    excluded: tuple[Exclusion, ...] = ()
    free: int = 0
    to_sign: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True)
class Mending:
    """A ground on which slots that lack somebody are answered, one after the other.

    `now` counts in minutes from 00:00 of the first day: what has begun is not touched.
    """

    ground: Ground
    now: int

    @cached_property
    def _question(self) -> Question:
        return Question(self.ground, now=self.now)

    @cached_property
    def _workers(self) -> Mapping[str, Worker]:
        return {str(worker.public_id): worker for worker in self.ground.workers}

    def answers_for(self, slot: Slot, unasked: Collection[int]) -> Found:
        """Return who could take one more place of a slot; `unasked` (row numbers) are left out."""
        need_id = str(slot.public_id)
        instance = self._asking(need_id, unasked)
        need = instance.need_by_id.get(need_id)
        if need is None:
            return Found(())
        desk = Desk(instance, self._question.plan)
        found = repair(
            instance, self._question.plan, Vacancy(need_id), most_options=MOST_ANSWERS, desk=desk
        )
        answers = [
            self._answer(desk, option, need)
            for option in found.options
            if option.takings and need_id not in option.left
        ]
        known = {answer.worker_id for answer in answers}
        known |= {str(w.public_id) for w in self.ground.workers if w.pk in unasked}
        known |= set(self._question.plan.staff().get(need_id, ()))
        return self._exclusions(desk, need, known, tuple(answers))

    def _asking(self, need_id: str, unasked: Collection[int]) -> Instance:
        """Return the question in which the slot lacks one person, whom some may not be."""
        instance = self._question.instance
        need = instance.need_by_id.get(need_id)
        if need is None:
            return instance
        staffed = len(self._question.plan.staff().get(need_id, ()))
        need = replace(need, count=staffed + 1)
        instance = altered(
            instance,
            needs=tuple(need if each.need_id == need_id else each for each in instance.needs),
            need_by_id={**instance.need_by_id, need_id: need},
        )
        for worker in self.ground.workers:
            if worker.pk in unasked:
                hand = instance.worker_by_id[str(worker.public_id)]
                away = (need.start, need.end)
                instance = with_worker(instance, replace(hand, absences=(*hand.absences, away)))
        return instance

    def _answer(self, desk: Desk, option: Option, need: Need) -> Answer:
        taking = next(each for each in option.takings if each.need_id == need.need_id)
        worker = self._workers[taking.worker_id]
        before = desk.needs_of[taking.worker_id]
        gone = {each.need_id for each in option.takings if each.left_by == taking.worker_id}
        kept = [each for each in before if each.need_id not in gone]
        mine = [each for each in option.takings if each.worker_id == taking.worker_id]
        more = [desk.instance.need_by_id[each.need_id] for each in mine]
        after = line_of(
            desk.instance,
            desk.instance.worker_by_id[taking.worker_id],
            tuple(each for each in (*kept, *more) if each.firm_id),
        )
        was = line_of(
            desk.instance,
            desk.instance.worker_by_id[taking.worker_id],
            tuple(each for each in before if each.firm_id),
        )
        monday = need.day - desk.instance.horizon.weekday(need.day)
        return Answer(
            worker_id=taking.worker_id,
            moves=tuple(
                Passing(each.need_id, each.left_by, each.worker_id)
                for each in option.takings
                if each.left_by
            ),
            knows_firm=taking.knows_firm,
            times=self._times(worker)[need.firm_id],
            metres=self._metres(worker, need),
            week_before=was.minutes(monday, monday + 6),
            week_after=after.minutes(monday, monday + 6),
            day_after=after.minutes(need.day, need.day),
            rest=_rest_around(after.needs, need),
            limits=_limits(desk.instance, taking.worker_id, need),
        )

    def _times(self, worker: Worker) -> Counter[str]:
        """Return how often a worker was at each firm before now, in the weeks known of."""
        firms = {slot.organisation_id: str(slot.organisation.public_id) for slot in self.slots}
        past = self.ground.past_by_worker.get(worker.pk, ())
        held = self.ground.by_worker.get(worker.pk, ())
        found = Counter(firms.get(each.organisation_id, "") for each in past)
        found.update(
            firms[each.slot.organisation_id] for each in held if self._minute(each.slot) < self.now
        )
        return found

    @property
    def slots(self) -> Sequence[Slot]:
        """The slots of these days."""
        return self.ground.slots

    def _minute(self, slot: Slot) -> int:
        return (slot.day - self.ground.first).days * DAY + slot.end_minute

    def _metres(self, worker: Worker, need: Need) -> int | None:
        slot = next(each for each in self.slots if str(each.public_id) == need.need_id)
        site, home = self.ground.site_of(slot), point_of(worker)
        there = point_of(site) if site is not None else None
        return None if there is None or home is None else metres_between(home, there)

    def _exclusions(
        self, desk: Desk, need: Need, known: Collection[str], answers: tuple[Answer, ...]
    ) -> Found:
        """Return the answers with why those who might have come too could not."""
        found, to_sign, free, others = [], [], 0, 0
        for worker in desk.instance.workers:
            if worker.worker_id in known:
                continue
            before = desk.needs_of[worker.worker_id]
            breaches = list(desk.forbidden(worker, before, in_order((*before, need))))
            rules = {breach.rule for breach in breaches}
            if not rules:
                free += 1
            elif rules == {AGREEMENT}:
                to_sign.append(worker.worker_id)
            elif rules & OUT_OF_QUESTION:
                others += 1
            else:
                gravest = min(breaches, key=lambda each: each.severity is not Severity.BLOCK)
                found.append(_exclusion(gravest))
        hidden = len(to_sign[MOST_TO_SIGN:])
        return Found(
            answers,
            tuple(found[:MOST_EXCLUDED]),
            free,
            tuple(to_sign[:MOST_TO_SIGN]),
            others + hidden,
        )


def _exclusion(breach: Breach) -> Exclusion:
    texts = {language: breach.text(language) for language in ("en", "fr")}
    return Exclusion(breach.worker_id, breach.rule, texts)


def _limits(instance: Instance, worker_id: str, need: Need) -> Mapping[str, tuple[int, str]]:
    """Return the strictest limits of a worker on the day of a slot: minutes, article, by rule."""
    day = instance.horizon.date_of(need.day)
    found: dict[str, tuple[int, str]] = {}
    for setting in instance.pack.settings:
        if setting.rule in SHOWN and setting.concerns(worker_id) and setting.holds_on(day):
            limit = (setting.number("minutes"), setting.article)
            known = found.get(setting.rule, limit)
            strict = max if setting.rule == "daily_rest" else min
            found[setting.rule] = strict(known, limit)
    return found


def _rest_around(needs: Sequence[Need], need: Need) -> int | None:
    """Return the shortest rest between a slot and work of the day before or after, in minutes."""
    gaps = [*_gaps(needs, need)]
    near = [gap for gap in gaps if 0 <= gap < 2 * DAY]
    return min(near, default=None)


def _gaps(needs: Sequence[Need], need: Need) -> Iterator[int]:
    same = [each for each in needs if each.day == need.day]
    first, last = min(each.start for each in same), max(each.end for each in same)
    yield from (first - each.end for each in needs if each.day < need.day)
    yield from (each.start - last for each in needs if each.day > need.day)
