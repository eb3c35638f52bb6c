"""Documents of workers: what each is about, who signs it, and how far it is.

A document is made of what is kept: changed afterwards, it is drawn up and sent again. What was
signed stays what it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.agreements.actions import Text, issue, says
from maillage.bricks.agreements.clauses import Clause
from maillage.bricks.agreements.models import AgreementVersion, Signature
from maillage.bricks.agreements.queries import latest_about, versions_about
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.handing import papers_to_hand_over
from maillage.run.employment.lending import refuse_lending
from maillage.run.employment.models import (
    EmploymentContract,
    HoursAmendment,
    LendingAgreement,
    Worker,
)
from maillage.run.employment.models_of_contracts import ContractRenewal, ContractTerms, UsersChange
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.texts.amendments import (
    ending_clauses,
    hours_clauses,
    renewal_clauses,
    users_clauses,
)
from maillage.run.employment.texts.contract import contract_clauses
from maillage.run.employment.texts.lending import lending_clauses
from maillage.run.employment.texts.words import signers
from maillage.run.employment.trail import staff_network

type Subject = (
    EmploymentContract | LendingAgreement | HoursAmendment | UsersChange | ContractRenewal
)
MODELS: Final[Mapping[str, type[models.Model]]] = {
    PaperKind.CONTRACT: EmploymentContract,
    PaperKind.ENDING: EmploymentContract,
    PaperKind.LENDING: LendingAgreement,
    PaperKind.HOURS: HoursAmendment,
    PaperKind.USERS: UsersChange,
    PaperKind.RENEWAL: ContractRenewal,
}
LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Party:
    """One who signs: the group, the worker or a firm; `key` names them in an address."""

    key: str
    name: str
    organisation: Organisation | None = None
    party_id: UUID | None = None

    def signed(self, signature: Signature) -> bool:
        """Whether a signature is theirs."""
        if self.organisation is not None:
            return signature.organisation_id == self.organisation.pk
        return signature.party_id == self.party_id


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and what it is about."""

    kind: PaperKind
    subject: Subject

    @property
    def contract(self) -> EmploymentContract:
        """The contract it belongs to."""
        if isinstance(self.subject, EmploymentContract):
            return self.subject
        return self.subject.contract

    @property
    def worker(self) -> Worker:
        """Whose contract it is."""
        return self.contract.worker

    @property
    def network(self) -> Network:
        """The group."""
        return self.worker.network

    @property
    def firm(self) -> Organisation | None:
        """The firm that signs it, None when the worker does."""
        return self.subject.organisation if isinstance(self.subject, LendingAgreement) else None

    @property
    def title(self) -> str:
        """Its title, in the language in use: what it is and for whom."""
        words = {"kind": self.kind.label, "name": self.worker.name}
        return (_("%(kind)s, %(name)s") % words)[:LONGEST_TITLE]

    @property
    def parties(self) -> tuple[Party, Party]:
        """Who signs: the group, then the worker or the firm."""
        group = Party("group", self.network.name, party_id=self.network.public_id)
        if self.firm is not None:
            return group, Party("firm", self.firm.name, organisation=self.firm)
        return group, Party("worker", self.worker.name, party_id=self.worker.public_id)

    def party(self, key: str) -> Party | None:
        """Return one who signs."""
        return next((one for one in self.parties if one.key == key), None)

    @property
    def signed_on(self) -> date | None:
        """The day it was signed by both, None before; an end of contract is known by its text."""
        return None if self.kind == PaperKind.ENDING else self._kept_day()

    def _kept_day(self) -> date | None:
        return self.subject.signed_on


def paper_named(kind: str, public_id: UUID) -> Paper | None:
    """Return a document by its kind and what it is about, in the open network; None for none."""
    if kind not in MODELS:
        return None
    rows = MODELS[kind]._default_manager.filter(public_id=public_id)  # noqa: SLF001 -- the scoped one
    related = ["worker__network__register"]
    if MODELS[kind] is not EmploymentContract:
        related = ["contract__worker__network__register"]
    if MODELS[kind] in {LendingAgreement, UsersChange}:
        related.append("organisation")
    if MODELS[kind] is LendingAgreement:
        related.append("site")
    found = rows.select_related(*related).first()
    return Paper(PaperKind(kind), found) if found is not None else None  # type: ignore[arg-type]  # of MODELS


def paper_about(version: AgreementVersion) -> Paper | None:
    """Return the document that a version is of, None when what it was about is gone."""
    subject_id = version.agreement.subject_id
    return paper_named(version.agreement.kind, subject_id) if subject_id is not None else None


def text_of(paper: Paper) -> Text:
    """Return the text of a document as it would be drawn up now, in the site's own language."""
    with override(settings.LANGUAGE_CODE):
        return Text(
            kind=paper.kind,
            subject_id=paper.subject.public_id,
            title=paper.title,
            language=settings.LANGUAGE_CODE,
            clauses=_clauses(paper),
            signers=signers(paper.contract, paper.firm),
        )


