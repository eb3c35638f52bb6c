"""What to think of before a firm is invited or committed; nothing of it forbids.

A firm that is not aware is visited first: a proposal that comes too early is refused. One with a
bad experience behind it takes the slow path: three visits and one small result first.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.networks.models import Network
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.enums import WORKED, ObstacleKind, Stage
from maillage.launch.mobilisation.models import Approach, Attempt, Obstacle
from maillage.launch.mobilisation.queries import is_member

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

    For whoever follows firms. Nothing is left to say of a member. Five queries at most.
    """
    if is_member(network, organisation):
        return []
    approach = Approach.objects.filter(network=network, organisation=organisation).first()
    said = []
    if approach is None or approach.stage == Stage.NOT_AWARE:
        sentence = _(
            "%(firm)s is not aware yet of what the network is for. Propose a visit first, to "
            "explain and to listen, without asking for anything."
        )
        said.append(Caution("not_aware", sentence % {"firm": organisation.name}))
    path = slow_path_of(approach) if approach is not None else None
    if path is not None and not path.is_walked:
        said.append(Caution("bad_past", path.sentence()))
    return said


def slow_path_of(approach: Approach) -> SlowPath | None:
    """Return how far a firm is on the slow path, None when no bad past holds it back."""
    past = Obstacle.objects.filter(
        approach=approach, kind=ObstacleKind.BAD_PAST, lifted_on=None
    ).first()
    if past is None:
        return None
    visits = Contact.objects.filter(
        network_id=approach.network.public_id,
        organisation_id=approach.organisation.public_id,
        channel=ContactChannel.VISIT,
        at__date__gte=past.noted_on,
    )
    results = Attempt.objects.filter(
        obstacle__approach=approach, result__in=WORKED, result_on__gte=past.noted_on
    )
    return SlowPath(visits.count(), results.count())
