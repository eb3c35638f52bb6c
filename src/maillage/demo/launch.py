"""What the demonstration has done since its survey: charter signed, jobs searched, answered.

Everything goes through the code that the pages use, as Alice and the firms would.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import override
from django_scopes import scope

from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.signing import Signatory, sign
from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import roles_held
from maillage.launch.charter.actions import begin_charter, consent_sentence, publish_charter
from maillage.launch.shared_jobs.composing import Wanted, compose, mark_job
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.models import Composition, JobProposal, JobShare
from maillage.launch.shared_jobs.proposing import answer_proposal, propose_job

ALICE: Final = "alice@maillage.example"
BOB: Final = "bob@maillage.example"
AGREED: Final = 3  # jobs to which all the firms have said yes
LANGUAGE: Final = "fr"  # in which Alice works


@dataclass(frozen=True, slots=True)
class Told:
    """What the launch came to: hours a week, jobs by where they stand, signatures."""

    found: int
    covered_hours: float
    possible_hours: float | None
    confirmed: int
    waiting: int
    signed: int


def tell(network: Network) -> Told:
    """Search the jobs of the network, propose some, and let their firms answer."""
    with scope(network=network, register=network.register), override(LANGUAGE):
        alice = _acting(ALICE, network)
        signed = _sign_charter(alice, network)
        made = compose(acting=alice, wanted=Wanted())
        work_off()
        made.refresh_from_db()
        _propose(alice, made, _firm_of(BOB, network))
        return _told(made, signed)


def _propose(alice: Acting, made: Composition, bob: int) -> None:
    """Have three jobs agreed, one refused, one waiting for Bob, one locked for later."""
    jobs = list(made.jobs.prefetch_related("shares"))
    of_bob = [job for job in jobs if bob in _firms(job)]
    others = [job for job in jobs if bob not in _firms(job)]
    for job in others[:AGREED]:
        for share in _asked(alice, job):
            answer_proposal(share=share, answer=ShareAnswer.CONFIRMED)
    for job in others[AGREED : AGREED + 1]:
        first = _asked(alice, job)[0]
        answer_proposal(
            share=first, answer=ShareAnswer.REFUSED, reason="Nous venons d’embaucher quelqu’un."
        )
    for job in of_bob[:1]:
        for share in _asked(alice, job):
            if share.organisation_id != bob:
                answer_proposal(share=share, answer=ShareAnswer.CONFIRMED)
    for job in others[AGREED + 1 : AGREED + 2]:
        mark_job(acting=alice, job=job, state=JobState.LOCKED)


def _asked(alice: Acting, job: JobProposal) -> Sequence[JobShare]:
    sent = propose_job(acting=alice, job=job)
    rows = JobShare.objects.filter(job=sent)
    return list(rows.select_related("organisation", "job__composition__network"))


def _firms(job: JobProposal) -> set[int]:
    return {share.organisation_id for share in job.shares.all()}


def _sign_charter(alice: Acting, network: Network) -> int:
    """Publish the charter and have it signed by the core, but for Bob; return by how many."""
    draft = begin_charter(acting=alice, language=LANGUAGE)
    version = publish_charter(acting=alice, draft=draft, revision=draft.revision, summary="")
    bob = _firm_of(BOB, network)
    core = MembershipPeriod.objects.filter(membership__network=network, tier=Tier.CORE).exclude(
        membership__organisation=bob
    )
    rows = core.select_related("membership__organisation").order_by("starts_on", "pk")
    firms = [period.membership.organisation for period in rows]
    for firm in firms:
        sign(
            version=version,
            organisation=firm,
            signatory=Signatory(name=f"La direction de {firm.name}"[:80], role="Gérance"),
            method=SignatureMethod.LINK,
            consent=consent_sentence(
                title=version.agreement.title, number=version.number or 1, firm=firm.name
            ),
        )
    return len(firms)


def _told(made: Composition, signed: int) -> Told:
    units = 2 * len(made.asked["needs"][0]["half_hours"])
    jobs = made.jobs.all()
    return Told(
        found=len(jobs),
        covered_hours=made.covered_units / units,
        possible_hours=None if made.bound_units is None else made.bound_units / units,
        confirmed=sum(job.state == JobState.CONFIRMED for job in jobs),
        waiting=sum(job.state == JobState.SENT for job in jobs),
        signed=signed,
    )


def _acting(email: str, network: Network) -> Acting:
    person = Person.objects.get(email=email)
    found = Acting(person, roles_held(person)).in_network(network.slug)
    if found is None:
        raise LookupError(f"{email} holds no role in {network}.")
    return found


def _firm_of(email: str, network: Network) -> int:
    firm = _acting(email, network).firm
    if firm is None:
        raise LookupError(f"{email} belongs to no firm.")
    return firm.pk
