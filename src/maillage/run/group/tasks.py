"""What the group does by itself every morning."""

from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import Outcome, every_day
from maillage.run.group.clock import wind
from maillage.run.group.models import EmployerGroup

BEFORE_DAWN = 4  # o’clock


@every_day(hour=BEFORE_DAWN, name="group.clock", title=_("Deadlines of employer groups"))
def clocks(run: RunHandle, *, due: str) -> Outcome:  # noqa: ARG001 - every turn is told its date
    """Look at each group: what changed, what is to be done, what goes on the desk."""
    with scopes_disabled():
        groups = list(
            EmployerGroup.objects.filter(network__closed_on=None).select_related(
                "network__register"
            )
        )
    for group in groups:
        run.cancelled()
        with scope(network=group.network, register=group.network.register):
            wind(group)
    return Outcome(data={"groups": len(groups)})
