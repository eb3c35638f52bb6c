"""Who could take a slot, each with what the one legality function says, before anybody chooses."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.employment.queries import in_force
from maillage.run.planning.legality import Finding, findings_for
from maillage.run.planning.models import Assignment, Slot
from maillage.web.ui.formats import number


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who has the occupation; `blocks` stand in the way, `papers` want a document."""

    worker_id: UUID
    name: str
    skill: str
    possible: bool
    blocks: tuple[str, ...]
    papers: tuple[Finding, ...]
    costs: tuple[str, ...]

    @property
    def with_paper(self) -> bool:
        """Whether only documents are lacking."""
        return not self.possible and not self.blocks and bool(self.papers)


def candidates_for(
    network: Network, slot: Slot, *, instead_of: Assignment | None = None
) -> list[Candidate]:
    """Return everybody with the occupation of a slot: who can first, then who cannot, and why."""
    held = {seat.worker_id for seat in Assignment.objects.filter(slot=slot)}
    people = list(
        Worker.objects.filter(
            in_force(slot.day, slot.day, path="contracts__"),
            network=network,
            skills__occupation=slot.occupation,
        )
        .exclude(pk__in=held)
        .distinct()
        .order_by("folded_name", "pk")
        .prefetch_related("skills")
    )
    if instead_of is not None:
        people = [worker for worker in people if worker.pk != instead_of.worker_id]
    found = findings_for(network, {worker.pk: ((slot,), ()) for worker in people})
    rows = [_candidate(worker, slot, found[worker.pk]) for worker in people]
    return sorted(rows, key=lambda row: (not row.possible, not row.with_paper, len(row.costs)))


def _candidate(worker: Worker, slot: Slot, findings: tuple[Finding, ...]) -> Candidate:
    forbidding = [each for each in findings if each.forbids]
    level = max(
        (skill.level for skill in worker.skills.all() if skill.occupation == slot.occupation),
        default=0,
    )
    return Candidate(
        worker_id=worker.public_id,
        name=worker.name,
        skill=_("level %(level)s of 3") % {"level": number(level)},
        possible=not forbidding,
        blocks=tuple(said(each) for each in forbidding if not each.may_be_overridden),
        papers=tuple(each for each in forbidding if each.may_be_overridden),
        costs=tuple(said(each) for each in findings if not each.forbids),
    )


def said(finding: Finding) -> str:
    """Return the sentence of a finding, as a sentence."""
    text = finding.text[:1].upper() + finding.text[1:]
    return text if text.endswith((".", "]")) else f"{text}."
