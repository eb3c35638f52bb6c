"""Linking two organisations, and ending a link."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.bricks.links.enums import SYMMETRICAL, LinkKind
from maillage.bricks.links.models import Link
from maillage.foundation.audit.actions import record
from maillage.foundation.organisations.models import Organisation

NOTE_LENGTH = 200


class LinkError(Exception):
    """Raised when a link is refused: the text is a sentence for people."""


@transaction.atomic
def link(
    *,
    source: Organisation,
    target: Organisation,
    kind: str,
    starts_on: date,
    note: str = "",
    ends_on: date | None = None,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Link:
    """Link two organisations from a day: `source` is, to `target`, what `kind` says.

    Raises LinkError when they are one and the same, or linked so already.
    """
    if kind not in LinkKind.values:
        raise LinkError(_("Choose what links them."))
    if source.pk == target.pk:
        raise LinkError(_("An organisation is not linked to itself: choose another one."))
    if ends_on is not None and ends_on < starts_on:
        raise LinkError(_("The last day comes before the first one."))
    if len(note) > NOTE_LENGTH:
        raise LinkError(_("This note is too long: 200 characters at most."))
    _refuse_twice(source, target, kind)
    made = Link(
        source=source, target=target, kind=kind, starts_on=starts_on, ends_on=ends_on, note=note
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise LinkError(_("They are linked so already.")) from error
    record(
        actor_id=actor_id,
        act="link",
        subject_type="link",
        subject_id=made.public_id,
        network_id=network_id,
        after={
            "kind": kind,
            "source": str(source.public_id),
            "target": str(target.public_id),
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat() if ends_on else None,
            "note": note,
        },
    )
    return made


def _refuse_twice(source: Organisation, target: Organisation, kind: str) -> None:
    """A symmetrical link is the same from both sides."""
    pair = Q(source=source, target=target)
    if kind in SYMMETRICAL:
        pair |= Q(source=target, target=source)
    if Link.objects.filter(pair, kind=kind, ends_on=None).exists():
        raise LinkError(_("They are linked so already."))


@transaction.atomic
def end_link(
    *, link: Link, day: date, actor_id: UUID | None, network_id: UUID | None = None
) -> None:
    """End a link: `day` is the last one it holds. Raises LinkError."""
    if day < link.starts_on:
        raise LinkError(_("The last day comes before the first one."))
    if day > localdate():
        raise LinkError(_("A link is ended once it is over: choose today or a past day."))
    _set_end(link, day, "end", actor_id, network_id)


@transaction.atomic
def resume_link(*, link: Link, actor_id: UUID | None, network_id: UUID | None = None) -> None:
    """Take the end of a link back; raises LinkError when there is a new one meanwhile."""
    _refuse_twice(link.source, link.target, link.kind)
    _set_end(link, None, "resume", actor_id, network_id)


def _set_end(
    link: Link, day: date | None, act: str, actor_id: UUID | None, network_id: UUID | None
) -> None:
    before = link.ends_on
    if before == day:
        return
    link.ends_on = day
    link.save(update_fields=["ends_on"])
    record(
        actor_id=actor_id,
        act=act,
        subject_type="link",
        subject_id=link.public_id,
        network_id=network_id,
        before={"ends_on": before.isoformat() if before else None},
        after={"ends_on": day.isoformat() if day else None},
    )
