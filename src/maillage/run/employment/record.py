"""Everything that the record of a worker shows, in few queries; for who keeps workers alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from maillage.bricks.agreements.models import AgreementVersion, Signature
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import Task
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import (
    EmploymentContract,
    HoursAmendment,
    LendingAgreement,
    Worker,
)
from maillage.run.employment.models_of_contracts import ContractRenewal, TrialOpinion, UsersChange

SIGNERS = 2  # the group, and the worker or the firm
MOST_LINES = 30  # of the history


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment of a contract: what sort, of which contract, from or until which day."""

    kind: PaperKind
    public_id: UUID
    contract_id: int
    day: date
    signed_on: date | None
    drawn: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An act on a worker, a contract or an agreement, and who did it."""

    at: Any
    act: str
    subject: str
    who: str


@dataclass(frozen=True, slots=True)
class Record:
    """A worker's contracts, the latest first, with agreements, amendments, tasks and history."""

    contracts: Sequence[EmploymentContract]
    lendings: Mapping[int, Sequence[LendingAgreement]]
    amendments: Mapping[int, Sequence[Amendment]]
    tasks: Sequence[Task]
    history: Sequence[HistoryLine]


def record_of(worker: Worker) -> Record:
    """Return the record of a worker. Five queries."""
    contracts = list(
        _with_state(EmploymentContract.objects.filter(worker=worker), PaperKind.CONTRACT)
        .select_related("terms", "hired_by", "job")
        .order_by("-starts_on", "-id")
    )
    for contract in contracts:
        contract.worker = worker
    lendings: dict[int, list[LendingAgreement]] = {}
    for lending in _lendings(worker):
        lendings.setdefault(lending.contract_id, []).append(lending)
    amendments: dict[int, list[Amendment]] = {}
    for one in _amendments(worker):
        amendments.setdefault(one.contract_id, []).append(one)
    subjects = [worker.public_id, *(one.public_id for one in contracts)]
    subjects += [one.public_id for rows in lendings.values() for one in rows]
    return Record(
        contracts=contracts,
        lendings=lendings,
        amendments=amendments,
        tasks=list(
            Task.objects.filter(of_contract__contract__worker=worker).order_by("due_on", "id")
        ),
        history=_history(subjects),
    )


def _lendings(worker: Worker) -> QuerySet[Any]:
    """The agreements of a worker, each with what its firm said before the trial period ends."""
    opinions = TrialOpinion.objects.filter(
        contract=OuterRef("contract"), organisation=OuterRef("organisation")
    )
    rows = LendingAgreement.objects.filter(contract__worker=worker)
    found: QuerySet[Any] = (
        _with_state(rows, PaperKind.LENDING)
        .select_related("organisation", "site")
        .annotate(
            opinion=Subquery(opinions.values("public_id")[:1]),
            opinion_asked=Subquery(opinions.values("asked_on")[:1]),
            opinion_by=Subquery(opinions.values("answer_by")[:1]),
            opinion_good=Subquery(opinions.values("in_favour")[:1]),
            opinion_words=Subquery(opinions.values("words")[:1]),
        )
        .order_by("-starts_on", "-id")
    )
    return found


def _with_state(rows: QuerySet[Any], kind: PaperKind) -> QuerySet[Any]:
    """Say of each row whether its document was drawn up, and how many signed its last version."""
    versions = AgreementVersion.objects.filter(
        agreement__kind=kind, agreement__subject_id=OuterRef("public_id")
    ).order_by("-number")
    count = Signature.objects.filter(version=OuterRef("drawn")).order_by().values("version")
    drawn = rows.annotate(drawn=Subquery(versions.values("pk")[:1]))
    found: QuerySet[Any] = drawn.annotate(
        signatures=Subquery(count.annotate(many=Count("pk")).values("many")[:1])
    )
    return found


def _amendments(worker: Worker) -> list[Amendment]:
    """The amendments of every sort, in one query, the latest first."""
    parts = [
        _part(HoursAmendment.objects, worker, PaperKind.HOURS, "starts_on"),
        _part(ContractRenewal.objects, worker, PaperKind.RENEWAL, "ends_on"),
        _part(UsersChange.objects, worker, PaperKind.USERS, "takes_effect_on"),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("-day")
    return [Amendment(PaperKind(kind), *rest) for kind, *rest in rows]


def _part(manager: Any, worker: Worker, kind: PaperKind, day: str) -> Any:
    drawn = AgreementVersion.objects.filter(
        agreement__kind=kind, agreement__subject_id=OuterRef("public_id")
    )
    rows: QuerySet[Any] = manager.filter(contract__worker=worker).order_by()
    return rows.annotate(
        what=Value(str(kind), output_field=CharField()),
        day=Cast(F(day), DateField()),
        drawn=Exists(drawn),
    ).values_list("what", "public_id", "contract_id", "day", "signed_on", "drawn")


def _history(subjects: Sequence[UUID]) -> list[HistoryLine]:
    names = Person.objects.filter(public_id=OuterRef("actor_id")).values("name")[:1]
    rows = AuditLine.objects.filter(subject_id__in=subjects).annotate(who=Subquery(names))
    return [
        HistoryLine(line.at, line.act, line.subject_type, line.who or "")
        for line in rows.order_by("-at", "-id")[:MOST_LINES]
    ]


def state_of(signed_on: date | None, drawn: object, signatures: int | None) -> str:
    """Return where a document of the record stands: draft, waiting, partly, signed."""
    if signed_on is not None or (signatures or 0) >= SIGNERS:
        return "signed"
    if not drawn:
        return "draft"
    return "partly" if signatures else "waiting"
