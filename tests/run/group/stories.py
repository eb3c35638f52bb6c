"""A group that has been set up, for the tests that come after."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.actions import GroupWords, record_filing, set_up_group
from maillage.run.group.models import Deadline, EmployerGroup, Filing
from tests.cast import Cast, acting

BAKERIES, GARAGES = "0843", "1090"  # collective agreements
REGISTERED = "1A 123 456 7890 1"


def days_ago(days: int) -> date:
    """Return a day before today."""
    return localdate() - timedelta(days=days)


def words(**more: object) -> GroupWords:
    """Return what is said of a group created ten days ago."""
    said = {
        "kind": "a",
        "name": "Métiers partagés",
        "legal_form": "association",
        "created_on": days_ago(10),
        "address": "3 place du Marché",
        "postcode": "41000",
        "commune": "Blois",
        **more,
    }
    return GroupWords(**said)  # type: ignore[arg-type]  # given by name


def grouped(cast: Cast, **more: object) -> EmployerGroup:
    """Set the group up as Alice; the scope of the network is open."""
    return set_up_group(acting=acting(cast.alice, cast.network), words=words(**more))


def told(cast: Cast, group: EmployerGroup, kind: str = "letter", on: date | None = None) -> Filing:
    """Send a paper to the authority as Alice, today."""
    return record_filing(
        acting=acting(cast.alice, cast.network),
        group=group,
        kind=kind,
        sent_on=on or localdate(),
        registered_number=REGISTERED,
    )


def under(agreement: str, *firms: Organisation) -> None:
    """Put firms under a collective agreement."""
    Organisation.objects.filter(pk__in=[firm.pk for firm in firms]).update(agreement=agreement)


def line(group: EmployerGroup, rule: str) -> Deadline:
    """Return the only line of a rule."""
    return Deadline.objects.get(group=group, rule=rule)


def lines(group: EmployerGroup, rule: str) -> list[Deadline]:
    """Return the lines of a rule that are still to be done."""
    return list(Deadline.objects.filter(group=group, rule=rule, done_on=None))
