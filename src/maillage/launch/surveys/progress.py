"""How far a survey is in each group of firms, for whoever runs it."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.segments import Segment, groups_of_invitees, named


@dataclass(frozen=True, slots=True)
class Advance:
    """A group of firms: how many are asked, have answered, would rather not."""

    label: str
    asked: int
    answered: int
    refused: int

    @property
    def share(self) -> float:
        """The share of the firms asked that have answered, from 0 to 1."""
        return self.answered / self.asked


def advance_by(survey: Survey, segment: Segment) -> list[Advance]:
    """Return how far a survey is in each group, the largest first; one query."""
    return advances(segment, groups_of_invitees(survey, segment))


def advances(segment: Segment, rows: Iterable[tuple[str, bool, bool]]) -> list[Advance]:
    """Count firms by group: each row is a group, whether it answered, whether it refused."""
    found: dict[str, list[int]] = {}
    for group, answered, refused in rows:
        counts = found.setdefault(group, [0, 0, 0])
        counts[0] += 1
        counts[1] += answered
        counts[2] += refused
    ordered = sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
    return [Advance(named(segment, group), *counts) for group, counts in ordered]
