"""What moved on an account."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that came (above zero) or went; what the bank does not tell is empty.

    `reference` is the one that we gave, `bank_reference` the bank's own; `returned` is the bank's
    code for why a payment came back. `line` is where it stands in the file.
    """

    booked_on: date
    amount: Decimal
    reference: str = ""
    bank_reference: str = ""
    text: str = ""
    counterparty: str = ""
    iban: str = ""
    returned: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The movements of an account, oldest first as the bank lists them; None: not told."""

    movements: tuple[Movement, ...]
    iban: str = ""
    number: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
