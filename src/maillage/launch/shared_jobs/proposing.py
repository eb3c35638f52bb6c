"""Proposing a job to its firms, and what follows from their answers.

Each firm answers without knowing who the others are; their names are told once all have said yes.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.sending import send_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.launch.charter.queries import kept_apart
from maillage.launch.needs.actions import commit_needs
from maillage.launch.needs.enums import CLOSED
from maillage.launch.needs.hours import are_possible
from maillage.launch.shared_jobs.bridge import read_contract, terms_of
from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.enums import AGREED, ENGAGED, JobState, ShareAnswer
from maillage.launch.shared_jobs.links import path_of
from maillage.launch.shared_jobs.models import JobProposal, JobShare
from maillage.launch.shared_jobs.permissions import can_answer_for, can_compose_jobs

DAYS_TO_ANSWER: Final = 21
LONGEST_WAIT: Final = 120
LONGEST_REASON: Final = 200
PROPOSABLE: Final = frozenset({JobState.FOUND, JobState.LOCKED, JobState.SET_ASIDE})


class ProposalError(Exception):
    """Something that cannot be done with a proposal: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def propose_job(*, acting: Acting, job: JobProposal, answer_by: date | None = None) -> JobProposal:
    """Propose a job to its firms: each finds it on its pages, and may be sent its link.

    Raises ProposalError when a firm or a need of it is no longer there, or is spoken for.
    """
    network = _network(acting)
    # One proposal at a time: two of them may want the same need.
    Network.objects.select_for_update().get(pk=network.pk)
    kept = _locked_job(job)
    if kept.state not in PROPOSABLE:
        raise ProposalError(_("This job has already been proposed."))
    answer_by = answer_by or localdate() + timedelta(days=DAYS_TO_ANSWER)
    if not localdate() <= answer_by <= localdate() + timedelta(days=LONGEST_WAIT):
        raise ProposalError(_("Choose a day from today to four months from now."), "answer_by")
    shares = _shares(kept)
    if fault := _fault(network, shares):
        raise ProposalError(fault)
    taken = JobShare.objects.filter(
        need__in=[share.need_id for share in shares if share.need_id], job__state__in=ENGAGED
    )
    if taken.exists():
        raise ProposalError(_("A need of this job is already in another proposal."))
    kept.state, kept.sent_at, kept.answer_by = JobState.SENT, now(), answer_by
    kept.save(update_fields=["state", "sent_at", "answer_by"])
    _trail(acting.person.public_id, "propose", kept, {"firms": len(shares)})
    return kept


@transaction.atomic
def write_proposal(*, acting: Acting, share: JobShare) -> None:
    """Send a firm its link by mail, within what it accepts of contacts.

    Raises ProposalError, PressureError, SendingError.
    """
    network = _network(acting)
    job = share.job
    if job.state != JobState.SENT or share.answer != ShareAnswer.WAITING:
        raise ProposalError(_("There is nothing left to ask this firm."))
    with override(settings.LANGUAGE_CODE):  # what firms read comes in the site's own language
        send_to_firm(
            firm=firm_address(share.organisation_id),
            sender=acting.person,
            body_name=acting.body_name,
            network_id=network.public_id,
            subject=_("A shared job: %(title)s") % {"title": job.title},
            text=_(
                "Other firms near you need somebody for the same kind of work. Together you could "
                "employ this person all year. See the hours, then say yes, change yours, or say no."
            ),
            path=path_of(share),
            usual=usual_ceiling(network),
        )
    share.written_at = now()
    share.save(update_fields=["written_at"])


@transaction.atomic
def answer_proposal(
    *,
    share: JobShare,
    answer: ShareAnswer,
    adjusted: Sequence[int] = (),
    reason: str = "",
    acting: Acting | None = None,
) -> JobShare:
    """Say yes, yes with other hours, or no, for a firm; the same answer sent twice counts once.

    Somebody of the firm is `acting`; without them the caller has opened the firm's own link. A firm
    may change its mind until all have answered. Raises ProposalError.
    """
    if acting is not None and not can_answer_for(acting, share.organisation):
        raise PermissionDenied
    network = share.job.composition.network
    Network.objects.select_for_update().get(pk=network.pk)
    job = _locked_job(share.job)
    kept = JobShare.objects.select_related("organisation").get(pk=share.pk)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    hours = list(adjusted) if answer == ShareAnswer.ADJUSTED else None
    if (kept.answer, kept.adjusted, kept.reason) == (answer, hours, reason):
        return kept
    _refuse_answer(job, answer, hours, reason)
    shares = _shares(job)
    if fault := _fault(network, shares):
        _fall(job, fault)
        return kept
    actor_id = None if acting is None else acting.person.public_id
    kept.answer, kept.adjusted, kept.reason = answer, hours, reason
    kept.answered_at, kept.answered_by_id = now(), actor_id
    kept.save(update_fields=["answer", "adjusted", "reason", "answered_at", "answered_by_id"])
    _trail(actor_id, "answer", job, {"firm": str(kept.organisation.public_id), "answer": answer})
    _settle(job, [kept if one.pk == kept.pk else one for one in shares], actor_id)
    return kept


