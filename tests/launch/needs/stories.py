"""What firms state, for the tests that come after."""

from maillage.foundation.organisations.models import Organisation
from maillage.launch.needs.actions import Stated, state_need
from maillage.launch.needs.models import Need
from tests.cast import Cast, acting

SUMMER = (0, 0, 0, 0, 0, 30, 30, 30, 0, 0, 0, 0)


def stated(cast: Cast, firm: Organisation, **words: object) -> Need:
    """State a need of a firm as Alice; the scope of the network is open."""
    wanted: Stated = {"kind": "need", "topic": "staff", "title": "Vendeuse", **words}  # type: ignore[typeddict-item]  # given by name
    alice = acting(cast.alice, cast.network)
    return state_need(acting=alice, network=cast.network, organisation=firm, **wanted)
