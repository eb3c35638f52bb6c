"""How many needs go on from each state, and how long that takes.

From awareness to a clear demand takes long: these figures tell what is usual, and close nothing.
"""

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.roads import Step, steps_along
from maillage.launch.needs.enums import ROAD, NeedState
from maillage.launch.needs.models import NeedPassage


def steps_of(network: Network, *, topic: str = "") -> tuple[Step[NeedState], ...]:
    """Return how needs of a network go from state to state, for whoever follows them. One query.

    Open needs count as reached: the rate grows as they go on. `topic` keeps those about one thing.
    """
    passages = NeedPassage.objects.filter(need__network=network)
    if topic:
        passages = passages.filter(need__topic=topic)
    rows = passages.order_by("need_id", "on", "id").values_list("need_id", "to_state", "on")
    return steps_along(ROAD, rows)
