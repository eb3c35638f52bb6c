"""What the law wants on an invoice of a day: its sentences, its rates of VAT. See `law.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from maillage.run.billing.files.invoice import Mentions
from maillage.run.billing.files.lines import Category, Rate

STANDARD: Final = "standard"
SHARED_COSTS: Final = "shared_costs"  # an exempt group, CGI 261 B
SMALL_BUSINESS: Final = "small_business"
REVERSE_CHARGE: Final = "reverse_charge"
OUT_OF_SCOPE: Final = "out_of_scope"

type Row = Mapping[str, Any]


def mentions_on(day: date, language: str, *, public: bool = False) -> Mentions:
    """Return the sentences for an invoice of a day, to a firm or to a public body."""
    buyer = "public" if public else "private"
    return Mentions(
        *(
            str(_row("mentions", key, day, buyer)[language])
            for key in ("late_interest", "recovery_fee", "discount")
        )
    )


def debits_mention_on(day: date, language: str) -> str:
    """Return the sentence of who pays VAT on debits."""
    return str(_row("mentions", "vat_on_debits", day)[language])


def rate_on(key: str, day: date, language: str) -> Rate:
    """Return a rate of VAT as it holds on a day; raises LookupError before the first one."""
    row = _row("rates", key, day)
    return Rate(
        category=Category(row["category"]),
        percent=Decimal(row.get("percent", "0")),
        reason=str(row.get(language, "")),
        reason_code=str(row.get("reason_code", "")),
    )


def _row(table: str, key: str, day: date, buyer: str = "private") -> Row:
    rows = [
        row
        for row in _tables()[table]
        if row["key"] == key and row.get("buyer", buyer) == buyer and row["valid_from"] <= day
    ]
    if not rows:
        raise LookupError(f"No {key} is known on {day}.")
    return max(rows, key=lambda row: row["valid_from"])


@cache
def _tables() -> Mapping[str, Sequence[Row]]:
    text = files("maillage.run.billing.files").joinpath("law.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
