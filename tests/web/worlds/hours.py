"""Hours of last month at the garage: one day as planned, one disputed, an expense, its link."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate

from maillage.run.employment.models import Worker
from maillage.run.hours.confirming import dispute, month_path, send_month
from maillage.run.hours.enums import ExpenseKind
from maillage.run.hours.models import Expense, ExpenseShare, HourEntry
from maillage.run.hours.prefilling import bounds_of
from tests.cast import Cast, acting, inside
from tests.web.calls.weeks import slot_on, works

HOURS_PLACES = {
    "hours:by-link token": ("link of hours",),
    "hours:dispute token": ("link of hours",),
    "hours:dispute entry_id": ("hours",),
    "hours:firm firm_id": ("garage",),
    "entry_id": ("hours",),
    "expense_id": ("expense",),
    **{
        f"mywork:{page} token": ("worker token",)
        for page in ("hours", "more-hours", "expense", "otherwise", "as-planned")
    },
}


def last_month() -> date:
    """Return the first day of the month before this one."""
    first = bounds_of(localdate())[0]
    return bounds_of(date.fromordinal(first.toordinal() - 1))[0]


def hours(cast: Cast) -> Mapping[str, str]:
    """Let Karim of the garage work, spend and be disputed; return what addresses may name."""
    month = last_month()
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        karim = Worker.objects.get(name="Karim", network=cast.network)
        slots = [slot_on(cast, month.replace(day=day), organisation=cast.garage) for day in (6, 7)]
        works(karim, *slots)
        sent, _why = send_month(acting=alice, organisation=cast.garage, month=month)
        planned, other = HourEntry.objects.filter(slot__in=slots).order_by("day")
        dispute(sent=sent, entry=other, words="He left at eleven", by="Garage")
        expense = Expense.objects.create(
            network=cast.network,
            worker=karim,
            day=planned.day,
            kind=ExpenseKind.RECEIPT,
            label="Train",
            amount=Decimal("8.40"),
            receipt=b"%PDF-1.4",
            receipt_type="application/pdf",
        )
        ExpenseShare.objects.create(
            expense=expense, organisation=cast.garage, amount=expense.amount
        )
    return {
        "hours": str(planned.public_id),
        "expense": str(expense.public_id),
        "link of hours": month_path(sent).strip("/").split("/")[-1],
    }
