"""What a plan depends on, read in a fixed number of queries: workers, slots, who is in which.

The bridge turns it into the question of the engine; legality, search and repair all start here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Final

from django.db.models import Q, QuerySet

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.launch.charter.queries import kept_apart
from maillage.run.employment.models import Worker
from maillage.run.employment.queries import workers_between
from maillage.run.planning.holidays import Openings, holidays_between
from maillage.run.planning.models import Assignment, Closure, HolidayRule, RuleChange, Slot

WEEK: Final = 7
WEEKS_BEHIND: Final = 12  # the average of L3121-22 looks that far
EARTH_METRES: Final = 6_371_000
# Between two sites, by road: a third longer than straight, at 50 km an hour.
ROAD: Final = 1.33
METRES_A_MINUTE: Final = 50_000 / 60

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shift:
    """What a worker did before the days looked at; times as those of a slot."""

    worker_id: int
    organisation_id: int
    day: date
    start_minute: int
    end_minute: int
    break_minutes: int
    urgent: bool
    unpleasant: bool

    @property
    def minutes(self) -> int:
        """Working time."""
        return self.end_minute - self.start_minute - self.break_minutes


@dataclass(frozen=True, kw_only=True)
class Ground:
    """All that judging or making a plan of `days` days from `first` needs.

    `held` has the assignments whose slot starts in those days, `past` the work of the weeks before.
    `closed` says on which days a firm takes nobody: it closed, or a public holiday is kept there.
    """

    network: Network
    first: date
    days: int
    workers: Sequence[Worker]
    slots: Sequence[Slot]
    held: Sequence[Assignment]
    past: Sequence[Shift]
    sites: Mapping[int, Site]
    apart: frozenset[tuple[int, int]]
    closures: Sequence[Closure]
    holiday_rules: Sequence[HolidayRule]
    rule_changes: Sequence[RuleChange]

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)

    @cached_property
    def by_worker(self) -> Mapping[int, tuple[Assignment, ...]]:
        """The assignments of each worker in these days."""
        return _by_worker(self.held)

    @cached_property
    def past_by_worker(self) -> Mapping[int, tuple[Shift, ...]]:
        """The work of each worker in the weeks before."""
        return _by_worker(self.past)

    @cached_property
    def main_sites(self) -> Mapping[int, Site]:
        """The site of each firm where work is done when none is named."""
        found: dict[int, Site] = {}
        for site in sorted(self.sites.values(), key=lambda each: (each.is_main, -each.pk)):
            found[site.organisation_id] = site
        return found

    @cached_property
    def _holidays(self) -> Mapping[date, str]:
        return holidays_between(self.first, self.last, self._insee)

    @property
    def _insee(self) -> str:
        """The commune whose public holidays count: that of most sites, by department."""
        codes = sorted(site.insee for site in self.main_sites.values())
        return codes[len(codes) // 2] if codes else ""

    def site_of(self, slot: Slot) -> Site | None:
        """Return where a slot is worked."""
        if slot.site_id is not None and slot.site_id in self.sites:
            return self.sites[slot.site_id]
        return self.main_sites.get(slot.organisation_id)

    def holiday_on(self, day: date) -> str:
        """Return the public holiday of a day, "" for none."""
        return self._holidays.get(day, "")

    @cached_property
    def _openings(self) -> Openings:
        return Openings(
            {(rule.organisation_id, rule.day): rule.opening for rule in self.holiday_rules},
            {pk: site.insee for pk, site in self.main_sites.items()},
        )

    def works_on(self, organisation_id: int, day: date) -> bool:
        """Whether a firm takes people on a day: neither closed, nor keeping a public holiday."""
        return self._openings.takes(organisation_id, day) and not any(
            closure.organisation_id == organisation_id
            and closure.starts_on <= day <= closure.ends_on
            for closure in self.closures
        )

    def is_live(self, slot: Slot) -> bool:
        """Whether a slot is still to be filled."""
        return slot.cancelled_at is None and self.works_on(slot.organisation_id, slot.day)


def ground_of(
    network: Network,
    first: date,
    days: int,
    *,
    workers: Collection[int] | None = None,
    every_slot: bool = True,
    also: Iterable[Slot] = (),
) -> Ground:
    """Read what a plan of some days depends on; `workers` keeps to some of them (row numbers).

    Without `every_slot` only slots that these workers hold are read, and those of `also`: enough
    to judge them.
    """
    last = first + timedelta(days=days - 1)
    people = workers_between(network, first, last)
    if workers is not None:
        people = people.filter(pk__in=workers)
    staff = list(people)
    rows = Assignment.objects.filter(
        slot__network=network, slot__cancelled_at=None, worker__in=staff
    ).order_by("slot__day", "slot__start_minute", "slot_id")
    held = list(rows.filter(slot__day__gte=first, slot__day__lte=last))
    wanted = Q(pk__in=[each.slot_id for each in held])
    if every_slot:
        wanted |= Q(day__gte=first, day__lte=last, cancelled_at=None)
    slots = {slot.pk: slot for slot in Slot.objects.filter(wanted, network=network)}
    slots |= {slot.pk: slot for slot in also}
    firms = {slot.organisation_id for slot in slots.values()} | _borrowers(staff)
    _join(staff, slots, held, firms)
    in_days = Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=first))
    return Ground(
        network=network,
        first=first,
        days=days,
        workers=staff,
        slots=sorted(slots.values(), key=lambda slot: (slot.day, slot.start_minute, slot.pk)),
        held=held,
        past=_past(rows, first),
        sites={
            site.pk: site for site in Site.objects.filter(organisation__in=firms, closed_on=None)
        },
        apart=kept_apart(network),
        closures=list(Closure.objects.filter(in_days, network=network)),
        holiday_rules=list(HolidayRule.objects.filter(network=network)),
        rule_changes=list(RuleChange.objects.filter(in_days, network=network)),
    )


def _borrowers(staff: Iterable[Worker]) -> set[int]:
    """Return the firms that workers are lent to, by row number."""
    return {
        lending.organisation_id
        for worker in staff
        for contract in worker.contracts.all()
        for lending in contract.lendings.all()
    }


def _past(rows: QuerySet[Assignment], first: date) -> list[Shift]:
    """Return the work of the weeks that rests and averages look back to."""
    since = first - timedelta(weeks=WEEKS_BEHIND)
    fields = ("organisation_id", "day", "start_minute", "end_minute", "break_minutes")
    kept = rows.filter(slot__day__gte=since, slot__day__lt=first).values_list(
        "worker_id", *(f"slot__{name}" for name in (*fields, "urgent", "unpleasant"))
    )
    return [Shift(*row) for row in kept]


def _join(
    staff: Iterable[Worker],
    slots: Mapping[int, Slot],
    held: Iterable[Assignment],
    firms: Collection[int],
) -> None:
    """Tie rows that were read apart, so that each firm, slot and worker is in memory once."""
    known = Organisation.objects.in_bulk(firms)
    for slot in slots.values():
        slot.organisation = known[slot.organisation_id]
    people = {worker.pk: worker for worker in staff}
    for each in held:
        each.slot, each.worker = slots[each.slot_id], people[each.worker_id]


def point_of(place: Site | Worker) -> Point | None:
    """Return where a site or a home is, in degrees; None when that is not known."""
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def metres_between(one: Point, other: Point) -> int:
    """Return the distance between two points along the surface, in metres (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_METRES * asin(sqrt(half)))


def travel_minutes(one: Point | None, other: Point | None) -> int:
    """Return the minutes by road from one place to another; none when one is not known."""
    if one is None or other is None or one == other:
        return 0
    return round(metres_between(one, other) * ROAD / METRES_A_MINUTE)


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def _by_worker[Row: (Assignment, Shift)](rows: Iterable[Row]) -> Mapping[int, tuple[Row, ...]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for each in rows:
        found[each.worker_id].append(each)
    return {worker_id: tuple(held) for worker_id, held in found.items()}
