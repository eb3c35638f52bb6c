"""Finding what an address of the area names, and saying it in words."""

from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record_reads
from maillage.launch.shared_jobs.cost import Rate, estimate
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.models import Composition, JobProposal, JobShare
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import euros, language, nice_date, number

NEEDS = "needs"  # what a firm reads that somebody looked at
STATES = {
    JobState.SENT: "watch",
    JobState.UNFIT: "watch",
    JobState.CONFIRMED: "ok",
    JobState.FALLEN: "no",
    JobState.LOCKED: "ok",
}
ANSWERS = {
    ShareAnswer.WAITING: "plain",
    ShareAnswer.CONFIRMED: "ok",
    ShareAnswer.ADJUSTED: "watch",
    ShareAnswer.REFUSED: "no",
}


def access_composition(composition_id: UUID) -> Composition:
    """Return a search of the open network; 404 when there is none."""
    rows = Composition.objects.select_related("network")
    found = rows.filter(public_id=composition_id).first()
    if found is None:
        raise Http404
    return found


def access_job(job_id: UUID) -> JobProposal:
    """Return a job of the open network; 404 when there is none."""
    rows = JobProposal.objects.select_related("composition__network")
    found = rows.filter(public_id=job_id).first()
    if found is None:
        raise Http404
    return found


def access_share(request: NetworkRequest, share_id: UUID) -> JobShare:
    """Return the part of the firm of the role in use in a job proposed to it; else 404."""
    firm = request.acting.firm
    rows = JobShare.objects.select_related("organisation", "job__composition__network", "need")
    found = rows.filter(public_id=share_id, organisation=firm).first()
    if firm is None or found is None or found.job.sent_at is None:
        raise Http404
    return found


def note_reads(request: NetworkRequest, outcome: Outcome) -> None:
    """Write down whose needs were looked at: each firm sees that somebody did."""
    firms = {UUID(need.firm_id) for need in outcome.survey.needs if need.firm}
    if firms:
        record_reads(
            reader_id=request.acting.person.public_id,
            network_id=request.network.public_id,
            organisation_ids=sorted(firms),
            fields=[NEEDS],
            page="workshop:home",
        )


def cost_in_words(half_hours: list[int], day: date) -> str:
    """Say what hours may cost in a year, with the assumptions and their day."""
    found = estimate(half_hours, day)
    return _("About %(euros)s a year before tax, at %(hour)s an hour") % {
        "euros": number(round(found.euros_a_year, -2), "€"),
        "hour": euros(found.rate.hour),
    }


def assumptions(rate: Rate) -> str:
    """Say where an estimate comes from."""
    said = language()[:2]
    return _(
        "%(wage)s an hour (%(wage_source)s) × %(coefficient)s (%(source)s), since %(day)s."
    ) % {
        "wage": euros(rate.hourly_wage),
        "wage_source": rate.wage_source[said],
        "coefficient": number(rate.coefficient),
        "source": rate.coefficient_source[said],
        "day": nice_date(rate.valid_from, "year"),
    }
