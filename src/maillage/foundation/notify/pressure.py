"""How much a firm is solicited, by all bodies together, and whether one more contact is too many.

Days are counted by the calendar: with a ceiling of 3 in 30 days, at most 3 contacts fall on today
and the 29 days before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext, ngettext

from maillage.foundation.notify.days import said_day
from maillage.foundation.notify.models import Contact, ContactPolicy, QuietPeriod


@dataclass(frozen=True, slots=True)
class FirmAddress:
    """A firm as a sender needs it: who it is in the log, what it is called, where mail goes."""

    firm_key: str
    organisation_id: UUID
    name: str
    email: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the log for this firm: before it gave its SIREN, it had another."""
        return tuple(dict.fromkeys((self.firm_key, str(self.organisation_id))))


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most so many contacts on so many days running."""

    contacts: int
    days: int


USUAL: Final = Ceiling(3, 30)


def firm_key(organisation_id: UUID, siren: str) -> str:
    """Return the name of a firm in the log: its SIREN, shared by all bodies, else its own id."""
    return siren or str(organisation_id)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days, both included, in which a firm asks to be left alone."""

    starts_on: date
    ends_on: date
    reason: str = ""
    public_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A contact that counts today: when it was, and who made it, where."""

    day: date
    network_id: UUID | None
    body_name: str
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class Pressure:
    """Where a firm stands today.

    `chosen`: the ceiling is not the usual one; `quiets`: the quiet periods that are not over,
    `quiet` that of today; `free_on`: the first day one more contact is possible, None when the
    firm accepts none at all.
    """

    name: str
    counted: tuple[Counted, ...]
    ceiling: Ceiling
    chosen: bool
    set_by_firm: bool
    quiets: tuple[Quiet, ...]
    quiet: Quiet | None
    lead: str
    lead_person_id: UUID | None
    free_on: date | None

    @property
    def contacts(self) -> int:
        """How many contacts count today."""
        return len(self.counted)

    @property
    def is_full(self) -> bool:
        """Whether the ceiling is reached."""
        return self.contacts >= self.ceiling.contacts

    @property
    def is_blocked(self) -> bool:
        """Whether one more contact today would be one too many."""
        return self.is_full or self.quiet is not None

    @property
    def left(self) -> int:
        """How many more contacts the ceiling leaves."""
        return max(0, self.ceiling.contacts - self.contacts)

    def sentence(self) -> str:
        """Return why not, from when on, and who leads: nothing of what others said."""
        return " ".join(part for part in (self._why(), self._when(), self._who()) if part)

    def _why(self) -> str:
        if self.ceiling.contacts == 0:
            return gettext("%(firm)s asks not to be solicited.") % {"firm": self.name}
        if self.is_full:
            return ngettext(
                "%(firm)s has already been contacted %(count)s time in %(days)s days, all bodies "
                "together; it accepts %(ceiling)s.",
                "%(firm)s has already been contacted %(count)s times in %(days)s days, all bodies "
                "together; it accepts %(ceiling)s.",
                self.contacts,
            ) % {
                "firm": self.name,
                "count": self.contacts,
                "days": self.ceiling.days,
                "ceiling": self.ceiling.contacts,
            }
        if self.quiet:
            return gettext("%(firm)s asks to be left alone until %(day)s.") % {
                "firm": self.name,
                "day": said_day(self.quiet.ends_on),
            }
        return ""

    def _when(self) -> str:
        if not self.is_blocked or self.free_on is None:
            return ""
        return gettext("The next contact is possible from %(day)s on.") % {
            "day": said_day(self.free_on)
        }

    def _who(self) -> str:
        if not self.is_blocked:
            return ""
        if not self.lead:
            return gettext("No lead contact has been named.")
        return gettext("%(person)s leads the contact with this firm: ask them first.") % {
            "person": self.lead
        }


class PressureError(Exception):
    """One contact too many: the sentence says why, from when on it is possible and who leads."""

    def __init__(self, pressure: Pressure) -> None:
        super().__init__(pressure.sentence())
        self.pressure = pressure


def pressure_of(firm: FirmAddress, *, usual: Ceiling = USUAL, day: date | None = None) -> Pressure:
    """Return where a firm stands on a day (today), for whoever is about to contact it.

    `usual` is the ceiling of the sender's network, for firms that did not choose one. Three
    queries.
    """
    today = day or localdate()
    return standing_of(
        firm,
        policies=ContactPolicy.objects.filter(firm_key__in=firm.keys),
        counted=lambda ceiling: _counted(firm, ceiling, today),
        quiets=QuietPeriod.objects.filter(firm_key__in=firm.keys, ends_on__gte=today),
        usual=usual,
        today=today,
    )


def standing_of(
    firm: FirmAddress,
    *,
    policies: Iterable[ContactPolicy],
    counted: Callable[[Ceiling], tuple[Counted, ...]],
    quiets: Iterable[QuietPeriod],
    usual: Ceiling,
    today: date,
) -> Pressure:
    """Return where a firm stands, from what is known of it.

    `counted` tells which contacts count under a ceiling, `quiets` are its periods not yet over.
    """
    policies = sorted(policies, key=lambda policy: firm.keys.index(policy.firm_key))
    chosen = next((policy for policy in policies if policy.ceiling is not None), None)
    ceiling = usual
    if chosen is not None and chosen.ceiling is not None and chosen.days is not None:
        ceiling = Ceiling(chosen.ceiling, chosen.days)
    contacts = counted(ceiling)
    led = next((policy for policy in policies if policy.lead_name), None)
    asked = tuple(Quiet(one.starts_on, one.ends_on, one.reason, one.public_id) for one in quiets)
    return Pressure(
        name=firm.name,
        counted=contacts,
        ceiling=ceiling,
        chosen=chosen is not None,
        set_by_firm=chosen is not None and chosen.set_by_firm,
        quiets=asked,
        quiet=next((one for one in asked if one.starts_on <= today), None),
        lead=led.lead_name if led else "",
        lead_person_id=led.lead_person_id if led else None,
        free_on=first_free_day([one.day for one in contacts], ceiling, asked, today),
    )


def refuse_one_too_many(firm: FirmAddress, *, usual: Ceiling = USUAL) -> Pressure:
    """Return where a firm stands, held until the end of the transaction around this call.

    Raises PressureError when one more contact today is too many. Senders of the same moment wait
    for each other here, so that together they never pass the ceiling.
    """
    ContactPolicy.objects.select_for_update(of=("self",)).get_or_create(firm_key=firm.firm_key)
    pressure = pressure_of(firm, usual=usual)
    if pressure.is_blocked:
        raise PressureError(pressure)
    return pressure


def first_free_day(
    contact_days: Sequence[date], ceiling: Ceiling, quiets: Iterable[Quiet], today: date
) -> date | None:
    """Return the first day, today or later, on which one more contact is possible.

    `contact_days` are those of the contacts that count today, in order. None when the ceiling
    is zero.
    """
    if ceiling.contacts == 0:
        return None
    free = today
    over = len(contact_days) - ceiling.contacts
    if over >= 0:
        free = contact_days[over] + timedelta(days=ceiling.days)
    for quiet in sorted(quiets, key=lambda one: one.starts_on):
        if quiet.starts_on <= free <= quiet.ends_on:
            free = quiet.ends_on + timedelta(days=1)
    return free


def of_firm(firm: FirmAddress) -> Q:
    """Return the condition that a contact was with this firm, whatever body made it."""
    return Q(firm_key__in=firm.keys) | Q(organisation_id=firm.organisation_id)


def window_start(today: date, days: int) -> datetime:
    """Return the first moment of the days that count, today being the last of them."""
    return make_aware(datetime.combine(today - timedelta(days=days - 1), time.min))


def _counted(firm: FirmAddress, ceiling: Ceiling, today: date) -> tuple[Counted, ...]:
    rows = (
        Contact.objects.filter(
            of_firm(firm),
            counts=True,
            at__gte=window_start(today, ceiling.days),
            at__lt=window_start(today + timedelta(days=1), 1),
        )
        .order_by("at", "id")
        .values_list("at", "network_id", "body_name", "person_id")
    )
    return tuple(
        Counted(localtime(at).date(), network_id, body_name, person_id)
        for at, network_id, body_name, person_id in rows
    )
