"""What the desk knows of the person's day: read once, in a few queries, whatever the size."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network, Task
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.queries import full_firms
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.queries import rivals_of
from maillage.web.desk.counting import counts_of
from maillage.web.desk.counts import counts_for_firm, counts_for_network

MOST_TASKS = 100


class Situation:
    """A person in the role in use, today; each part is read when a source first asks for it."""

    def __init__(
        self,
        acting: Acting,
        network: Network,
        modules: frozenset[str],
        today: date | None = None,
    ) -> None:
        self.acting = acting
        self.network = network
        self.modules = modules  # those that are on: nothing of the others is shown
        self.today = today or localdate()

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return self.today - timedelta(days=self.today.weekday())

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks that are late or due this week: those of the network, or one's own only."""
        tasks = Task.objects.filter(
            network=self.network, done_at=None, due_on__lte=self.sunday
        ).select_related("assignee")
        if not self.acting.can("see_tasks"):
            tasks = tasks.filter(assignee=self.acting.person)
        elif not self.acting.can("manage_conditions"):
            tasks = tasks.filter(Q(assignee=None) | Q(assignee=self.acting.person))
        return list(tasks[:MOST_TASKS])

    @cached_property
    def network_counts(self) -> Mapping[str, int]:
        """What is counted for whoever runs the network. One query."""
        return counts_of(self.network, counts_for_network(self.network, self.today))

    @cached_property
    def firm_counts(self) -> Mapping[str, int]:
        """What is counted for whoever speaks for a firm. Two queries."""
        firm = self.acting.firm
        if firm is None:
            return {}
        rivals = rivals_of([firm.pk])
        wanted = counts_for_firm(self.network, firm, self.acting.person, rivals, self.today)
        return counts_of(self.network, wanted)

    @cached_property
    def full_firms(self) -> int:
        """How many firms were contacted as often as they accept."""
        if self.acting.can("see_private"):
            known = Organisation.objects.filter(memberships__network=self.network).order_by()
        else:
            known = directory_of(self.acting).rows.order_by()
        here = Exists(known.filter(public_id=OuterRef("organisation_id")))
        return full_firms(here, usual=usual_ceiling(self.network))
