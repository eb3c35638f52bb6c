"""Workers of the group in the world of the pages: contracts, agreements, documents to sign."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils.timezone import localdate

from maillage.bricks.agreements.signing import Signatory
from maillage.foundation.networks.models import Task
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.models import JobProposal, JobShare
from maillage.run.employment.agreeing import set_figure
from maillage.run.employment.amending import HoursWords, amend_hours
from maillage.run.employment.documents import Paper
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import EmploymentContract
from maillage.run.employment.opinions import ask_opinions
from maillage.run.employment.signing import keep_paper, send_to_sign
from tests.cast import Cast, acting, inside
from tests.run.employment.stories import drafted, gilles, lent, sign_both, signed_contract

PDF = b"%PDF-1.7\n%%EOF\n"
OF_A_DRAFT = ("change-contract", "drop-contract")
OF_A_DRAFT_LENDING = ("change-lending", "drop-lending")
STAFF_PLACES: Mapping[str, Sequence[str]] = {
    "worker_id": ("shared worker",),
    "contract_id": ("contract",),
    "lending_id": ("lending",),
    "opinion_id": ("opinion",),
    "figure_id": ("figure",),
    "paper_kind": ("kind of document",),
    "subject_id": ("lending",),
    "amendment": ("kind of amendment",),
    "staff:drop-amendment subject_id": ("amendment",),
    "staff:scanned signature_id": ("signature on paper",),
    "staff:hire job_id": ("confirmed job",),
    "staff:by-link token": ("link to a contract",),
    "staff:by-link-document token": ("link to a contract",),
    **{f"staff:{page} contract_id": ("draft contract",) for page in OF_A_DRAFT},
    **{f"staff:{page} lending_id": ("draft lending",) for page in OF_A_DRAFT_LENDING},
}


def staff(cast: Cast) -> Mapping[str, str]:
    """Let Gilles be lent to the bakery and the garage; return what addresses may name.

    Hugo’s contract waits to be signed, by link.
    """
    alice, today = acting(cast.alice, cast.network), localdate()
    with inside(cast.network):
        first = today - timedelta(days=10)
        contract = signed_contract(cast, gilles(cast), starts_on=first, week_minutes=28 * 60)
        lending = lent(cast, contract, cast.bakery, starts_on=first)
        sign_both(cast, Paper(PaperKind.LENDING, lending))
        draft = lent(cast, contract, cast.garage, starts_on=first)
        opinion = ask_opinions(acting=alice, contract=contract)[0]
        amendment = amend_hours(
            acting=alice,
            contract=contract,
            words=HoursWords(
                starts_on=today,
                ends_on=today + timedelta(days=30),
                week_minutes=34 * 60,
                reason="Saison",
                allowed_by="CCN 1505, art. 6",
            ),
        )
        hugo = drafted(cast, gilles(cast, name="Hugo Petit", email=""), users=(cast.garage.pk,))
        on_paper = _on_paper(cast, hugo)
        token, _why_not = send_to_sign(acting=alice, paper=Paper(PaperKind.CONTRACT, hugo))
        figure = set_figure(
            acting=alice,
            rule="trial_months_worker",
            value=1,
            reference="CCN 1505, art. 12",
            starts_on=today,
        )
        # Tasks of workers would be tried where the tests expect the one of the network.
        Task.objects.filter(of_contract__isnull=False).delete()
        return {
            "shared worker": str(contract.worker.public_id),
            "contract": str(contract.public_id),
            "draft contract": str(hugo.public_id),
            "lending": str(lending.public_id),
            "draft lending": str(draft.public_id),
            "opinion": str(opinion.public_id),
            "figure": str(figure.public_id),
            "kind of document": PaperKind.LENDING.value,
            "kind of amendment": PaperKind.HOURS.value,
            "amendment": str(amendment.public_id),
            "signature on paper": on_paper,
            "confirmed job": _confirmed(),
            "link to a contract": token,
        }


def _on_paper(cast: Cast, contract: EmploymentContract) -> str:
    """Keep a contract that Alice signed on paper for the group; return her signature."""
    paper = Paper(PaperKind.CONTRACT, contract)
    alice = acting(cast.alice, cast.network)
    (signature,) = keep_paper(
        acting=alice,
        paper=paper,
        signed=[(paper.parties[0], Signatory(name="Alice"))],
        signed_on=localdate(),
        content=PDF,
    )
    return str(signature.public_id)


def _confirmed() -> str:
    """Let the bakery and the garage have said yes to a job like the one that was found."""
    found = JobProposal.objects.filter(state=JobState.FOUND).earliest("number")
    job = JobProposal.objects.create(
        composition=found.composition,
        number=99,
        title=found.title,
        state=JobState.CONFIRMED,
        half_hours=found.half_hours,
        metres=found.metres,
        why=found.why,
    )
    for share in found.shares.all():
        JobShare.objects.create(
            job=job,
            need=share.need,
            organisation=share.organisation,
            rank=share.rank,
            half_hours=share.half_hours,
            answer=ShareAnswer.CONFIRMED,
        )
    return str(job.public_id)
