"""Statements of the bank are read: what moved is kept once, whatever file tells it again."""

import hashlib
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.billing.files.refusals import StatementError
from maillage.run.billing.files.statements.camt import read_camt
from maillage.run.billing.files.statements.movement import Movement, Statement
from maillage.run.billing.files.statements.table import read_table
from maillage.run.billing.models import BillingProfile
from maillage.run.payments.enums import StatementKind
from maillage.run.payments.models import BankMovement, BankStatement
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.refusals import PaymentsError

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

LONGEST_TEXT, LONGEST_NAME, LONGEST_CODE = 500, 140, 35


@dataclass(frozen=True, slots=True)
class Read:
    """What a file brought: movements that are new, and how many were there already."""

    movements: tuple[BankMovement, ...]
    known: int


@transaction.atomic
def import_statement(*, acting: Acting, content: bytes) -> Read:
    """Keep the movements of a statement, camt.053 or CSV, that are not there yet.

    All or nothing. Raises PaymentsError with the line.
    """
    network = collecting_network(acting)
    profile = BillingProfile.objects.select_for_update(of=("self",)).filter(network=network).first()
    if profile is None:
        raise PaymentsError(_("Say first who bills: SIREN, account number, days to pay."))
    is_xml = content.removeprefix(BOM_UTF8).lstrip().startswith(b"<")
    kind = StatementKind.CAMT if is_xml else StatementKind.TABLE
    try:
        statements = read_camt(content) if kind == StatementKind.CAMT else (read_table(content),)
    except StatementError as error:
        raise PaymentsError(_at(error), error.field) from error
    made: list[BankMovement] = []
    told = 0
    for statement in statements:
        if statement.iban and statement.iban != profile.iban:
            raise PaymentsError(
                _("This statement is of another account, which ends in %(end)s.")
                % {"end": statement.iban[-4:]},
                "iban",
            )
        told += len(statement.movements)
        made += _kept(acting, network, statement, kind, hashlib.sha256(content).hexdigest())
    return Read(tuple(made), told - len(made))


def fresh(
    told: Iterable[Movement], held: Iterable[tuple[BankMovement, StatementKind]], kind: str
) -> list[Movement]:
    """Return the movements of a file that are not kept yet.

    One is kept already when the same amount was kept for the same day and nothing says that it is
    another: the same file again, an overlap of two files, a CSV of what a camt.053 told. Two equal
    payments of one day in one file are two.
    """
    rows: dict[tuple[date, Decimal], list[tuple[BankMovement, str]]] = defaultdict(list)
    for row, where in held:
        rows[row.booked_on, row.amount].append((row, where))
    unsure, new = [], []
    for one in told:
        # What is the same in every word is the same; the others are looked at afterwards.
        same = rows[one.booked_on, one.amount]
        exact = next((each for each in same if _words(one) == _kept_words(each[0])), None)
        if exact is not None:
            same.remove(exact)
        else:
            unsure.append(one)
    for one in unsure:
        same = rows[one.booked_on, one.amount]
        alike = next((each for each in same if not _is_another(one, each, kind)), None)
        if alike is not None:
            same.remove(alike)
        else:
            new.append(one)
    return new


def _kept(
    acting: Acting, network: Network, statement: Statement, kind: StatementKind, fingerprint: str
) -> list[BankMovement]:
    days = [one.booked_on for one in statement.movements]
    if not days:
        return []
    rows = BankMovement.objects.filter(
        statement__network=network, booked_on__gte=min(days), booked_on__lte=max(days)
    ).select_related("statement")
    new = fresh(
        statement.movements, [(row, StatementKind(row.statement.kind)) for row in rows], kind
    )
    if not new:
        return []
    held = BankStatement.objects.create(
        network=network,
        kind=kind,
        number=statement.number[:LONGEST_CODE],
        fingerprint=fingerprint,
        read_by_id=acting.person.public_id,
    )
    record(
        actor_id=acting.person.public_id,
        act="read",
        subject_type="BankStatement",
        subject_id=held.public_id,
        network_id=network.public_id,
        after={"movements": len(new)},
    )
    return [BankMovement.objects.create(statement=held, **_fields(one)) for one in new]


def _fields(one: Movement) -> dict[str, object]:
    reference, bank_reference, text, counterparty, iban, returned = _words(one)
    return {
        "line": one.line,
        "booked_on": one.booked_on,
        "amount": one.amount,
        "reference": reference,
        "bank_reference": bank_reference,
        "text": text,
        "counterparty": counterparty,
        "iban": iban,
        "returned": returned,
    }


def _words(one: Movement) -> tuple[str, ...]:
    return (
        one.reference[:LONGEST_NAME],
        one.bank_reference[:LONGEST_NAME],
        one.text[:LONGEST_TEXT],
        one.counterparty[:LONGEST_NAME],
        one.iban,
        one.returned[:LONGEST_CODE],
    )


def _kept_words(row: BankMovement) -> tuple[str, ...]:
    return (
        row.reference,
        row.bank_reference,
        row.text,
        row.counterparty,
        row.iban,
        row.returned,
    )


def _is_another(one: Movement, held: tuple[BankMovement, str], kind: str) -> bool:
    """Whether a movement differs from a kept one of its day and amount beyond doubt.

    Two kinds of file do not word things alike: between them, only the day and the amount count.
    """
    row, where = held
    if where != kind:
        return False
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in zip(_words(one), _kept_words(row), strict=True)
    )


def _at(error: StatementError) -> str:
    if not error.line:
        return str(error)
    return _("Line %(line)s: %(why)s") % {"line": error.line, "why": error}