def _clauses(paper: Paper) -> tuple[Clause, ...]:
    match paper.subject:
        case LendingAgreement():
            return lending_clauses(paper.subject)
        case HoursAmendment():
            return hours_clauses(paper.subject)
        case ContractRenewal():
            return renewal_clauses(paper.subject)
        case UsersChange():
            return users_clauses(paper.subject)
        case EmploymentContract() if paper.kind == PaperKind.ENDING:
            return ending_clauses(paper.subject, papers_to_hand_over(paper.subject))
        case _contract:
            return contract_clauses(paper.contract)


def draw_up(*, acting: Acting, paper: Paper) -> AgreementVersion:
    """Draw a document up to be signed: its text and its bytes never change again.

    Return the version that is there when it says the same. Raises LendingError, StaffError.
    """
    network = staff_network(acting)
    refuse_paper(paper)
    return issue(network=network, text=text_of(paper), actor_id=acting.person.public_id)


def refuse_paper(paper: Paper) -> None:
    """Refuse a document that may not be signed today. Raises LendingError, StaffError."""
    if paper.signed_on is not None:
        raise StaffError(_("This document is signed by both."))
    if not ContractTerms.objects.filter(contract=paper.contract).exists():
        raise StaffError(_("Complete the contract first: its firms and places are not known."))
    if isinstance(paper.subject, LendingAgreement):
        if paper.subject.ended_on is not None:
            raise StaffError(_("This agreement has ended already."))
        refuse_lending(paper.network, paper.subject)
    if paper.kind == PaperKind.ENDING and paper.contract.ended_on is None:
        raise StaffError(_("This contract has not ended."))
    if paper.kind != PaperKind.ENDING and paper.contract.ended_on is not None:
        raise StaffError(_("This contract has ended: nothing more is signed for it."))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a document is: the version to sign, who has signed it, who has yet to."""

    paper: Paper
    version: AgreementVersion | None
    signatures: tuple[Signature, ...]
    up_to_date: bool

    @property
    def missing(self) -> tuple[Party, ...]:
        """Who has yet to sign the version."""
        return tuple(
            party
            for party in self.paper.parties
            if not any(party.signed(one) for one in self.signatures)
        )

    @property
    def whole(self) -> bool:
        """Whether everybody signed the version."""
        return self.version is not None and not self.missing

    @property
    def state(self) -> str:
        """Where it stands, as a name: draft, changed, waiting, partly, signed."""
        if self.whole or self.paper.signed_on is not None:
            return "signed"
        if self.version is None:
            return "draft"
        if not self.up_to_date:
            return "changed"
        return "partly" if self.signatures else "waiting"


def standing_of(paper: Paper) -> Standing:
    """Return how far a document is, and whether it still says what is kept; for its readers."""
    standing = signed_so_far(paper)
    version = standing.version
    if version is None or standing.state == "signed":
        return standing
    return replace(standing, up_to_date=says(version, text_of(paper)))


def signed_so_far(paper: Paper) -> Standing:
    """Return how far a document is, without looking whether something changed since."""
    version = versions_about(paper.subject.public_id, paper.kind).first()
    if version is None:
        return Standing(paper, None, (), up_to_date=False)
    return Standing(paper, version, tuple(version.signatures.all()), up_to_date=True)


def standings_of(papers: Iterable[Paper]) -> list[Standing]:
    """Return how far documents are, for whoever may read them all. Two queries.

    Whether something changed since one was drawn up is not looked at: `standing_of` does.
    """
    every = list(papers)
    versions = {
        (one.agreement.kind, one.agreement.subject_id): one
        for one in latest_about(
            {paper.subject.public_id for paper in every}, {paper.kind for paper in every}
        )
    }
    found = []
    for paper in every:
        version = versions.get((paper.kind, paper.subject.public_id))
        signatures = tuple(version.signatures.all()) if version is not None else ()
        found.append(Standing(paper, version, signatures, up_to_date=True))
    return found


def papers_of(contract: EmploymentContract) -> list[Paper]:
    """Return every document of a contract, for who keeps workers. Four queries."""
    papers = [Paper(PaperKind.CONTRACT, contract)]
    rows = contract.lendings.select_related("organisation", "site")
    papers += [Paper(PaperKind.LENDING, one) for one in _with(contract, rows)]
    papers += [Paper(PaperKind.HOURS, one) for one in _with(contract, contract.amendments.all())]
    papers += [Paper(PaperKind.RENEWAL, one) for one in _with(contract, contract.renewals.all())]
    changes = contract.changes_of_users.select_related("organisation")
    papers += [Paper(PaperKind.USERS, one) for one in _with(contract, changes)]
    if contract.ended_on is not None and contract.ended_on <= localdate():
        papers.append(Paper(PaperKind.ENDING, contract))
    return papers


def _with[Row: (LendingAgreement, HoursAmendment, UsersChange, ContractRenewal)](
    contract: EmploymentContract, rows: Iterable[Row]
) -> list[Row]:
    """Return rows that know their contract, without asking for it again."""
    found = list(rows)
    for row in found:
        row.contract = contract
    return found
