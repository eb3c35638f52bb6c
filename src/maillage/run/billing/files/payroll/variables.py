"""One thing that the payroll of a month must know of a worker at a place."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from stdnum.fr import siret

from maillage.run.billing.files.fields import require_amount, require_period, require_text
from maillage.run.billing.files.refusals import PayrollError

LENT: Final = "02"  # S21.G00.40.074: lent to a firm that belongs to the employer group
MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


class Variable(StrEnum):
    """What is counted."""

    NORMAL = "normal_hours"
    EXTRA = "extra_hours"  # of a part-time worker, up to a tenth more
    EXTRA_BEYOND = "extra_hours_beyond"  # beyond that tenth
    OVERTIME = "overtime_hours"  # the first eight a week
    OVERTIME_BEYOND = "overtime_hours_beyond"
    NIGHT = "night_hours"
    SUNDAY = "sunday_hours"
    HOLIDAY = "holiday_hours"
    TRAVEL = "travel_hours"
    PAID_LEAVE = "paid_leave_days"
    SICKNESS = "sickness_days"
    ACCIDENT = "accident_days"
    UNPAID = "unpaid_days"
    OTHER_ABSENCE = "other_absence_days"
    MEAL = "meals"
    MILEAGE = "mileage_kilometres"
    EXPENSE = "expenses_euros"
    DIFFERENTIAL = "differential_bonus_euros"  # equal pay with the staff of the firm (L1253-9)

    @property
    def absence(self) -> bool:
        """Whether it is a time away, which has a first and a last day."""
        return self.value.endswith("_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the work was done; `lent`: at a member, and not at the group itself."""

    siret: str
    name: str
    lent: bool

    def __post_init__(self) -> None:
        require_text(PayrollError, "place.name", self.name)
        if not siret.is_valid(self.siret):
            raise PayrollError(_("%(siret)s is not a SIRET.") % {"siret": self.siret}, "siret")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayrollLine:
    """How much of something, for a worker, at a place, in a month.

    The last three properties are what the social declaration (DSN) wants of a lent worker.
    """

    month: str
    worker: str
    last_name: str
    first_name: str
    place: Place
    variable: Variable
    quantity: Decimal
    period: tuple[date, date] | None = None

    def __post_init__(self) -> None:
        if not MONTH.fullmatch(self.month):
            raise PayrollError(_("A month is written 2026-11."), "month")
        for field in ("worker", "last_name", "first_name"):
            require_text(PayrollError, field, getattr(self, field))
        # Below zero it takes back what an earlier month had too much of.
        require_amount(PayrollError, "quantity", self.quantity, negative=True)
        if not self.quantity:
            raise PayrollError(_("What is zero is not sent."), "quantity")
        require_period(PayrollError, "period", self.period)
        if self.variable.absence and self.period is None:
            raise PayrollError(_("An absence has a first and a last day."), "period")

    @property
    def lending(self) -> str:
        """How the worker is lent (S21.G00.40.074), empty at the group itself."""
        return LENT if self.place.lent else ""

    @property
    def user_site(self) -> str:
        """The establishment of the firm that uses the work (S21.G00.40.046)."""
        return self.place.siret if self.place.lent else ""

    @property
    def work_place(self) -> str:
        """The place of work (S21.G00.40.019)."""
        return self.place.siret
