"""A worker's week as they were told it: where, when, whom to ask for, what has changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.permissions import SPEAKS_FOR_FIRM
from maillage.foundation.networks.queries import current
from maillage.foundation.organisations.models import Role, Site
from maillage.run.employment.models import Worker
from maillage.run.planning.calling.queries import told_to
from maillage.run.planning.calling.wording import said_hours
from maillage.run.planning.models import Acknowledgement, Publication, PublishedShift
from maillage.web.ui.formats import nice_date
from maillage.web.ui.shifts import span, weekday

MAP = "https://www.openstreetmap.org/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift as the page shows it; `change` is "", "added" or "moved" since it was last seen."""

    day: date
    firm: str
    commune: str
    address: str
    times: tuple[str, ...]
    what: str
    map_url: str
    contact: str
    phone: str
    change: str

    @property
    def said_times(self) -> str:
        """Every time of the day, one after the other."""
        return _(", then ").join(self.times)

    def goes_on(self, other: "Shift") -> bool:
        """Whether another shift is the same work later on the same day."""
        return replace(self, times=()) == replace(other, times=())


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the week, and its shifts."""

    day: date
    shifts: tuple[Shift, ...]

    @property
    def name(self) -> str:
        """The day of the week."""
        return weekday(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of a worker; `publication` None while nothing was published."""

    monday: date
    publication: Publication | None
    today: tuple[Shift, ...]
    days: tuple[DayShown, ...]
    removed: tuple[str, ...]
    to_see: bool
    changed: bool
    hours: str
    left: str


def week_of(worker: Worker, monday: date) -> Week:
    """Return the week of a worker, as last published. Six queries at most."""
    today, sunday = localdate(), monday + timedelta(days=6)
    publications = list(
        Publication.objects.filter(network=worker.network, monday=monday).order_by("-number")
    )
    if not publications:
        return Week(
            monday=monday,
            publication=None,
            today=(),
            days=(),
            removed=(),
            to_see=False,
            changed=False,
            hours="",
            left="",
        )
    told = list(told_to(worker, monday, sunday))
    known = {
        each.publication_id: each
        for each in Acknowledgement.objects.filter(worker=worker, publication__in=publications)
    }
    last = publications[0]
    seen = known.get(last.pk)
    before = _seen_before(worker, publications[1:], known)
    shifts = _shown(told, before)
    minutes = [(one.day, _minutes(one)) for one in told]
    days: dict[date, list[Shift]] = defaultdict(list)
    for one in shifts:
        same = days[one.day]
        if same and same[-1].goes_on(one):
            same[-1] = replace(same[-1], times=(*same[-1].times, *one.times))
        else:
            same.append(one)
    removed = _removed(told, before)
    return Week(
        monday=monday,
        publication=last,
        today=tuple(days.pop(today, ())),
        days=tuple(DayShown(day, tuple(found)) for day, found in sorted(days.items())),
        removed=removed,
        to_see=(bool(told) or bool(removed)) and (seen is None or seen.seen_at is None),
        changed=bool(removed) or any(one.change for one in shifts),
        hours=said_hours(sum(worked for _day, worked in minutes)),
        left=said_hours(sum(worked for day, worked in minutes if day > today)),
    )


def _seen_before(
    worker: Worker, publications: Sequence[Publication], known: Mapping[int, Acknowledgement]
) -> list[PublishedShift] | None:
    """Return what the worker had seen of the week, else what they were told before; None: nothing.

    Publications come the newest first, without the last one.
    """
    if not publications:
        return None
    read = [one for one in publications if one.pk in known and known[one.pk].seen_at is not None]
    base = read[0] if read else publications[0]
    rows = PublishedShift.objects.filter(publication=base, worker=worker)
    return list(rows.select_related("organisation"))


def _shown(told: Sequence[PublishedShift], before: list[PublishedShift] | None) -> list[Shift]:
    firms = {one.organisation_id for one in told}
    sites: dict[int, Site] = {}
    for site in Site.objects.filter(organisation__in=firms, closed_on=None).order_by("is_main"):
        sites[site.organisation_id] = site
    contacts: dict[int, Role] = {}
    for role in Role.objects.filter(
        current(localdate()), organisation__in=firms, kind__in=SPEAKS_FOR_FIRM
    ).order_by("-kind", "-pk"):
        contacts[role.organisation_id] = role
    was = {one.slot_id: one for one in before} if before is not None else None
    return [_one(shift, sites, contacts, was) for shift in told]


def _one(
    shift: PublishedShift,
    sites: Mapping[int, Site],
    contacts: Mapping[int, Role],
    was: Mapping[int, PublishedShift] | None,
) -> Shift:
    site = shift.slot.site or sites.get(shift.organisation_id)
    contact = contacts.get(shift.organisation_id)
    return Shift(
        day=shift.day,
        firm=shift.organisation.name,
        commune=site.commune if site is not None else "",
        address=_address(site),
        times=(span(shift.start_minute, shift.end_minute),),
        what=shift.slot.occupation_label,
        map_url=map_of(site),
        contact=contact.name if contact is not None else "",
        phone=(contact.phone if contact is not None else "") or shift.organisation.phone,
        change=_change(shift, was),
    )


def _change(shift: PublishedShift, was: Mapping[int, PublishedShift] | None) -> str:
    if was is None:
        return ""
    old = was.get(shift.slot_id)
    if old is None:
        return "added"
    return "moved" if _times(old) != _times(shift) else ""


def _removed(
    told: Iterable[PublishedShift], before: list[PublishedShift] | None
) -> tuple[str, ...]:
    kept = {one.slot_id for one in told}
    gone = [one for one in before or () if one.slot_id not in kept]
    return tuple(
        f"{one.organisation.name}, {nice_date(one.day)}, {span(one.start_minute, one.end_minute)}"
        for one in sorted(gone, key=lambda one: (one.day, one.start_minute))
    )


def map_of(site: Site | None) -> str:
    """Return the address of a map of a site, "" when its place is not known."""
    if site is None:
        return ""
    place = {"mlat": f"{site.latitude:.5f}", "mlon": f"{site.longitude:.5f}", "zoom": "17"}
    return f"{MAP}?{urlencode(place)}"


def _address(site: Site | None) -> str:
    if site is None:
        return ""
    town = " ".join(part for part in (site.postcode, site.commune) if part)
    return ", ".join(part for part in (site.address, town) if part)


def _times(shift: PublishedShift) -> tuple[date, int, int]:
    return shift.day, shift.start_minute, shift.end_minute


def _minutes(shift: PublishedShift) -> int:
    return shift.end_minute - shift.start_minute - shift.break_minutes
