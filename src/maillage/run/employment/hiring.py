"""Hiring for a job that firms agreed on: a worker, a contract, one lending agreement per firm.

All are drafts until they are signed. Hours come from what the firms agreed to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.launch.shared_jobs.enums import AGREED, JobState
from maillage.launch.shared_jobs.models import JobProposal, JobShare
from maillage.run.employment.checks import ContractWords
from maillage.run.employment.contracts import draft_contract
from maillage.run.employment.law import law_on
from maillage.run.employment.lending import LendingWords, draft_for
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.staff import WorkerWords, add_worker
from maillage.run.employment.trail import note, staff_network

HALF_HOUR: Final = 30  # minutes
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Part:
    """What a firm agreed to give of a job: minutes a week on average, and the place of work."""

    organisation: Organisation
    site: Site | None
    post: str
    occupation: str
    week_minutes: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A job to hire for, as its firms agreed on it.

    `annual_minutes` is set when the hours differ from month to month: the share of a full year that
    the mean week is, leave and public holidays taken off.
    """

    job: JobProposal
    title: str
    occupation: str
    week_minutes: int
    annual_minutes: int | None
    places: str
    parts: tuple[Part, ...]


def jobs_to_hire_for(network: Network) -> QuerySet[JobProposal]:
    """Return the jobs that every firm agreed on and nobody is hired for, for who keeps staff."""
    today = localdate()
    held = EmploymentContract.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=today), job__isnull=False
    )
    return (
        JobProposal.objects.filter(composition__network=network, state=JobState.CONFIRMED)
        .exclude(pk__in=held.values("job"))
        .prefetch_related("shares__organisation", "shares__need")
        .order_by("-settled_at", "-id")
    )


def offer_of(job: JobProposal) -> Offer:
    """Return what a job becomes as a contract, for who keeps staff. Two queries."""
    shares = [
        share
        for share in job.shares.select_related("organisation", "need").order_by("rank")
        if share.answer in AGREED
    ]
    sites = _main_sites(shares)
    parts = tuple(_part(job, share, sites.get(share.organisation_id)) for share in shares)
    hours = (share.agreed_half_hours for share in shares)
    by_month = [sum(month) for month in zip(*hours, strict=True)]
    varies = len(set(by_month)) > 1
    today = localdate()
    full, year = law_on("full_time_minutes", today), law_on("year_minutes", today)
    # What the firms need beyond full time is overtime, or somebody else's.
    week = min(sum(part.week_minutes for part in parts), full.value)
    communes = dict.fromkeys(part.site.commune for part in parts if part.site is not None)
    return Offer(
        job=job,
        title=parts[0].post if parts else job.title[:120],
        occupation=parts[0].occupation if parts else "",
        week_minutes=week,
        annual_minutes=week * year.value // full.value if varies else None,
        places=", ".join(communes)[:300],
        parts=parts,
    )


def _main_sites(shares: Sequence[JobShare]) -> dict[int, Site]:
    rows = Site.objects.filter(
        organisation__in=[share.organisation_id for share in shares], is_main=True, closed_on=None
    )
    return {site.organisation_id: site for site in rows}


def _part(job: JobProposal, share: JobShare, site: Site | None) -> Part:
    need = share.need
    label = (need.occupation_label or need.title) if need is not None else job.title
    minutes = sum(share.agreed_half_hours) * HALF_HOUR / MONTHS
    occupation = need.occupation if need is not None else ""
    return Part(share.organisation, site, label[:120], occupation, round(minutes))


@transaction.atomic
def hire(
    *,
    acting: Acting,
    job: JobProposal,
    worker: Worker | WorkerWords,
    words: ContractWords,
    lendings: Sequence[LendingWords],
) -> EmploymentContract:
    """Hire somebody for a job: worker, contract and lending agreements, drafts until signed.

    Raises ContractError, LendingError, StaffError; then nothing is kept.
    """
    network = staff_network(acting)
    kept = JobProposal.objects.select_for_update().get(pk=job.pk)
    if not jobs_to_hire_for(network).filter(pk=kept.pk).exists():
        raise StaffError(_("Somebody is hired for this job already, or its firms changed it."))
    who = add_worker(acting=acting, words=worker) if isinstance(worker, WorkerWords) else worker
    contract = draft_contract(acting=acting, worker=who, words=words, job=kept)
    for one in lendings:
        draft_for(acting, network, contract, one)
    note(acting, "hire for job", contract, after={"job": str(kept.public_id)})
    return contract


def lending_for(
    part: Part, *, starts_on: date, ends_on: date | None, rhythm: str, cost_terms: str, notice: int
) -> LendingWords:
    """Return the agreement of a firm for its part of a job."""
    return LendingWords(
        organisation=part.organisation,
        site=part.site,
        post=part.post,
        occupation=part.occupation,
        starts_on=starts_on,
        ends_on=ends_on,
        week_minutes=part.week_minutes,
        rhythm=rhythm,
        cost_terms=cost_terms,
        notice_days=notice,
    )
