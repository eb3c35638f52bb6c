"""The summary by mail: what is new for a person, every morning or on Monday morning."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, ngettext

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.days import said_day
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.notify.models import DigestPreference, Notification
from maillage.foundation.notify.notifications import Reader, notifications_for
from maillage.foundation.notify.sending import mail_person

MOST_LINES: Final = 20


def preference_of(person: Person) -> DigestPreference:
    """Return how often a person gets the summary, for that person; not saved when never chosen."""
    found = DigestPreference.objects.filter(person=person).first()
    return found or DigestPreference(person=person)


def set_frequency(*, person: Person, frequency: DigestFrequency) -> DigestPreference:
    """Choose how often a person gets the summary."""
    preference, _new = DigestPreference.objects.update_or_create(
        person=person, defaults={"frequency": DigestFrequency(frequency)}
    )
    return preference


def preference_by_token(token: UUID) -> DigestPreference | None:
    """Return the preference that a link of a summary leads to, for whoever holds the link."""
    return DigestPreference.objects.filter(token=token).select_related("person").first()


def send_digests(
    *,
    frequency: DigestFrequency,
    due: datetime,
    reader_of: Callable[[Person], Reader],
    list_path: str,
    stop_path: Callable[[UUID], str],
    checkpoint: Callable[[], None] = lambda: None,
) -> int:
    """Write the summaries due at a moment; return how many.

    Done again after a server was killed, it writes only those that are missing. `reader_of` says
    what each person may read today, `list_path` is the page of all messages, and `stop_path` gives
    the page that stops the summaries of one person.
    """
    _prepare()
    written = 0
    for preference in _due(frequency, due):
        checkpoint()
        written += _write(preference, due, reader_of, list_path, stop_path)
    return written


def _prepare() -> None:
    """Give a preference, hence a link that stops the summaries, to those who have none yet."""
    without = Person.objects.filter(is_active=True, digest_preference=None)
    DigestPreference.objects.bulk_create(
        (DigestPreference(person=person) for person in without), ignore_conflicts=True
    )


def _due(frequency: DigestFrequency, due: datetime) -> Iterator[DigestPreference]:
    fresh = Notification.objects.filter(person=OuterRef("person"), read_at=None, mailed_at=None)
    return (
        DigestPreference.objects.filter(
            Q(sent_at=None) | Q(sent_at__lt=due),
            Exists(fresh),
            frequency=frequency,
            person__is_active=True,
        )
        .select_related("person")
        .iterator()
    )


@transaction.atomic
def _write(
    preference: DigestPreference,
    due: datetime,
    reader_of: Callable[[Person], Reader],
    list_path: str,
    stop_path: Callable[[UUID], str],
) -> bool:
    claimed = DigestPreference.objects.filter(
        Q(sent_at=None) | Q(sent_at__lt=due), pk=preference.pk
    ).update(sent_at=now())
    if not claimed:
        return False
    person = preference.person
    fresh = list(
        notifications_for(reader_of(person)).filter(read_at=None, mailed_at=None).order_by("id")
    )
    if not fresh:
        return False
    stop = stop_path(preference.token)
    mail_person(
        email=person.email,
        language=person.language,
        subject=lambda: _subject(len(fresh)),
        text=lambda: _text(person, fresh),
        path=list_path,
        stop_path=stop,
    )
    Notification.objects.filter(pk__in=[one.pk for one in fresh]).update(mailed_at=now())
    return True


def _subject(count: int) -> str:
    return ngettext("%(count)s thing is new for you", "%(count)s things are new for you", count) % {
        "count": count
    }


def _text(person: Person, fresh: list[Notification]) -> str:
    lines = [gettext("Hello %(name)s,") % {"name": person.get_short_name()}, ""]
    lines.append(
        gettext("Here is what is new since your last summary, on %(day)s:")
        % {"day": said_day(localdate())}
    )
    lines.append("")
    for one in fresh[:MOST_LINES]:
        lines.append(f"- {one.title}")
        if one.body:
            lines.append(f"  {one.body}")
    left = len(fresh) - MOST_LINES
    if left > 0:
        more = ngettext("and %(count)s more.", "and %(count)s more.", left)
        lines += ["", more % {"count": left}]
    lines += ["", gettext("Read them here:")]
    return "\n".join(lines)
