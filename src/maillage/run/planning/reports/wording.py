"""Dates, times and figures of a roster, as people read them."""

from datetime import date, timedelta

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.launch.shared_jobs.reports.figures import hours, language, number, percent
from maillage.run.planning.board import DAY, Roster, Slot


def clock(minute: int) -> str:
    """Return the time of day of a minute: "08:30"."""
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def day_in_words(when: date) -> str:
    """Return a date with its day of the week, in short: "Tue 3 Mar"."""
    return format_date(when, _("EEE d MMM"), locale=language())


def week_in_words(first: date) -> str:
    """Return the name of the week that starts on a date."""
    return _("Week of %(date)s") % {"date": format_date(first, "long", locale=language())}


def when(start: date, slot: Slot) -> str:
    """Return when a slot is: "Tue 3 Mar 08:00–12:00"."""
    return _("%(day)s %(start)s–%(end)s") % {
        "day": day_in_words(start + timedelta(days=slot.day)),
        "start": clock(slot.start),
        "end": clock(slot.end),
    }


def where_and_when(start: date, slot: Slot) -> str:
    """Return when and where a slot is."""
    return _("%(when)s at %(firm)s") % {"when": when(start, slot), "firm": slot.firm}


def minutes(value: int) -> str:
    """Return minutes as hours with their unit."""
    return hours(value / 60)


def points(value: float) -> str:
    """Return a cost with its unit."""
    return _("%(number)s points") % {"number": number(value)}


def covered(roster: Roster) -> str:
    """Say how much of what firms asked for is covered."""
    share = roster.covered / roster.asked if roster.asked else 1.0
    return _("%(covered)s of %(asked)s slots covered (%(share)s).") % {
        "covered": number(roster.covered, 0),
        "asked": number(roster.asked, 0),
        "share": percent(share),
    }


def broken(roster: Roster) -> str:
    """Say how many forbidden things the plan does."""
    count = len(roster.forbidden)
    if not count:
        return _("No rule is broken.")
    return ngettext(
        "%(count)s rule is broken: this plan cannot be used as it is.",
        "%(count)s rules are broken: this plan cannot be used as it is.",
        count,
    ) % {"count": number(count, 0)}


def verdict(roster: Roster) -> str:
    """Say how far from the best a plan found by us can be; nothing of a plan from elsewhere."""
    search = roster.search
    if search is None:
        return ""
    if search.status == "OPTIMAL":
        return _("Proved: no plan costs less under these rules.")
    if search.bound is None or search.gap is None:
        return _("How much better a plan could be was not proved.")
    return _("Proved: no plan costs less than %(bound)s (%(gap)s below this one).") % {
        "bound": points(search.bound),
        "gap": percent(search.gap),
    }
