"""What Alice does with workers and contracts, for the tests that come after."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.signing import Signatory, sign
from maillage.foundation.organisations.models import Organisation
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.models import JobProposal, JobShare
from maillage.run.employment.checks import ContractWords
from maillage.run.employment.contracts import draft_contract
from maillage.run.employment.documents import Paper, draw_up
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.lending import LendingWords, draft_lending
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.run.employment.signing import settle
from maillage.run.employment.staff import Skill, WorkerWords, add_worker
from tests.cast import Cast, acting
from tests.launch.shared_jobs.stories import one_job

SALES = "D1106"
MONDAY = date(2027, 1, 4)
HOME = "3 rue des Lilas"
ALICE = Signatory(name="Alice", role="Animatrice")

GILLES = WorkerWords(
    name="Gilles Moreau",
    email="gilles@worker.example",
    phone="06 01 02 03 04",
    born_on=date(1990, 5, 17),
    address=HOME,
    postcode="41000",
    commune="Blois",
    skills=(Skill(SALES, "Vente en alimentation", 3), Skill("I1604", "Mécanique auto", 1)),
)


def words(cast: Cast, **changed: object) -> ContractWords:
    """Return a permanent contract at 35 hours, in the bakery and the garage, changed."""
    usual = ContractWords(
        kind="permanent",
        title="Vendeur polyvalent",
        occupation=SALES,
        qualification="Employé, niveau II",
        grade="worker",
        starts_on=MONDAY,
        week_minutes=35 * 60,
        hourly_pay=Decimal("12.80"),
        rhythm="Du lundi au vendredi",
        places="Blois, Vendôme",
        users=(cast.bakery.pk, cast.garage.pk),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # given by name


def gilles(cast: Cast, **changed: object) -> Worker:
    """Write Gilles down as Alice; the scope is open."""
    told = replace(GILLES, **changed)  # type: ignore[arg-type]  # given by name
    return add_worker(acting=acting(cast.alice, cast.network), words=told)


def drafted(cast: Cast, worker: Worker | None = None, **changed: object) -> EmploymentContract:
    """Draft a contract as Alice."""
    return draft_contract(
        acting=acting(cast.alice, cast.network),
        worker=worker or gilles(cast),
        words=words(cast, **changed),
    )


def lending_words(firm: Organisation, **changed: object) -> LendingWords:
    """Return an agreement at 17 hours a week, changed."""
    usual = LendingWords(
        organisation=firm,
        post="Vente",
        occupation=SALES,
        starts_on=MONDAY,
        week_minutes=17 * 60,
        rhythm="Lundi et mardi",
        cost_terms="23,02 € de l’heure hors taxes, revus chaque année",
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # given by name


def lent(
    cast: Cast, contract: EmploymentContract, firm: Organisation, **changed: object
) -> LendingAgreement:
    """Draft a lending agreement as Alice."""
    return draft_lending(
        acting=acting(cast.alice, cast.network),
        contract=contract,
        words=lending_words(firm, **changed),
    )


def sign_both(cast: Cast, paper: Paper) -> None:
    """Have a document signed by the group and by the other party."""
    version = draw_up(acting=acting(cast.alice, cast.network), paper=paper)
    for party in paper.parties:
        sign(
            version=version,
            organisation=party.organisation,
            party_id=party.party_id,
            signatory=Signatory(name=party.name, role="Gérant"),
            method=SignatureMethod.LINK,
            consent="Oui",
        )
    settle(paper)


def signed_contract(
    cast: Cast, worker: Worker | None = None, **changed: object
) -> EmploymentContract:
    """Have a contract signed by both."""
    contract = drafted(cast, worker, **changed)
    sign_both(cast, Paper(PaperKind.CONTRACT, contract))
    return contract


def signed_lending(
    cast: Cast, contract: EmploymentContract, firm: Organisation, **changed: object
) -> LendingAgreement:
    """Have a lending agreement signed by both."""
    lending = lent(cast, contract, firm, **changed)
    sign_both(cast, Paper(PaperKind.LENDING, lending))
    return lending


def confirmed_job(cast: Cast) -> JobProposal:
    """Have the bakery and the garage agree on a job of 17 hours each."""
    job: JobProposal = one_job(cast)
    JobShare.objects.filter(job=job).update(answer=ShareAnswer.CONFIRMED)
    JobProposal.objects.filter(pk=job.pk).update(state=JobState.CONFIRMED)
    job.refresh_from_db()
    return job


def in_days(days: int) -> date:
    """Return a day from today on."""
    return localdate() + timedelta(days=days)
