"""Shared workers of the demonstration: hired, lent to firms near each other, with their weeks.

Each worker's usual week is drawn first, and firms then need exactly these slots, with a few peaks
that nobody has hours for: so a plan without a breach is known. Rows are written many at a time,
for a group of three hundred firms as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from django.utils.timezone import get_current_timezone, localdate
from django_scopes import scope

from maillage.demo.names import FirmNamer
from maillage.demo.trades import occupation_label, read_trades
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation, Site
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.charter.queries import kept_apart
from maillage.run.employment.enums import ContractKind, LeaveKind, LeaveState, ShortHours
from maillage.run.employment.models import (
    EmploymentContract,
    Leave,
    LendingAgreement,
    Worker,
    WorkerSkill,
)
from maillage.run.planning.enums import HolidayOpening, HolidayPay
from maillage.run.planning.gathering import metres_between, monday_of
from maillage.run.planning.holidays import holidays_between
from maillage.run.planning.models import (
    Acknowledgement,
    Assignment,
    HolidayRule,
    Publication,
    PublishedShift,
    Slot,
    SlotSeries,
)

SEED: Final = 41
PEOPLE: Final = 50  # as many as the employers’ group of the report put back in work
NEAR_METRES: Final = 22_000
WEEKS_BEFORE: Final = 4
HOUR: Final = 60
# Half-days of a working day, in minutes from midnight.
MORNING, AFTERNOON = (8 * HOUR, 12 * HOUR), (13 * HOUR + 30, 16 * HOUR + 30)
LAID: Final = 500  # rows written at a time
# Contracts of a group of fifty, by weekly hours, in tenths.
HOURS: Final = (35, 35, 35, 35, 35, 35, 28, 28, 28, 20)
PAY: Final = (Decimal("12.60"), Decimal("13.20"), Decimal("14.10"), Decimal("15.40"))
OF_ITS_TRADE, MONDAY_TO_FRIDAY = 0.6, 0.8  # shares of the workers
MIXED: Final = ("M1203", "M1607", "K2204", "N1103", "I1203")


@dataclass
class Crew:
    """Who was hired, and what firms need of them; `weeks` are Mondays."""

    workers: list[Worker] = field(default_factory=list)
    series: list[tuple[SlotSeries, Worker | None]] = field(default_factory=list)
    weeks: list[date] = field(default_factory=list)


def tell(network: Network) -> Crew:
    """Have the members of the demonstration share fifty people, one on leave soon, one who asks.

    Their weeks are planned up to the next one, and published up to this one.
    """
    monday = monday_of(localdate())
    with scope(network=network, register=network.register):
        members = members_on(network, monday).select_related("membership__organisation")
        firms = [period.membership.organisation for period in members.order_by("pk")]
        crew = employ(network, firms, workers=PEOPLE, monday=monday)
        away, asks = crew.workers[2], crew.workers[5]
        Leave.objects.create(
            worker=away,
            kind=LeaveKind.PAID,
            starts_on=monday + timedelta(weeks=2),
            ends_on=monday + timedelta(weeks=2, days=5),
            state=LeaveState.GRANTED,
        )
        Leave.objects.create(
            worker=asks,
            kind=LeaveKind.PAID,
            starts_on=monday + timedelta(weeks=3),
            ends_on=monday + timedelta(weeks=3, days=4),
        )
    return crew


def employ(
    network: Network,
    firms: Sequence[Organisation],
    *,
    workers: int,
    monday: date,
    weeks: int = 4,
    seed: int = SEED,
) -> Crew:
    """Hire people and lend them to firms; lay out weeks before `monday`, and `weeks` from it.

    Every slot of the weeks up to the second from `monday` has its worker; the scope of the network
    is open.
    """
    chance = Random(seed)
    sites = _sites(firms)
    crew = Crew(weeks=[monday + timedelta(weeks=n) for n in range(-WEEKS_BEFORE, weeks)])
    hired_on = crew.weeks[0] - timedelta(weeks=40)
    placed = [firm for firm in firms if firm.pk in sites]
    crew.workers = _people(network, placed, sites, workers, chance)
    contracts = _contracts(crew.workers, hired_on, chance)
    apart = kept_apart(network)
    load: Counter[int] = Counter()
    lendings: list[LendingAgreement] = []
    for worker, contract in zip(crew.workers, contracts, strict=True):
        borrowers = _borrowers(worker, placed, sites, apart, load, chance)
        load.update(firm.pk for firm in borrowers)
        lendings += [_lending(contract, firm, hired_on) for firm in borrowers]
        crew.series += _usual_week(worker, contract, borrowers, hired_on, chance)
    LendingAgreement.objects.bulk_create(lendings, batch_size=LAID)
    crew.series += _peaks(crew, chance)
    SlotSeries.objects.bulk_create([each for each, _who in crew.series], batch_size=LAID)
    HolidayRule.objects.bulk_create(
        HolidayRule(
            network=network, organisation=firm, opening=HolidayOpening.CLOSED, pay=HolidayPay.FIRM
        )
        for firm in placed
        if load[firm.pk]
    )
    _lay_out(network, crew, monday)
    return crew


def _sites(firms: Sequence[Organisation]) -> Mapping[int, Site]:
    rows = Site.objects.filter(organisation__in=firms, is_main=True, closed_on=None)
    return {site.organisation_id: site for site in rows}


def _people(
    network: Network,
    firms: Sequence[Organisation],
    sites: Mapping[int, Site],
    count: int,
    chance: Random,
) -> list[Worker]:
    namer = FirmNamer(chance)
    people = []
    for rank in range(count):
        near = sites[firms[rank % len(firms)].pk]
        first = namer.draw("de_prenom").removeprefix("de ").removeprefix("d’")
        name = f"{first} {namer.draw('nom')}"
        people.append(
            Worker(
                network=network,
                name=name,
                folded_name=plain(name),
                email=f"salarie{rank + 1}@maillage.example",
                phone=f"06 00 00 {rank // 100:02} {rank % 100:02}",
                born_on=date(1968 + chance.randrange(36), chance.randint(1, 12), 15),
                postcode=near.postcode,
                commune=near.commune,
                latitude=near.latitude + chance.uniform(-0.02, 0.02),
                longitude=near.longitude + chance.uniform(-0.02, 0.02),
            )
        )
    made = Worker.objects.bulk_create(people, batch_size=LAID)
    WorkerSkill.objects.bulk_create(
        WorkerSkill(
            worker=worker,
            occupation=code,
            occupation_label=occupation_label(code),
            level=chance.randint(2, 3),
        )
        for rank, worker in enumerate(made)
        for code in _occupations(firms[rank % len(firms)], chance)
    )
    return made


def _occupations(firm: Organisation, chance: Random) -> tuple[str, ...]:
    """Return what somebody hired near a firm can do: help of its trade, or what all firms need."""
    of_trade = {trade.ape: [each.occupation for each in trade.help] for trade in read_trades()}
    known = of_trade.get(firm.activity_code, [])
    general = chance.choice(MIXED)
    if known and chance.random() < OF_ITS_TRADE:
        return tuple(dict.fromkeys((chance.choice(known), general)))
    return (general,)


def _contracts(
    workers: Sequence[Worker], hired_on: date, chance: Random
) -> list[EmploymentContract]:
    rows = []
    for rank, worker in enumerate(workers):
        hours = HOURS[rank % len(HOURS)]
        begun = hired_on + timedelta(days=chance.randrange(180))
        first = min(worker.skills.all(), key=lambda skill: skill.pk)
        rows.append(
            EmploymentContract(
                worker=worker,
                kind=ContractKind.PERMANENT,
                title=first.occupation_label,
                occupation=first.occupation,
                qualification=f"Niveau {first.level}",
                starts_on=begun,
                week_minutes=hours * HOUR,
                hourly_pay=chance.choice(PAY),
                short_hours=ShortHours.REQUEST if hours < 24 else "",  # noqa: PLR2004 -- L3123-27
                trial_ends_on=begun + timedelta(days=60),
                declared_on=begun - timedelta(days=3),
                signed_on=begun - timedelta(days=2),
            )
        )
    return EmploymentContract.objects.bulk_create(rows, batch_size=LAID)


def _borrowers(
    worker: Worker,
    firms: Sequence[Organisation],
    sites: Mapping[int, Site],
    apart: frozenset[tuple[int, int]],
    load: Counter[int],
    chance: Random,
) -> list[Organisation]:
    """Return two to four firms near a worker, none a competitor of another, the least served."""
    home = (worker.latitude or 0.0, worker.longitude or 0.0)
    metres = {
        firm.pk: metres_between(home, (sites[firm.pk].latitude, sites[firm.pk].longitude))
        for firm in firms
    }
    near = sorted(
        firms, key=lambda firm: (metres[firm.pk] > NEAR_METRES, load[firm.pk], metres[firm.pk])
    )
    chosen: list[Organisation] = []
    for firm in near:
        if all((min(pair), max(pair)) not in apart for pair in ((firm.pk, c.pk) for c in chosen)):
            chosen.append(firm)
        if len(chosen) == chance.choice((2, 3, 3, 4)):
            break
    return chosen


def _lending(contract: EmploymentContract, firm: Organisation, hired_on: date) -> LendingAgreement:
    since = max(contract.starts_on, hired_on)
    return LendingAgreement(
        contract=contract,
        organisation=firm,
        post=contract.title,
        occupation=contract.occupation,
        starts_on=since,
        week_minutes=contract.week_minutes // 3,
        rhythm="Jours fixes, de 8 h à 12 h et de 13 h 30 à 16 h 30",
        cost_terms="Salaire, charges et 12 % de frais de gestion, révisés chaque année.",
        signed_on=since - timedelta(days=1),
    )


def _usual_week(
    worker: Worker,
    contract: EmploymentContract,
    borrowers: Sequence[Organisation],
    since: date,
    chance: Random,
) -> list[tuple[SlotSeries, Worker | None]]:
    """Return the slots of a usual week: whole days in a firm, as many as the contract has hours."""
    left = contract.week_minutes
    days = [0, 1, 2, 3, 4] if chance.random() < MONDAY_TO_FRIDAY else [1, 2, 3, 4, 5]
    found: list[tuple[SlotSeries, Worker | None]] = []
    for number, day in enumerate(days):
        firm = borrowers[number * len(borrowers) // len(days)]
        halves = (MORNING,) if left <= (len(days) - number) * 4 * HOUR else (MORNING, AFTERNOON)
        for start, end in halves:
            if left >= end - start:
                left -= end - start
                found.append((_series(worker, contract, firm, day, start, end, since), worker))
    return found


def _series(
    worker: Worker,
    contract: EmploymentContract,
    firm: Organisation,
    day: int,
    start: int,
    end: int,
    since: date,
) -> SlotSeries:
    return SlotSeries(
        network=worker.network,
        organisation=firm,
        occupation=contract.occupation,
        occupation_label=contract.title[:120],
        level=2,
        weekday=day,
        start_minute=start,
        end_minute=end,
        starts_on=since,
    )


def _peaks(crew: Crew, chance: Random) -> list[tuple[SlotSeries, Worker | None]]:
    """Return a few slots more, of the last weeks only, that nobody has hours for."""
    usual = [series for series, _who in crew.series]
    return [(_peak(twin, crew), None) for twin in chance.sample(usual, max(1, len(usual) // 50))]


def _peak(twin: SlotSeries, crew: Crew) -> SlotSeries:
    return SlotSeries(
        network=twin.network,
        organisation=twin.organisation,
        occupation=twin.occupation,
        occupation_label=twin.occupation_label,
        level=twin.level,
        weekday=twin.weekday,
        start_minute=twin.start_minute,
        end_minute=twin.end_minute,
        importance=2,
        starts_on=crew.weeks[-2],
        ends_on=crew.weeks[-1] + timedelta(days=6),
    )


def _lay_out(network: Network, crew: Crew, monday: date) -> None:
    """Make the slots of each week; place people up to the second week from `monday`, and publish.

    Weeks gone by and the present one were published and seen; those to come are for Alice.
    """
    last = crew.weeks[-1] + timedelta(days=6)
    kept = holidays_between(crew.weeks[0], last)
    slots, seats = [], []
    for week in crew.weeks:
        for series, worker in crew.series:
            day = week + timedelta(days=series.weekday)
            if day in kept or day < series.starts_on or (series.ends_on and day > series.ends_on):
                continue
            slot = _slot(series, day)
            slots.append(slot)
            if worker is not None and week <= monday + timedelta(weeks=1):
                seats.append(Assignment(slot=slot, worker=worker))
    Slot.objects.bulk_create(slots, batch_size=LAID)
    Assignment.objects.bulk_create(seats, batch_size=LAID)
    for week in crew.weeks:
        if week <= monday:
            _publish(network, week, [each for each in seats if _in_week(each.slot.day, week)])


def _slot(series: SlotSeries, day: date) -> Slot:
    return Slot(
        network=series.network,
        organisation=series.organisation,
        series=series,
        occupation=series.occupation,
        occupation_label=series.occupation_label,
        level=series.level,
        day=day,
        start_minute=series.start_minute,
        end_minute=series.end_minute,
        importance=series.importance,
    )


def _in_week(day: date, monday: date) -> bool:
    return monday <= day < monday + timedelta(days=7)


def _publish(network: Network, monday: date, seats: Sequence[Assignment]) -> None:
    told = datetime.combine(monday - timedelta(days=10), time(10), get_current_timezone())
    made = Publication.objects.create(network=network, monday=monday, number=1)
    Publication.objects.filter(pk=made.pk).update(published_at=told)
    PublishedShift.objects.bulk_create(
        (
            PublishedShift(
                publication=made,
                worker=each.worker,
                slot=each.slot,
                organisation=each.slot.organisation,
                day=each.slot.day,
                start_minute=each.slot.start_minute,
                end_minute=each.slot.end_minute,
            )
            for each in seats
        ),
        batch_size=LAID,
    )
    Acknowledgement.objects.bulk_create(
        Acknowledgement(
            publication=made, worker_id=pk, told_at=told, seen_at=told + timedelta(hours=8)
        )
        for pk in sorted({each.worker_id for each in seats})
    )
