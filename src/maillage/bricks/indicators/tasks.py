"""The indicators of every network, worked out each night."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from maillage.bricks.indicators.actions import keep_values
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import every_day
from maillage.foundation.networks.models import Network


@every_day(hour=5, name="indicators.keep", title=_("Indicators of the networks"))
def keep(run: RunHandle, *, due: str) -> None:
    """Keep the values of the day, and judge the alerts; one network after the other."""
    day = localdate(datetime.fromisoformat(due))
    with scopes_disabled():
        networks = list(Network.objects.filter(closed_on=None).select_related("register"))
    for network in networks:
        run.cancelled()
        with scope(network=network, register=network.register), transaction.atomic():
            keep_values(network=network, day=day)
