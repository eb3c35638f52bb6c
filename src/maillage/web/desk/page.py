"""The desk as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.accounts.models import Person
from maillage.web.desk.entries import DeskEntry, entries_of
from maillage.web.desk.figures import PhaseFigures, done_yesterday, phases_of
from maillage.web.desk.situation import Situation
from maillage.web.desk.sources import Alert, alerts_for, waiting_for
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.parts import AgendaLine, Decision

AT_ONCE = 5
MOST = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person finds in the morning."""

    day: str
    greeting: str
    lede: str
    decisions: Sequence[Decision]
    others: int
    alerts: Sequence[Alert]
    week: Sequence[AgendaLine]
    phases: Sequence[PhaseFigures]
    done: Sequence[str]
    entries: Sequence[DeskEntry]


def desk_of(situation: Situation, *, everything: bool) -> Desk:
    """Return the desk of the role in use; the five most urgent things unless all are asked for."""
    waiting = waiting_for(situation)
    shown = waiting[: MOST if everything else AT_ONCE]
    runs_it = situation.acting.can("see_private")
    return Desk(
        day=day_and_week(situation.today),
        greeting=_greeting(situation.acting.person, len(waiting)),
        lede=_lede(waiting),
        decisions=shown,
        others=len(waiting) - len(shown),
        alerts=alerts_for(situation),
        week=_week(situation),
        phases=phases_of(situation.network_counts) if runs_it else (),
        done=done_yesterday(situation.network_counts) if runs_it else (),
        entries=() if runs_it else entries_of(situation),
    )


def day_and_week(day: date) -> str:
    """Return the day with the number of its week: "Tuesday 7 April 2026, week 15"."""
    week = day.isocalendar().week
    return capfirst(_("%(day)s, week %(week)s") % {"day": nice_date(day, "year"), "week": week})


def _greeting(person: Person, count: int) -> str:
    # Whoever has just opened the first account has not been asked for a name yet.
    hello = _("Hello %(name)s") % {"name": person.get_short_name()} if person.name else _("Hello")
    if not count:
        return _("%(hello)s, nothing to decide today") % {"hello": hello}
    return ngettext(
        "%(hello)s, %(count)s thing to decide", "%(hello)s, %(count)s things to decide", count
    ) % {"hello": hello, "count": number(count)}


def _lede(waiting: Sequence[Decision]) -> str:
    late = sum(decision.hot for decision in waiting)
    if late:
        return ngettext("%(n)s is late.", "%(n)s are late.", late) % {"n": number(late)}
    return _("Nothing is late.") if waiting else ""


def _week(situation: Situation) -> list[AgendaLine]:
    return [
        AgendaLine(
            day=task.due_on,
            text=task.title,
            detail=str(task.assignee) if task.assignee else "",
        )
        for task in situation.tasks
        if task.due_on >= situation.monday
    ]
