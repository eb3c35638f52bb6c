"""Working time counted over the year: what was worked, what is published, what is left."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import F, OuterRef, Subquery, Sum

from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.queries import in_force
from maillage.run.planning.models import Assignment, Publication, PublishedShift

SHIFT_MINUTES = F("end_minute") - F("start_minute") - F("break_minutes")


@dataclass(frozen=True, slots=True)
class Annual:
    """A year of a contract whose hours are counted over the year, as it stands on a day; minutes.

    `expected` is what would have been worked by then at an even pace.
    """

    first: date
    last: date
    promised: int
    worked: int
    published: int
    expected: int

    @property
    def left(self) -> int:
        """What is neither worked nor published yet; negative past the promise."""
        return self.promised - self.worked - self.published

    @property
    def ahead(self) -> int:
        """How far the work is ahead of an even pace; negative when it is late."""
        return self.worked - self.expected


def annual_balance(worker: Worker, day: date) -> Annual | None:
    """Return the year of a worker as it stands at the end of a day, None without such a contract.

    The year begins on each birthday of the contract. Worked is what the plan held up to the day,
    published is the last publication of the weeks after it. Three queries.
    """
    contract = EmploymentContract.objects.filter(
        in_force(day, day), worker=worker, annual_minutes__isnull=False
    ).first()
    if contract is None or contract.annual_minutes is None:
        return None
    first = _birthday(contract.starts_on, day)
    last = _birthday(contract.starts_on, first + timedelta(days=370)) - timedelta(days=1)
    worked = Assignment.objects.filter(
        worker=worker, slot__day__gte=first, slot__day__lte=day, slot__cancelled_at=None
    ).aggregate(
        total=Sum(F("slot__end_minute") - F("slot__start_minute") - F("slot__break_minutes"))
    )
    pace = Fraction((day - first).days + 1, (last - first).days + 1)
    return Annual(
        first=first,
        last=last,
        promised=contract.annual_minutes,
        worked=worked["total"] or 0,
        published=_published(worker, day, last),
        expected=round(contract.annual_minutes * pace),
    )


def _published(worker: Worker, day: date, last: date) -> int:
    """Return the minutes of the days after one, as the last publication of each week tells them."""
    monday = day - timedelta(days=day.weekday())
    # The last number of each week replaces those before.
    same_week = Publication.objects.filter(
        network=worker.network_id, monday=OuterRef("publication__monday")
    )
    told = PublishedShift.objects.filter(
        publication__network=worker.network_id,
        publication__monday__gte=monday,
        publication__number=Subquery(same_week.order_by("-number").values("number")[:1]),
        worker=worker,
        day__gt=day,
        day__lte=last,
    ).aggregate(total=Sum(SHIFT_MINUTES))
    return told["total"] or 0


def _birthday(start: date, day: date) -> date:
    """Return the last birthday of a day on or before another; 29 February has it on 1 March."""
    for year in (day.year, day.year - 1):
        try:
            found = start.replace(year=year)
        except ValueError:
            found = date(year, 3, 1)
        if found <= day:
            return found
    return start
