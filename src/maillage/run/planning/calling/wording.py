"""Why somebody could not come, in a sentence: the rule, the figure and the limit."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from maillage.foundation.notify.days import said_day
from maillage.run.planning.calling.looking import CAP
from maillage.run.planning.calling.telling import said_time

HOUR: Final = 60
NO_BREAK: Final = "\u00a0"


def said_hours(minutes: int) -> str:
    """Return a length of time as people say it: "9 h 30"."""
    hours, rest = divmod(max(minutes, 0), HOUR)
    if not hours:
        return f"{rest}{NO_BREAK}min"
    return f"{hours}{NO_BREAK}h{NO_BREAK}{rest:02}" if rest else f"{hours}{NO_BREAK}h"


def said_exclusion(excluded: Mapping[str, Any], *, first: date) -> str:
    """Return why somebody was left out, without their name; figures count days from `first`.

    The article follows in brackets where the law, or the charter, has one.
    """
    figures = excluded["figures"]
    say = SENTENCES.get(excluded["rule"])
    if say is None:
        language = "fr" if (get_language() or "").startswith("fr") else "en"
        text = str(excluded["names"].get(language, ""))
    else:
        text = say(figures, first)
    article = excluded["article"]
    return f"{text} ({article})" if article else text


def _rest(figures: Mapping[str, int], first: date) -> str:
    limit = figures.get("limit", 0)
    words = {"rest": said_hours(limit - figures["amount"]), "limit": said_hours(limit)}
    if "day" not in figures:
        return _("%(rest)s of rest instead of %(limit)s") % words
    day = first + timedelta(days=figures["day"])
    words |= {"day": said_day(day), "time": said_time(figures["minute"])}
    if figures.get("after"):
        return _("begins at %(time)s on %(day)s: %(rest)s of rest instead of %(limit)s") % words
    return _("ends at %(time)s on %(day)s: %(rest)s of rest instead of %(limit)s") % words


def _over(text: str) -> Callable[[Mapping[str, int], date], str]:
    def say(figures: Mapping[str, int], _first: date) -> str:
        total = figures.get("total", figures.get("limit", 0) + figures["amount"])
        limit = figures.get("limit", total - figures["amount"])
        return _(text) % {"total": said_hours(total), "limit": said_hours(limit)}

    return say


def _plain(text: str) -> Callable[[Mapping[str, int], date], str]:
    return lambda _figures, _first: _(text)


def _cap(figures: Mapping[str, int], _first: date) -> str:
    return _(
        "%(total)s urgent calls accepted for that month, %(limit)s at most: the others first"
    ) % {"total": figures["total"], "limit": figures["limit"]}


SENTENCES: Final[Mapping[str, Callable[[Mapping[str, int], date], str]]] = {
    CAP: _cap,
    "daily_rest": _rest,
    "daily_maximum": _over(gettext_noop("%(total)s of work that day, %(limit)s at most")),
    "weekly_maximum": _over(gettext_noop("%(total)s of work that week, %(limit)s at most")),
    "average_maximum": _over(gettext_noop("%(total)s a week over twelve weeks, %(limit)s at most")),
    "part_time_ceiling": _plain(
        gettext_noop("more hours than a part-time contract of these hours may reach")
    ),
    "availability": _plain(gettext_noop("away, on leave or not available at that time")),
    "no_overlap": _plain(gettext_noop("works at that time already")),
    "competitors": _plain(gettext_noop("works for a competitor of this firm")),
    "travel": _plain(gettext_noop("has no time to travel from one place to the other")),
    "weekly_rest": _plain(gettext_noop("would lose the rest of the week: 24 h and 11 h in a row")),
    "days_in_row": _plain(gettext_noop("would work more than six days in a row")),
    "break_time": _plain(gettext_noop("would work more than six hours without a break")),
    "night_work": _plain(gettext_noop("has not agreed in writing to work at night")),
    "sunday_work": _plain(gettext_noop("has no document that allows work on Sundays")),
}
