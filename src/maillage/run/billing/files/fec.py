"""The sales journal in the layout that the tax office reads (FEC), written and read back.

Book of tax procedures, A47 A-1: eighteen fields in their order, separated by tabs, days as
AAAAMMJJ, amounts with a comma; entries balanced, numbered without a gap, in the order in which
they were validated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from django.utils.translation import gettext as _
from stdnum.fr import siren as siren_number

from maillage.run.billing.files.fields import optional_text, require_amount, require_text
from maillage.run.billing.files.refusals import EntryError

FIELDS: Final = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
TAB: Final = "\t"
END: Final = "\r\n"
DAY: Final = "%Y%m%d"
ZERO: Final = Decimal("0.00")
DIGITS: Final = 3  # an account begins with three figures of the chart of accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """A journal of the books: `VE`, sales."""

    code: str
    name: str

    def __post_init__(self) -> None:
        require_text(EntryError, "JournalCode", self.code)
        require_text(EntryError, "JournalLib", self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of the chart of accounts."""

    number: str
    name: str

    def __post_init__(self) -> None:
        require_text(EntryError, "CompteLib", self.name)
        if not self.number[:DIGITS].isdecimal() or len(self.number) < DIGITS:
            raise EntryError(_("An account begins with three figures."), "CompteNum")
        require_text(EntryError, "CompteNum", self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One line of an entry: an amount on one side of an account, the customer's if it is theirs."""

    account: Account
    label: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    customer: str = ""
    customer_name: str = ""

    def __post_init__(self) -> None:
        require_text(EntryError, "EcritureLib", self.label)
        for field, amount in (("Debit", self.debit), ("Credit", self.credit)):
            require_amount(EntryError, field, amount)
        if bool(self.debit) == bool(self.credit):
            raise EntryError(_("An amount stands on one side, debit or credit."), "Debit")
        optional_text(EntryError, "CompAuxNum", self.customer)
        optional_text(EntryError, "CompAuxLib", self.customer_name)
        if bool(self.customer) != bool(self.customer_name):
            raise EntryError(_("A customer has a number and a name."), "CompAuxNum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: what a document brings to the books. Its two sides are equal."""

    journal: Journal
    number: int
    on: date
    document: str
    document_on: date
    validated_on: date
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        require_text(EntryError, "PieceRef", self.document)
        if self.number < 1:
            raise EntryError(_("Entries are numbered from 1."), "EcritureNum")
        if not self.postings:
            raise EntryError(_("An entry has lines."), "Debit")
        debit = sum((one.debit for one in self.postings), ZERO)
        credit = sum((one.credit for one in self.postings), ZERO)
        if debit != credit:
            words = {"document": self.document, "debit": debit, "credit": credit}
            raise EntryError(
                _("%(document)s is not balanced: debit %(debit)s, credit %(credit)s.") % words,
                "Debit",
            )


def fec_name(siren: str, closed_on: date) -> str:
    """Return the name of the file: the SIREN and the day on which the year is closed."""
    if not siren_number.is_valid(siren):
        raise EntryError(_("%(siren)s is not a SIREN.") % {"siren": siren}, "siren")
    return f"{siren}FEC{closed_on:{DAY}}.txt"


def fec_of(entries: Iterable[Entry]) -> bytes:
    """Return the file of entries, in UTF-8, journal by journal. Raises EntryError."""
    every = sorted(entries, key=lambda one: (one.journal.code, one.number))
    check_numbers(every)
    rows = [FIELDS, *(row for entry in every for row in _rows(entry))]
    return "".join(TAB.join(row) + END for row in rows).encode()


def read_fec(content: bytes) -> tuple[Entry, ...]:
    """Return the entries of a file, checked as they are read. Raises EntryError."""
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError:
        raise EntryError(_("This file is not in UTF-8.")) from None
    rows = [line.split(TAB) for line in lines]
    if not rows or tuple(rows[0]) != FIELDS:
        raise EntryError(_("The first line is not that of the eighteen fields."))
    for rank, row in enumerate(rows[1:], 2):
        if len(row) != len(FIELDS):
            words = {"line": rank, "count": len(row)}
            raise EntryError(_("Line %(line)s has %(count)s fields instead of 18.") % words)
    entries = tuple(
        _entry([dict(zip(FIELDS, row, strict=True)) for row in group])
        for _key, group in groupby(rows[1:], key=lambda row: (row[0], row[2]))
    )
    check_numbers(entries)
    return entries


def check_numbers(entries: Sequence[Entry]) -> None:
    """Refuse a gap in the numbers of a journal, or one that was validated before its elder."""
    for code, group in groupby(entries, key=lambda one: one.journal.code):
        inside = list(group)
        for elder, younger in pairwise(inside):
            words = {"journal": code, "elder": elder.number, "younger": younger.number}
            if younger.number != elder.number + 1:
                raise EntryError(
                    _("Journal %(journal)s goes from %(elder)s to %(younger)s.") % words,
                    "EcritureNum",
                )
            if younger.validated_on < elder.validated_on:
                raise EntryError(
                    _("In %(journal)s, %(younger)s was validated before %(elder)s.") % words,
                    "ValidDate",
                )


def _rows(entry: Entry) -> Iterable[tuple[str, ...]]:
    for one in entry.postings:
        yield (
            entry.journal.code,
            entry.journal.name,
            str(entry.number),
            f"{entry.on:{DAY}}",
            one.account.number,
            one.account.name,
            one.customer,
            one.customer_name,
            entry.document,
            f"{entry.document_on:{DAY}}",
            one.label,
            _comma(one.debit),
            _comma(one.credit),
            "",  # matched with its payment in the accounting software, not here
            "",
            f"{entry.validated_on:{DAY}}",
            "",  # everything is in euros
            "",
        )


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _entry(rows: Sequence[dict[str, str]]) -> Entry:
    head = rows[0]
    same = ("JournalLib", "EcritureDate", "PieceRef", "PieceDate", "ValidDate")
    if any(row[field] != head[field] for row in rows for field in same):
        raise EntryError(
            _("The lines of entry %(number)s do not say the same.")
            % {"number": head["EcritureNum"]},
            "EcritureNum",
        )
    if not head["EcritureNum"].isdecimal():
        raise EntryError(_("Entries are numbered from 1."), "EcritureNum")
    return Entry(
        journal=Journal(code=head["JournalCode"], name=head["JournalLib"]),
        number=int(head["EcritureNum"]),
        on=_day(head, "EcritureDate"),
        document=head["PieceRef"],
        document_on=_day(head, "PieceDate"),
        validated_on=_day(head, "ValidDate"),
        postings=tuple(_posting(row) for row in rows),
    )


def _posting(row: dict[str, str]) -> Posting:
    return Posting(
        account=Account(number=row["CompteNum"], name=row["CompteLib"]),
        label=row["EcritureLib"],
        debit=_amount(row, "Debit"),
        credit=_amount(row, "Credit"),
        customer=row["CompAuxNum"],
        customer_name=row["CompAuxLib"],
    )


def _day(row: dict[str, str], field: str) -> date:
    try:
        return datetime.strptime(row[field], DAY).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        words = {"field": field, "text": row[field]}
        raise EntryError(_("%(field)s: “%(text)s” is not a day.") % words, field) from None


def _amount(row: dict[str, str], field: str) -> Decimal:
    whole, comma, cents = row[field].partition(",")
    if not (whole.isdecimal() and comma and cents.isdecimal() and len(cents) == 2):  # noqa: PLR2004 - cents
        words = {"field": field, "text": row[field]}
        raise EntryError(_("%(field)s: “%(text)s” is not an amount.") % words, field)
    return Decimal(f"{whole}.{cents}")
