"""Reads of searches, jobs and proposals; each function says for whom."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.launch.shared_jobs.enums import ASKED, JobState, ShareAnswer
from maillage.launch.shared_jobs.models import Composition, JobProposal, JobShare


def compositions_of(network: Network) -> QuerySet[Composition]:
    """Return the searches of a network, the last first, for whoever composes jobs."""
    rows = Composition.objects.filter(network=network).select_related("network")
    return rows.order_by("-made_at", "-id")


def proposals_of(network: Network) -> QuerySet[JobProposal]:
    """Return the jobs that firms were asked about, with their answers counted.

    For whoever composes jobs.
    """
    waiting = Count("shares", filter=Q(shares__answer=ShareAnswer.WAITING))
    return (
        JobProposal.objects.filter(composition__network=network, state__in=ASKED)
        .annotate(firms=Count("shares"), waiting=waiting)
        .order_by("-sent_at", "-id")
    )


def shares_shown_to(organisation: Organisation, network: Network) -> list[JobShare]:
    """Return the jobs proposed to a firm in a network, the latest first, for that firm."""
    rows = JobShare.objects.filter(
        organisation=organisation, job__composition__network=network, job__state__in=ASKED
    )
    return list(rows.select_related("job__composition").order_by("-job__sent_at", "-id"))


def waiting_for(organisation: Organisation, network: Network) -> QuerySet[JobShare]:
    """Return the proposals that wait for the answer of a firm, for its desk."""
    return JobShare.objects.filter(
        organisation=organisation,
        job__composition__network=network,
        job__state=JobState.SENT,
        answer=ShareAnswer.WAITING,
    )


def unfit_jobs(network: Network) -> QuerySet[JobProposal]:
    """Return the jobs whose agreed hours make no job any more, for whoever composes jobs."""
    return JobProposal.objects.filter(composition__network=network, state=JobState.UNFIT)


def late_jobs(network: Network, today: date) -> QuerySet[JobProposal]:
    """Return the proposals not all answered after their day, for whoever composes jobs."""
    return JobProposal.objects.filter(
        composition__network=network, state=JobState.SENT, answer_by__lt=today
    )


def partners_of(share: JobShare) -> Sequence[JobShare]:
    """Return the other firms of a job once all have said yes, for a firm of it; none before."""
    if share.job.state != JobState.CONFIRMED:
        return ()
    others = JobShare.objects.filter(job=share.job_id).exclude(pk=share.pk)
    return list(others.select_related("organisation"))
