"""What hours do by themselves: the plan becomes entries, silence approves."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import every_day
from maillage.foundation.networks.models import Network, NetworkModule
from maillage.run.hours.confirming import approve_by_silence
from maillage.run.hours.prefilling import prefill


@every_day(hour=4, name="hours.follow", title=_("Hours of the month"))
def follow_hours(run: RunHandle, *, due: str) -> None:  # noqa: ARG001 - every turn is told its date
    """Bring the hours of this month up to date with the plan, and approve what was left."""
    today = localdate()
    for network in Network.objects.select_related("register").filter(closed_on=None):
        run.cancelled()
        with scope(network=network, register=network.register):
            if NetworkModule.objects.filter(network=network, key="hours").exists():
                prefill(network, today)
                approve_by_silence(network, today)
