"""Weeks as addresses and as people say them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.run.planning.gathering import monday_of
from maillage.web.ui.formats import nice_date, number

SPAN = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday."""

    monday: date

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + SPAN

    @property
    def key(self) -> str:
        """How an address names it: 2026-W15."""
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def rank(self) -> int:
        """Its number in the year."""
        return self.monday.isocalendar().week

    @property
    def says(self) -> str:
        """From when to when, in words."""
        return _("From %(first)s to %(last)s") % {
            "first": nice_date(self.monday),
            "last": nice_date(self.monday + timedelta(days=5), "year"),
        }

    def next(self, weeks: int = 1) -> "Week":
        """Another week, so many later."""
        return Week(self.monday + timedelta(weeks=weeks))

    @property
    def days(self) -> list[date]:
        """Its seven days."""
        return [self.monday + timedelta(days=n) for n in range(7)]


def week_of(key: str) -> Week:
    """Return the week that an address names, this one when it names none."""
    try:
        year, week = key.split("-W")
        return Week(date.fromisocalendar(int(year), int(week), 1))
    except ValueError:
        return Week(monday_of(localdate()))


def clock(minute: int) -> str:
    """Say a minute counted from midnight: "8 h", "13 h 30"; past midnight it begins again."""
    hour, minutes = divmod(minute % (24 * 60), 60)
    words = {"hour": hour, "minutes": f"{minutes:02}"}
    if minutes:
        return _("%(hour)d:%(minutes)s") % words
    return _("%(hour)d:00") % words


def times(start: int, end: int) -> str:
    """Say from when to when."""
    return f"{clock(start)} – {clock(end)}"


def brief(start: int, end: int) -> str:
    """Say from when to when in as little room as a cell on paper leaves: "8–12", "13:30–16:30"."""

    def of(minute: int) -> str:
        hour, minutes = divmod(minute % (24 * 60), 60)
        words = {"hour": hour, "minutes": f"{minutes:02}"}
        return _("%(hour)s:%(minutes)s") % words if minutes else str(hour)

    return f"{of(start)}–{of(end)}"


def length(minutes: int) -> str:
    """Say how long, in hours."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else ""
    if rest:
        return _("%(sign)s%(hours)s h %(minutes)02d") % {
            "sign": sign,
            "hours": number(hours),
            "minutes": rest,
        }
    return _("%(sign)s%(hours)s h") % {"sign": sign, "hours": number(hours)}
