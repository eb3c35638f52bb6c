"""What is counted on a desk, as selections of rows; `counting` turns them into one query."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.networks.enums import ObjectiveState, Tier
from maillage.foundation.networks.models import (
    Decision,
    Endorsement,
    Invitation,
    Membership,
    MembershipPeriod,
    Network,
    Objective,
    StartCondition,
    Task,
)
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.models import Contact
from maillage.foundation.notify.pressure import window_start
from maillage.foundation.notify.queries import undelivered_in
from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.models import (
    ImportRow,
    Organisation,
    OrganisationImport,
    Role,
)
from maillage.foundation.visibility.enums import CompetitionSource
from maillage.foundation.visibility.models import Competition, CompetitionLift, Introduction
from maillage.launch.mobilisation.queries import waiting_firms
from maillage.launch.shared_jobs.queries import late_jobs, unfit_jobs, waiting_for
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.models import Leave
from maillage.run.voice.delegates import without_delegate
from maillage.run.voice.enums import Reader
from maillage.run.voice.grievances import late_grievances

type Selections = Mapping[str, QuerySet[Any]]

MONTH = 30  # days
YEAR = 365


def counts_for_network(network: Network, today: date) -> Selections:
    """Return what is counted for whoever runs a network."""
    return {**_to_decide(network, today), **_figures(network, today), **_yesterday(network, today)}


def counts_for_firm(
    network: Network, firm: Organisation, person: Person, rivals: Collection[int], today: date
) -> Selections:
    """Return what is counted for whoever speaks for a firm; nothing of its competitors is."""
    agreed = Endorsement.objects.filter(
        objective=OuterRef("pk"), organisation=firm, withdrawn_at=None
    )
    lifts = CompetitionLift.objects.filter(ended_at=None, competition__ended_at=None)
    month = window_start(today, MONTH)
    looks = ReadLine.objects.filter(organisation_id=firm.public_id, at__gte=month).exclude(
        reader_id=person.public_id
    )
    return {
        "introductions": Introduction.objects.filter(
            network=network, asked=firm, accepted_at=None, ended_at=None
        ).exclude(asking__in=rivals),
        "lifts": lifts.filter(
            Q(competition__first=firm, first_agreed_at=None)
            | Q(competition__second=firm, second_agreed_at=None)
        ),
        "objectives": Objective.objects.filter(
            ~Exists(agreed), network=network, state=ObjectiveState.PROPOSED
        ).exclude(proposing__in=rivals),
        "contacts_to_judge": Contact.objects.filter(
            organisation_id=firm.public_id, useful=None, at__gte=month
        ),
        "proposals": waiting_for(firm, network),
        "reads": looks.filter(refused=False),
        "refused_looks": looks.filter(refused=True),
    }


def _to_decide(network: Network, today: date) -> Selections:
    open_task = Task.objects.filter(condition=OuterRef("pk"), done_at=None)
    refused = ImportRow.objects.filter(source=OuterRef("pk"), fate=RowFate.REFUSED)
    imports = OrganisationImport.objects.filter(network_id=network.public_id)
    reachable = Role.objects.filter(
        current(today), organisation=OuterRef("membership__organisation")
    ).exclude(email="")
    return {
        "suggestions": Competition.objects.filter(
            source=CompetitionSource.SUGGESTED,
            confirmed_at=None,
            dismissed_at=None,
            ended_at=None,
            first__memberships__network=network,
        ),
        "leave_asked": Leave.objects.filter(worker__network=network, state=LeaveState.ASKED),
        **{
            f"late_for_{reader}": late_grievances(network, reader, today)
            for reader in (Reader.BOARD, Reader.ANIMATOR)
        },
        "without_delegate": without_delegate(network, today),
        "jobs_unfit": unfit_jobs(network),
        "jobs_late": late_jobs(network, today),
        "conditions": StartCondition.objects.filter(~Exists(open_task), network=network, met=False),
        "expired_invitations": Invitation.objects.filter(
            network=network, accepted_at=None, revoked_at=None, expires_at__lt=now()
        ),
        "imports_ready": imports.filter(state=ImportState.READY),
        "imports_with_refusals": imports.filter(
            Exists(refused), state=ImportState.APPLIED, applied_at__gte=window_start(today, 7)
        ),
        "unreachable": MembershipPeriod.objects.filter(
            current(today),
            ~Exists(reachable),
            membership__network=network,
            membership__organisation__email="",
        ),
        "undelivered": undelivered_in(network.public_id),
        "firms_waiting": waiting_firms(network, today),
    }


def _figures(network: Network, today: date) -> Selections:
    conditions = StartCondition.objects.filter(network=network)
    objectives = Objective.objects.filter(network=network)
    periods = MembershipPeriod.objects.filter(membership__network=network)
    members = periods.filter(current(today))
    year = today - timedelta(days=YEAR)
    return {
        "listed": Membership.objects.filter(network=network),
        "conditions_all": conditions,
        "conditions_met": conditions.filter(met=True),
        "objectives_proposed": objectives.filter(state=ObjectiveState.PROPOSED),
        "members": members,
        "core": members.filter(tier=Tier.CORE),
        "contacts": Contact.objects.filter(
            network_id=network.public_id, at__gte=window_start(today, MONTH)
        ),
        "open_tasks": Task.objects.filter(network=network, done_at=None),
        "objectives_active": objectives.filter(state=ObjectiveState.ACTIVE),
        "objectives_reached": objectives.filter(state=ObjectiveState.REACHED),
        "decisions": Decision.objects.filter(network=network, taken_on__gte=year),
        "left": periods.filter(ends_on__gte=year, ends_on__lt=today).exclude(
            Exists(
                MembershipPeriod.objects.filter(
                    current(today), membership=OuterRef("membership_id")
                )
            )
        ),
    }


def _yesterday(network: Network, today: date) -> Selections:
    yesterday = today - timedelta(days=1)
    start, end = window_start(yesterday, 1), window_start(today, 1)
    return {
        "entered_yesterday": MembershipPeriod.objects.filter(
            membership__network=network, starts_on=yesterday
        ),
        "listed_yesterday": Membership.objects.filter(network=network, listed_on=yesterday),
        "contacted_yesterday": Contact.objects.filter(
            network_id=network.public_id, at__gte=start, at__lt=end
        ),
        "done_yesterday": Task.objects.filter(network=network, done_at__gte=start, done_at__lt=end),
        "joined_yesterday": Invitation.objects.filter(
            network=network, accepted_at__gte=start, accepted_at__lt=end
        ),
    }
