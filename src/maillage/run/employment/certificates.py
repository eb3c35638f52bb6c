"""Certificates, times elsewhere and papers of the workers: recorded, read, before they expire."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.bricks.agreements.refusals import AgreementError
from maillage.bricks.agreements.scans import media_type_of
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.vocabularies.folding import plain
from maillage.run.employment.enums import DocumentRule, WeeklyKind
from maillage.run.employment.models import (
    Authorisation,
    Certificate,
    LendingAgreement,
    WeeklyTime,
    Worker,
)
from maillage.run.employment.queries import in_force

SOON_DAYS: Final = 90
DAY_MINUTES: Final = 24 * 60

type Kept = Certificate | WeeklyTime | Authorisation


class RecordError(Exception):
    """Something that cannot be kept of a worker: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Expiring:
    """Certificates of one kind that expire soon: one shared course may renew them all."""

    title: str
    certificates: tuple[Certificate, ...]
    people: int
    firms: int

    @property
    def first(self) -> date | None:
        """The day on which the first one expires."""
        return min((one.expires_on for one in self.certificates if one.expires_on), default=None)


def expiring(network: Network, day: date, within: int = SOON_DAYS) -> list[Expiring]:
    """Return the certificates that expire within some days, or did, kind by kind. Two queries.

    One that its worker holds again, for longer, is left out. Those of most people come first.
    """
    until = day + timedelta(days=within)
    rows = Certificate.objects.filter(worker__network=network).exclude(expires_on=None)
    held: dict[tuple[int, str], list[Certificate]] = defaultdict(list)
    for one in rows.select_related("worker").order_by("expires_on", "id"):
        held[one.worker_id, plain(" ".join(one.title.split()))].append(one)
    kinds: dict[str, list[Certificate]] = defaultdict(list)
    for (_worker, kind), many in held.items():
        if (many[-1].expires_on or day) <= until:
            kinds[kind] += many
    firms = _firms_of({one.worker_id for many in kinds.values() for one in many}, day)
    found = [_group(many, firms) for many in kinds.values()]
    return sorted(found, key=lambda one: (-one.people, one.first or date.max, one.title))


def _group(certificates: list[Certificate], firms: dict[int, set[int]]) -> Expiring:
    people = {one.worker_id for one in certificates}
    there = {firm for worker in people for firm in firms.get(worker, ())}
    ordered = tuple(sorted(certificates, key=lambda one: (one.expires_on or date.max, one.pk)))
    return Expiring(ordered[0].title, ordered, len(people), len(there))


def _firms_of(workers: set[int], day: date) -> dict[int, set[int]]:
    rows = LendingAgreement.objects.filter(
        in_force(day, day), contract__worker__in=workers, signed_on__lte=day
    )
    firms: dict[int, set[int]] = defaultdict(set)
    for worker, firm in rows.values_list("contract__worker_id", "organisation_id"):
        firms[worker].add(firm)
    return firms


@transaction.atomic
def add_certificate(
    *, acting: Acting, worker: Worker, title: str, number: str = "", expires_on: date | None = None
) -> Certificate:
    """Write down a licence or certificate that a worker holds. Raises RecordError."""
    _refuse_strangers(acting, worker)
    title = " ".join(title.split())
    if not title:
        raise RecordError(_("Say which licence or certificate it is."), "title")
    kept = Certificate.objects.create(
        worker=worker, title=title, number=number.strip(), expires_on=expires_on
    )
    _trail(acting, "add", kept, worker, {"title": title})
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A time that comes back every week; minutes from midnight."""

    kind: WeeklyKind
    weekday: int
    start_minute: int
    end_minute: int
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def add_weekly_time(*, acting: Acting, worker: Worker, time: Weekly) -> WeeklyTime:
    """Write down a job elsewhere, or a time at which a worker is not available.

    Raises RecordError.
    """
    _refuse_strangers(acting, worker)
    if not 0 <= time.start_minute < time.end_minute <= DAY_MINUTES:
        raise RecordError(_("The end comes after the beginning, on the same day."), "end")
    if time.ends_on is not None and time.ends_on < time.starts_on:
        raise RecordError(_("The last day comes after the first one."), "ends_on")
    kept = WeeklyTime.objects.create(
        worker=worker,
        kind=time.kind,
        weekday=time.weekday,
        start_minute=time.start_minute,
        end_minute=time.end_minute,
        starts_on=time.starts_on,
        ends_on=time.ends_on,
    )
    _trail(acting, "add", kept, worker, {"weekday": time.weekday, "from": time.start_minute})
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that lifts a rule for a worker, from one day to another."""

    rule: DocumentRule
    title: str
    starts_on: date
    ends_on: date | None = None
    content: bytes = b""


@transaction.atomic
def add_authorisation(*, acting: Acting, worker: Worker, paper: Paper) -> Authorisation:
    """Keep a paper that lets a worker do what a rule forbids without it. Raises RecordError.

    The paper itself is asked for: without it the rule is not lifted.
    """
    _refuse_strangers(acting, worker)
    title = " ".join(paper.title.split())
    if not title:
        raise RecordError(_("Say which document it is."), "title")
    if paper.ends_on is not None and paper.ends_on < paper.starts_on:
        raise RecordError(_("The last day comes after the first one."), "ends_on")
    try:
        media_type = media_type_of(paper.content)
    except AgreementError as error:
        raise RecordError(str(error), "file") from error
    kept = Authorisation.objects.create(
        worker=worker,
        rule=paper.rule,
        title=title,
        starts_on=paper.starts_on,
        ends_on=paper.ends_on,
        media_type=media_type,
        content=paper.content,
        recorded_by_id=acting.person.public_id,
    )
    _trail(acting, "add", kept, worker, {"rule": paper.rule, "title": title})
    return kept


@transaction.atomic
def end_record(*, acting: Acting, worker: Worker, kept: Kept) -> None:
    """Let something kept of a worker hold no longer from today.

    A certificate goes; a time of the week or a paper keeps its past, so that what was planned under
    it stays explained, unless it had not begun.
    """
    _refuse_strangers(acting, worker)
    if kept.worker_id != worker.pk:
        raise PermissionDenied
    yesterday = localdate() - timedelta(days=1)
    _trail(acting, "end", kept, worker, {})
    if isinstance(kept, Certificate) or kept.starts_on > yesterday:
        kept.delete()
    elif kept.ends_on is None or kept.ends_on > yesterday:
        kept.ends_on = yesterday
        kept.save(update_fields=["ends_on"])


def worker_called(network: Network, public_id: UUID) -> Worker | None:
    """Return a worker of a network, None when there is none of that name; for its animator."""
    return Worker.objects.filter(network=network, public_id=public_id).first()


def _refuse_strangers(acting: Acting, worker: Worker) -> None:
    if acting.network != worker.network or not acting.can("manage_staff"):
        raise PermissionDenied


def _trail(acting: Acting, act: str, kept: Kept, worker: Worker, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type=type(kept).__name__,
        subject_id=kept.public_id,
        network_id=worker.network.public_id,
        after={"worker": str(worker.public_id), **after},
    )
