"""What is handed over to a worker at the end of a contract, and by when."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.run.employment.enums import EndReason
from maillage.run.employment.models import EmploymentContract

# Each with its article; the day is that of the end, but for what the payroll closes after it.
PAPERS: Final[Mapping[str, tuple[Promise, int]]] = {
    "certificate": (_("Certificate of work (L1234-19)"), 0),
    "balance": (_("Receipt for the final settlement (L1234-20)"), 0),
    "unemployment": (_("Certificate for the employment service (R1234-9)"), 0),
    "cover": (_("Note on health cover kept after leaving (CSS L911-8)"), 0),
    "savings": (_("Summary of employee savings, if there are any (L3341-7)"), 30),
}
# Whoever ends a working life has nothing to claim from the employment service.
NOT_FOR: Final[Mapping[str, frozenset[str]]] = {
    "unemployment": frozenset({EndReason.RETIRED}),
    "cover": frozenset({EndReason.RETIRED, EndReason.RESIGNED}),
}


def hand_over_by(contract: EmploymentContract) -> list[tuple[str, str, date]]:
    """Return what is handed over: its key, its name in the language in use, before which day."""
    if contract.ended_on is None:
        return []
    return [
        (key, str(name), contract.ended_on + timedelta(days=days))
        for key, (name, days) in PAPERS.items()
        if contract.end_reason not in NOT_FOR.get(key, frozenset())
    ]


def papers_to_hand_over(contract: EmploymentContract) -> list[str]:
    """Return the names of what is handed over."""
    return [name for _key, name, _day in hand_over_by(contract)]
