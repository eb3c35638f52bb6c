"""How firms come to take part, for the tests that come after."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from maillage.foundation.networks.models import Membership, MembershipPeriod
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.actions.moving import Meeting, Said, move_firm
from maillage.launch.mobilisation.actions.noting import note_obstacle, record_result, try_against
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.mobilisation.models import Approach, Attempt
from tests.cast import Cast, acting


def visit(days_ago: int = 0, *, asked: bool = False) -> Meeting:
    """Return a visit made so many days ago, at eight in the morning or before now."""
    at = make_aware(datetime.combine(localdate() - timedelta(days=days_ago), time(0, 1)))
    return Meeting(ContactChannel.VISIT, "Présentation du réseau", at, asked=asked)


def moved(cast: Cast, firm: Organisation, to: Stage, **said: object) -> Approach:
    """Move a firm as Alice; the scope of the network is open."""
    wanted: Said = dict(said)  # type: ignore[assignment]  # given by name
    if to == Stage.COMMITTED:
        wanted.setdefault("commitment", "Une heure pour la réunion de mars")
    alice = acting(cast.alice, cast.network)
    return move_firm(acting=alice, organisation=firm, to=to, **wanted)


def attempted(cast: Cast, firm: Organisation, kind: str, tried: str, result: str = "") -> Attempt:
    """Try something against an obstacle of a firm as Alice, with its result when given."""
    alice = acting(cast.alice, cast.network)
    obstacle = note_obstacle(acting=alice, organisation=firm, kind=kind, words="Selon lui")
    attempt = try_against(acting=alice, obstacle=obstacle, countermeasure=tried, detail="Essai")
    if result:
        record_result(acting=alice, attempt=attempt, result=result)
    return attempt


def never_member(firm: Organisation) -> Organisation:
    """Let a firm be listed only."""
    MembershipPeriod.objects.filter(membership__organisation=firm).delete()
    return firm


def listed_since(cast: Cast, days: int) -> None:
    """Let every firm of the directory be listed for so many days."""
    day = localdate() - timedelta(days=days)
    Membership.objects.filter(network=cast.network).update(listed_on=day)
