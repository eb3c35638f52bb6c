"""The deadlines of a group as a calendar (RFC 5545), by an address that only its readers hold.

It names no firm and no person: a calendar is read on telephones and in mail programs.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django_scopes import scopes_disabled
from icalendar import Alarm, Calendar, Event

from maillage.foundation.notify import bearer
from maillage.run.group.models import Deadline, EmployerGroup
from maillage.run.group.queries import deadlines_of
from maillage.run.group.rules import articles_in_words, in_words, rule_called

SALT: Final = "maillage.group.calendar"
MODULE: Final = "group"


def path_of(group: EmployerGroup) -> str:
    """Return the path of the calendar; another count of `group.link` makes it void."""
    return f"/g/{bearer.token_of(group.public_id, salt=SALT, kind=_kind(group))}.ics"


def opened_by(token: str) -> EmployerGroup | None:
    """Return the group whose calendar a token opens, None when it opens nothing."""
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        rows = EmployerGroup.objects.select_related("network__register")
        on = {"network__closed_on": None, "network__modules__key": MODULE}
        found = rows.filter(public_id=public_id, **on).first()
    if found is None or not bearer.is_proved(token, public_id, salt=SALT, kind=_kind(found)):
        return None
    return found


def _kind(group: EmployerGroup) -> str:
    return f"calendar {group.link}"


def calendar_of(group: EmployerGroup) -> bytes:
    """Return what is still to be done, each on its day, but what is about one firm. One query."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Employer group//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Deadlines of %(group)s") % {"group": group.name})
    for line in deadlines_of(group).filter(done_on=None, firm=None):
        calendar.add_component(_event(line))
    content: bytes = calendar.to_ical()
    return content


def _event(line: Deadline) -> Event:
    rule = rule_called(line.rule)
    event = Event()
    event.add("uid", f"{line.public_id}@maillage")
    event.add("dtstamp", _noon(line.due_on - timedelta(days=rule.lead_days)))
    event.add("dtstart", line.due_on)
    event.add("dtend", line.due_on + timedelta(days=1))
    event.add("summary", in_words(rule.title))
    why = {"why": in_words(rule.why), "article": articles_in_words(rule.article)}
    event.add("description", _("%(why)s (%(article)s)") % why)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", in_words(rule.title))
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event


def _noon(day: date) -> datetime:
    """Return a moment that does not change from one reading to the next."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
