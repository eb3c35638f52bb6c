"""Small changes to the question that would let a worker take a slot: one kind for each cause.

The law's limits on hours and rest have no cure: nobody may agree to less. What firms, charters,
documents, training or the slot itself could change has one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.explaining.names import rule_name
from maillage.engines.rostering.repairing.changes import altered, with_worker
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.settings import RulePack, Severity
from maillage.engines.rostering.words import article_in_words, clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need, Span, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting

STEP: Final = 15  # minutes: people change times by quarters of an hour
LATEST: Final = 120  # minutes by which a slot may be shifted
KINDS: Final = {
    "daily_rest": "time",
    "travel": "time",
    "no_overlap": "time",
    "competitors": "pair",
    "allowed_firm": "agreement",
    "max_firms": "cap",
    "urgent_maximum": "cap",
    "kind_maximum": "cap",
    "weekends": "cap",
    "availability": "away",
    "skill": "skill",
}
# From the easiest to the hardest to obtain.
EFFORT: Final = ("take", "move", "time", "document", "pair", "agreement", "cap", "away", "skill")

SENTENCES: Final = {
    "time": Sentence("the slot began at {clock} instead", "le créneau commençait plutôt à {clock}"),
    "document": Sentence(
        "the document that rule “{rule}” asks for were on file{source}",
        "le document que demande la règle «\u00a0{rule}\u00a0» était au dossier{source}",
    ),
    "pair": Sentence(
        "the competitors {firms} both lifted their reservation",
        "les concurrents {firms} levaient tous deux leur réserve",
    ),
    "agreement": Sentence(
        "an agreement let {worker} work at {firm}",
        "une convention permettait à {worker} de travailler chez {firm}",
    ),
    "cap": Sentence(
        "rule “{rule}” allowed {most} instead of {limit}{source}",
        "la règle «\u00a0{rule}\u00a0» permettait {most} au lieu de {limit}{source}",
    ),
    "away": Sentence("{worker} were available then", "{worker} était disponible à ce moment"),
    "skill": Sentence(
        "{worker} had the skill {skill} at level {level}",
        "{worker} avait la compétence {skill} au niveau {level}",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Cure:
    """One change to the question, of a kind in `EFFORT`, for one worker and one slot."""

    kind: str
    worker_id: str
    need_id: str
    rule: str = ""
    article: str = ""
    amount: int = 0
    firm_ids: tuple[str, ...] = ()

    def applied_to(self, instance: Instance) -> Instance:
        """Return the question as this changes it."""
        return CHANGES[self.kind](self, instance)

    def text(self, instance: Instance, language: str = "en") -> str:
        """Say it, after “if”, in "en" or "fr"."""
        need = instance.need_by_id[self.need_id]
        limit = next(
            (s.optional("most") for s in instance.pack.of(self.rule) if s.concerns(self.worker_id)),
            0,
        )
        return SENTENCES[self.kind].text(
            language,
            worker=instance.worker_by_id[self.worker_id].label,
            firm=instance.firm_by_id[need.firm_id].label,
            firms=" × ".join(instance.firm_by_id[f].label for f in self.firm_ids),
            skill=need.skill,
            level=need.level,
            clock=clock(need.start + self.amount, language),
            rule=rule_name(self.rule, language),
            source=f" ({article_in_words(self.article, language)})" if self.article else "",
            limit=limit or 0,
            most=(limit or 0) + self.amount,
        )


def cures_of(
    instance: Instance, worker: Worker, need: Need, breach: Breach, before: tuple[Need, ...]
) -> Iterator[Cure]:
    """Yield what could be changed about one thing that stands in the way."""
    kind = "document" if breach.severity is Severity.NEEDS_DOCUMENT else KINDS.get(breach.rule)
    if kind is None:
        return
    cure = Cure(
        kind=kind,
        worker_id=worker.worker_id,
        need_id=need.need_id,
        rule=breach.rule,
        article=breach.article,
    )
    if kind == "pair":
        for firm_id in sorted({other.firm_id for other in before if other.firm_id}):
            if (firm_id, need.firm_id) in instance.rivals:
                yield replace(cure, firm_ids=(firm_id, need.firm_id))
    elif kind == "cap":
        yield replace(cure, amount=breach.amount)
    elif kind == "time":
        minutes = -(-breach.amount // STEP) * STEP
        for shift in (minutes, -minutes):
            if minutes <= LATEST and _stays_in_day(instance, need, shift):
                yield replace(cure, amount=shift)
    else:
        yield cure


def _stays_in_day(instance: Instance, need: Need, shift: int) -> bool:
    start = need.start + shift
    return start // DAY == need.day and 0 <= start < instance.horizon.minutes


def _at_another_time(cure: Cure, instance: Instance) -> Instance:
    need = instance.need_by_id[cure.need_id]
    later = replace(need, start=need.start + cure.amount, end=need.end + cure.amount)
    return altered(
        instance,
        needs=tuple(later if n.need_id == later.need_id else n for n in instance.needs),
        need_by_id={**instance.need_by_id, later.need_id: later},
    )


def _with_document(cure: Cure, instance: Instance) -> Instance:
    documents = instance.pack.documents | {(cure.rule, cure.worker_id)}
    return altered(instance, pack=RulePack(instance.pack.settings, documents))


def _with_pair_lifted(cure: Cure, instance: Instance) -> Instance:
    pair = (cure.firm_ids[0], cure.firm_ids[1])
    return altered(instance, lifted=instance.lifted | {pair})


def _with_agreement(cure: Cure, instance: Instance) -> Instance:
    worker, need = instance.worker_by_id[cure.worker_id], instance.need_by_id[cure.need_id]
    allowed = (worker.firm_ids or frozenset()) | {need.firm_id}
    lent = {firm_id: spans for firm_id, spans in worker.lent.items() if firm_id != need.firm_id}
    return with_worker(instance, replace(worker, firm_ids=allowed, lent=lent))


def _with_skill(cure: Cure, instance: Instance) -> Instance:
    worker, need = instance.worker_by_id[cure.worker_id], instance.need_by_id[cure.need_id]
    return with_worker(instance, replace(worker, skills={**worker.skills, need.skill: need.level}))


def _present(cure: Cure, instance: Instance) -> Instance:
    """The worker at work during the slot."""
    worker, need = instance.worker_by_id[cure.worker_id], instance.need_by_id[cure.need_id]
    absences: list[Span] = []
    for first, last in worker.absences:
        if last <= need.start or need.end <= first:
            absences.append((first, last))
        else:
            parts = ((first, need.start), (need.end, last))
            absences += [part for part in parts if part[0] < part[1]]
    offered = worker.availability
    if offered is not None:
        offered = (*offered, (need.start, need.end))
    return with_worker(instance, replace(worker, absences=tuple(absences), availability=offered))


def _with_cap_raised(cure: Cure, instance: Instance) -> Instance:
    """One worker may do that much more of what a rule limits."""
    settings: list[Setting] = []
    for setting in instance.pack.settings:
        most = setting.optional("most")
        if setting.rule != cure.rule or most is None or not setting.concerns(cure.worker_id):
            settings.append(setting)
            continue
        own = replace(
            setting,
            workers=frozenset({cure.worker_id}),
            spared=frozenset(),
            parameters={**setting.parameters, "most": most + cure.amount},
        )
        settings += [replace(setting, spared=setting.spared | {cure.worker_id}), own]
    return altered(instance, pack=RulePack(tuple(settings), instance.pack.documents))


CHANGES: Final[Mapping[str, Callable[[Cure, Instance], Instance]]] = {
    "time": _at_another_time,
    "document": _with_document,
    "pair": _with_pair_lifted,
    "agreement": _with_agreement,
    "cap": _with_cap_raised,
    "away": _present,
    "skill": _with_skill,
}
