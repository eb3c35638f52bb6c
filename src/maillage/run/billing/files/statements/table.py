"""Reading the CSV that a bank lets one download: every bank has its own titles and habits.

Columns are known by their titles. What could be read in two ways, a date or an amount, is refused
with its line rather than guessed.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from maillage.foundation.vocabularies.folding import letters_and_digits
from maillage.run.billing.files.paying import is_iban
from maillage.run.billing.files.refusals import StatementError
from maillage.run.billing.files.statements.movement import Movement, Statement

# By the plain letters and digits of the title, the most telling first.
TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "booked_on": (
        "datedecomptabilisation", "datecomptable", "dateoperation", "datedoperation",
        "bookingdate", "date", "datedevaleur", "datevaleur",
    ),
    "amount": ("montant", "montanteur", "montanteneuros", "amount", "amounteur"),
    "debit": ("debit", "debiteur", "debiteneuros", "debiteuros"),
    "credit": ("credit", "crediteur", "crediteneuros", "crediteuros"),
    "text": (
        "libelleoperation", "libelle", "libellesimplifie", "description", "motif", "wording",
        "text",
    ),
    "reference": ("endtoendid", "referenceclient", "referencedeboutenbout", "reference", "ref"),
    "bank_reference": ("referencebanque", "numerooperation", "bankreference"),
    "counterparty": ("contrepartie", "nomcontrepartie", "tiers", "counterparty", "emetteur"),
    "iban": ("ibancontrepartie", "ibantiers", "counterpartyiban", "iban"),
    "currency": ("devise", "currency"),
}  # fmt: skip
ENCODINGS: Final = ("utf-8-sig", "cp1252")
SEPARATORS: Final = ";\t,"
DATES: Final = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y")
BLANKS: Final = re.compile(r"[\s\u00a0\u202f\u2009']")
FRENCH: Final = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d{1,2})?")
ENGLISH: Final = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?")
UNCLEAR: Final = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
EUROS: Final = {"", "EUR", "€"}
HEAD: Final = 30  # lines in which the titles are looked for: banks write about the account first


def read_table(content: bytes) -> Statement:
    """Return the movements of a bank's CSV; raises StatementError with the line."""
    rows = _rows(_decoded(content))
    columns, start = _titles(rows)
    movements = tuple(
        _movement(cells, columns, line)
        for line, cells in rows[start:]
        if any(cell.strip() for cell in cells)
    )
    if not movements:
        raise StatementError(_("There is no movement in this file."))
    return Statement(movements=movements)


def amount_of(text: str) -> Decimal | None:
    """Return an amount as people write it in French or in English, None when it is not one.

    "1,234" is not one either: nobody can say whether it is a thousand or a little more than one.
    """
    bare = BLANKS.sub("", text).removesuffix("€").removesuffix("EUR")
    if UNCLEAR.fullmatch(bare):
        return None
    french, english = FRENCH.fullmatch(bare), ENGLISH.fullmatch(bare)
    readings = set()
    if french:
        readings.add(Decimal(bare.replace(".", "").replace(",", ".")))
    if english:
        readings.add(Decimal(bare.replace(",", "")))
    return readings.pop().quantize(Decimal("0.01")) if len(readings) == 1 else None


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StatementError(_("This file is not a text."))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    head = "\n".join(text.splitlines()[:HEAD])
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        raise StatementError(
            _("The quotation marks of this line do not close."), line=reader.line_num
        ) from None


def _titles(rows: Sequence[tuple[int, list[str]]]) -> tuple[Mapping[str, int], int]:
    """Return where each column is, and the rank of the first row after the titles."""
    for rank, (_line, cells) in enumerate(rows[:HEAD]):
        columns = _columns(cells)
        told = "amount" in columns or {"debit", "credit"} <= columns.keys()
        if "booked_on" in columns and told:
            return columns, rank + 1
    raise StatementError(
        _("No line holds the titles of the columns: a date, and an amount or debit and credit.")
    )


def _columns(cells: Iterable[str]) -> Mapping[str, int]:
    where: dict[str, int] = {}
    for rank, cell in enumerate(cells):
        where.setdefault(letters_and_digits(cell), rank)
    found = {}
    for field, titles in TITLES.items():
        known = next((title for title in titles if title in where), None)
        if known is not None:
            found[field] = where[known]
    return found


def _movement(cells: Sequence[str], columns: Mapping[str, int], line: int) -> Movement:
    def cell(field: str) -> str:
        rank = columns.get(field)
        return " ".join(cells[rank].split()) if rank is not None and rank < len(cells) else ""

    if cell("currency").upper() not in EUROS:
        raise StatementError(_("This amount is not in euros."), "currency", line)
    iban = cell("iban").replace(" ", "")
    if iban and not is_iban(iban):
        raise StatementError(_("The account number is not an IBAN."), "iban", line)
    return Movement(
        booked_on=_day(cell("booked_on"), line),
        amount=_amount(cell("amount"), cell("debit"), cell("credit"), line),
        reference=cell("reference"),
        bank_reference=cell("bank_reference"),
        text=cell("text"),
        counterparty=cell("counterparty"),
        iban=iban,
        line=line,
    )


def _amount(amount: str, debit: str, credit: str, line: int) -> Decimal:
    told = []
    for text, column in ((amount, "amount"), (debit, "debit"), (credit, "credit")):
        found = amount_of(text) if text else None
        if text and found is None:
            raise StatementError(_("“%(text)s” is not an amount.") % {"text": text}, column, line)
        if found is not None:
            # Some banks write a debit with its sign, others without: in that column it went.
            told.append(-abs(found) if column == "debit" else found)
    if not told:
        raise StatementError(_("An amount is missing."), "amount", line)
    moved = [one for one in told if one]
    if len(moved) > 1:
        raise StatementError(_("Two amounts stand on this line."), "amount", line)
    return (moved or told)[0]


def _day(text: str, line: int) -> date:
    for pattern in DATES:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise StatementError(_("“%(text)s” is not a date.") % {"text": text}, "booked_on", line)
