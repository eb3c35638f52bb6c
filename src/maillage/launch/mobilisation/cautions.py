"""What to think of before a firm is invited or committed; nothing of it forbids.

A firm that is not aware is visited first: a proposal that comes too early is refused. One with a
bad experience behind it takes the slow path: three visits and one small result first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.networks.models import Network
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.enums import WORKED, ObstacleKind, Stage
from maillage.launch.mobilisation.queries import (
    ObstacleSaid,
    approach_of,
    contacts_with_firm,
    is_member,
    obstacles_of,
)

VISITS_FIRST: Final = 3


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to think of first: a code for the trail, a sentence for people."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SlowPath:
    """How far a firm with a bad past has come: visits since it was told, and small results."""

    visits: int
    results: int

    @property
    def is_walked(self) -> bool:
        """Whether what it takes before a commitment is done."""
        return self.visits >= VISITS_FIRST and self.results > 0

    def sentence(self) -> str:
        """Return what is done of it and what is left."""
        visits = ngettext(
            "A bad experience holds it back: %(visits)s visit of %(wanted)s since it said so",
            "A bad experience holds it back: %(visits)s visits of %(wanted)s since it said so",
            self.visits,
        ) % {"visits": self.visits, "wanted": VISITS_FIRST}
        if self.results:
            return _("%(visits)s, and a small result is there.") % {"visits": visits}
        return _("%(visits)s, and no small result yet.") % {"visits": visits}


def cautions_before(network: Network, organisation: Organisation) -> list[Caution]:
    """Return what to think of before a firm is invited or commits itself.

    For whoever follows firms. Nothing is left to say of a member. Four queries at most.
    """
    if is_member(network, organisation):
        return []
    approach = approach_of(network, organisation)
    said = []
    if approach is None or approach.stage == Stage.NOT_AWARE:
        sentence = _(
            "%(firm)s is not aware yet of what the network is for. Propose a visit first, to "
            "explain and to listen, without asking for anything."
        )
        said.append(Caution("not_aware", sentence % {"firm": organisation.name}))
    if approach is not None:
        contacts = contacts_with_firm(network, organisation)
        path = slow_path_of(obstacles_of(approach), contacts)
        if path is not None and not path.is_walked:
            said.append(Caution("bad_past", path.sentence()))
    return said


def slow_path_of(obstacles: Sequence[ObstacleSaid], contacts: Sequence[Contact]) -> SlowPath | None:
    """Return how far a firm is on the slow path, None when no bad past holds it back."""
    said_on = [
        one.noted_on
        for one in obstacles
        if one.kind == ObstacleKind.BAD_PAST and one.lifted_on is None
    ]
    if not said_on:
        return None
    visits = [
        one
        for one in contacts
        if one.channel == ContactChannel.VISIT and localtime(one.at).date() >= said_on[0]
    ]
    worked = [
        each
        for one in obstacles
        for each in one.tried
        if each.result in WORKED and each.result_on is not None and each.result_on >= said_on[0]
    ]
    return SlowPath(len(visits), len(worked))
