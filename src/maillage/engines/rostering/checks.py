"""What a plan breaks, ours or not: every finding of every rule, no solver inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from maillage.engines.kernel.errors import SolutionError
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.plan import lines_of
from maillage.engines.rostering.rules import COVER_RULES, LINE_RULES
from maillage.engines.rostering.words import article_in_words, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.engines.rostering.families.rule import Finding, Rule
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line, Plan
    from maillage.engines.rostering.sentences import Sentence
    from maillage.engines.rostering.settings import Setting, Severity


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One rule that a plan does not meet.

    `amount` is in the rule's `unit`; a breach that is not `forbidden` costs `points` instead.
    `worker_id` is empty when the breach is that of a slot. `details` are what the rule found and
    the parameters of its setting; `text` says them with the names of `instance`.
    """

    rule: str
    severity: Severity
    article: str
    forbidden: bool
    amount: int
    unit: str
    points: Fraction
    priority: int
    worker_id: str
    need_ids: tuple[str, ...]
    sentence: Sentence
    details: Mapping[str, object]
    instance: Instance = field(repr=False, compare=False)

    def text(self, language: str = "en") -> str:
        """Say it, with the article in brackets, in "en" or "fr"."""
        values = {**self.details, "amount": self.amount}
        filled = spoken(
            self.instance, self.worker_id, self.need_ids, values, unit=self.unit, language=language
        )
        said = self.sentence.text(language, **filled)
        return f"{said} ({article_in_words(self.article, language)})" if self.article else said


def check(instance: Instance, plan: Plan) -> tuple[Breach, ...]:
    """Return all that `plan` breaks: what is forbidden first, then what costs or is only told.

    Raises `RosterError` when the plan or the rule pack names what is not there.
    """
    check_pack(instance.pack)
    found = [*_of_cover(instance, plan)]
    for line in lines_of(instance, plan):
        found.extend(breaches_of(line))
    return tuple(sorted(found, key=lambda breach: not breach.forbidden))


def verify(instance: Instance, plan: Plan) -> None:
    """Raise `SolutionError` listing what is forbidden, if there is any."""
    forbidden = tuple(breach.text() for breach in check(instance, plan) if breach.forbidden)
    if forbidden:
        raise SolutionError(forbidden)


def breaches_of(line: Line) -> Iterator[Breach]:
    """Yield what one worker's line breaks, by itself."""
    for setting in line.instance.pack.settings:
        yield from breaches_under(setting, line)


def breaches_under(setting: Setting, line: Line) -> Iterator[Breach]:
    """Yield what one worker's line breaks of one setting; nothing of a rule that links workers."""
    rule = LINE_RULES.get(setting.rule)
    if rule is not None and setting.concerns(line.worker.worker_id):
        for finding in rule.findings(setting, line):
            yield breach_of(setting, rule, line, finding)


def breach_of(setting: Setting, rule: Rule, line: Line, finding: Finding) -> Breach:
    """Say what a finding of a rule on a line means under a setting."""
    pack, worker_id = line.instance.pack, line.worker.worker_id
    return Breach(
        rule=rule.name,
        severity=setting.severity,
        article=setting.article,
        forbidden=pack.forbids(setting, worker_id),
        amount=finding.amount,
        unit=rule.unit,
        points=Fraction(pack.price(setting, worker_id) * finding.amount, setting.per),
        priority=setting.priority,
        worker_id=worker_id,
        need_ids=finding.need_ids,
        sentence=rule.sentence,
        details={**setting.parameters, **finding.details},
        instance=line.instance,
    )


def _of_cover(instance: Instance, plan: Plan) -> Iterator[Breach]:
    staff = plan.staff()
    for setting in instance.pack.settings:
        rule = COVER_RULES.get(setting.rule)
        if rule is None:
            continue
        for need in instance.needs:
            amount = rule.amount(need, len(staff.get(need.need_id, ())))
            if not amount or not setting.holds_on(instance.horizon.date_of(need.day)):
                continue
            weight = rule.weight(need)
            forbidden = weight is None or instance.pack.forbids(setting, "")
            price = Fraction(instance.pack.price(setting, ""), setting.per)
            yield Breach(
                rule=rule.name,
                severity=setting.severity,
                article=setting.article,
                forbidden=forbidden,
                amount=amount,
                unit=rule.unit,
                points=Fraction(0) if weight is None else price * amount * weight,
                priority=setting.priority,
                worker_id="",
                need_ids=(need.need_id,),
                sentence=rule.sentence,
                details={"count": need.count},
                instance=instance,
            )