def _refuse_answer(
    job: JobProposal, answer: ShareAnswer, hours: list[int] | None, reason: str
) -> None:
    if job.state not in {JobState.SENT, JobState.UNFIT}:
        raise ProposalError(_("This proposal is settled: it takes no more answers."))
    if answer == ShareAnswer.REFUSED and not reason:
        raise ProposalError(_("Say why, in a few words: only the animator reads it."), "reason")
    if hours is not None and (not any(hours) or not are_possible(hours)):
        raise ProposalError(
            _("Hours a week go from 0 to 168, for each month, and some month has hours."), "hours"
        )


def _settle(job: JobProposal, shares: Sequence[JobShare], actor_id: UUID | None) -> None:
    """Draw the consequence of the answers, once a firm has said no or all have said yes."""
    if any(share.answer == ShareAnswer.REFUSED for share in shares):
        _fall(job, _("One of its firms said no."))
        return
    if not all(share.answer in AGREED for share in shares):
        return
    together = _together(shares)
    if misfit(together, terms_for(job)):
        job.state = JobState.UNFIT
        job.save(update_fields=["state"])
        return
    job.state, job.settled_at, job.half_hours = JobState.CONFIRMED, now(), together
    job.save(update_fields=["state", "settled_at", "half_hours"])
    commit_needs(
        needs=[share.need for share in shares if share.need is not None],
        by_id=actor_id,
        reason=_("A shared job is to be hired for."),
    )
    _trail(actor_id, "confirm", job, {"firms": len(shares)})


@transaction.atomic
def withdraw_proposal(*, acting: Acting, job: JobProposal, because: str) -> JobProposal:
    """Give up a job that was proposed or agreed; its firms read that it is given up, not why."""
    _network(acting)
    kept = _locked_job(job)
    because = " ".join(because.split())[:LONGEST_REASON]
    if kept.state not in ENGAGED:
        raise ProposalError(_("This job is not under way."))
    if not because:
        raise ProposalError(_("Say why, in a few words: only the animator reads it."), "because")
    _fall(kept, because)
    _trail(acting.person.public_id, "give up", kept, {"because": because})
    return kept


@transaction.atomic
def ask_again(*, acting: Acting, job: JobProposal) -> JobProposal:
    """Ask every firm again with the hours they answered, when these no longer make a job.

    The hours each firm answered become those it is asked for; the animator has agreed on others
    with them meanwhile, or asks them to. Raises ProposalError.
    """
    _network(acting)
    kept = _locked_job(job)
    if kept.state != JobState.UNFIT:
        raise ProposalError(_("The hours of this job still fit: there is nothing to ask again."))
    for share in _shares(kept):
        share.half_hours, share.adjusted = share.agreed_half_hours, None
        share.answer, share.reason, share.answered_at = ShareAnswer.WAITING, "", None
        share.save(update_fields=["half_hours", "adjusted", "answer", "reason", "answered_at"])
    kept.state = JobState.SENT
    kept.save(update_fields=["state"])
    _trail(acting.person.public_id, "ask again", kept, {})
    return kept


def terms_for(job: JobProposal) -> ContractTerms:
    """Return what the contract of a job allows."""
    return terms_of(read_contract(job.composition.contract))


def misfit(half_hours: Sequence[int], terms: ContractTerms) -> str:
    """Say where hours pass what a contract allows, "" when they make a job."""
    mean = sum(half_hours) / len(half_hours)
    if mean < terms.mean_min:
        return _("too few hours over the year")
    if mean > terms.mean_max:
        return _("too many hours over the year")
    if min(half_hours) < terms.period_min:
        return _("too few hours in a month")
    if max(half_hours) > terms.period_max:
        return _("too many hours in a month")
    return ""


def stands(job: JobProposal) -> bool:
    """Whether a job that was proposed can still be answered: everybody and everything is there."""
    return job.state in ENGAGED and not _fault(job.composition.network, _shares(job))


def _fault(network: Network, shares: Sequence[JobShare]) -> str:
    """Say why firms can no longer make a job together, "" when they can."""
    listed = Membership.objects.filter(
        network=network,
        organisation__in=[share.organisation_id for share in shares],
        organisation__closed_on=None,
    ).count()
    if listed < len(shares):
        return _("A firm of this job has left.")
    if any(share.need is None or share.need.state in CLOSED for share in shares):
        return _("A need of this job was withdrawn or served.")
    firms = {share.organisation_id for share in shares}
    if any(firms.issuperset(pair) for pair in kept_apart(network)):
        return _("Two firms of this job are kept apart.")
    return ""


def _fall(job: JobProposal, because: str) -> None:
    job.state, job.settled_at, job.because = JobState.FALLEN, now(), because
    job.save(update_fields=["state", "settled_at", "because"])


def _together(shares: Sequence[JobShare]) -> list[int]:
    return [sum(month) for month in zip(*(one.agreed_half_hours for one in shares), strict=True)]


def _locked_job(job: JobProposal) -> JobProposal:
    rows = JobProposal.objects.select_for_update(of=("self",))
    return rows.select_related("composition__network").get(pk=job.pk)


def _shares(job: JobProposal) -> list[JobShare]:
    return list(JobShare.objects.filter(job=job).select_related("organisation", "need"))


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_compose_jobs(acting):
        raise PermissionDenied
    return acting.network


def _trail(actor_id: UUID | None, act: str, job: JobProposal, after: dict[str, Any]) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="JobProposal",
        subject_id=job.public_id,
        network_id=job.composition.network.public_id,
        after=after,
    )
