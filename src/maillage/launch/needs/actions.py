"""Stating a need or an offer, changing its words, moving it from a state to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.organisations.models import Organisation, Territory
from maillage.foundation.visibility.enums import Level
from maillage.launch.needs.enums import (
    BEGINNINGS,
    CLOSED,
    MOVES,
    NeedKind,
    NeedState,
    Topic,
    needs_reason,
)
from maillage.launch.needs.hours import are_possible
from maillage.launch.needs.matching import propose_for
from maillage.launch.needs.models import Need, NeedPassage
from maillage.launch.needs.permissions import can_manage_needs, can_state_needs_of

LONGEST_REASON = 200
BATCH = 500


class NeedError(Exception):
    """Something that cannot be done with a need: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class NeedChangedError(NeedError):
    """Somebody else changed the need meanwhile: `now` is what it has become."""

    def __init__(self, now: Need) -> None:
        super().__init__(
            _("Somebody changed this meanwhile. Compare with what is kept now, then keep yours.")
        )
        self.now = now


class Stated(TypedDict):
    """What a statement holds; the rest is optional."""

    kind: str
    topic: str
    title: str
    detail: NotRequired[str]
    occupation: NotRequired[str]
    occupation_label: NotRequired[str]
    half_hours: NotRequired[Sequence[int]]
    strength: NotRequired[int]
    territory: NotRequired[Territory | None]
    sector: NotRequired[str]
    job_category: NotRequired[str]
    public: NotRequired[str]
    state: NotRequired[NeedState]
    level: NotRequired[Level]


@transaction.atomic
def state_need(
    *,
    network: Network,
    organisation: Organisation,
    acting: Acting | None = None,
    actor_id: UUID | None = None,
    came_from: UUID | None = None,
    **stated: Unpack[Stated],
) -> Need:
    """State what a firm needs or offers; the same answer to a survey states it once.

    Somebody in the network is `acting`; without them (an answer by a personal link) the caller has
    checked who speaks, and `actor_id` says it when it is known. Raises NeedError.
    """
    if acting is not None:
        _refuse_strangers(acting, network, organisation)
        actor_id = acting.person.public_id
    half_hours = list(stated.get("half_hours", ()))
    words = {name: _tidy(one) if isinstance(one, str) else one for name, one in stated.items()}
    words |= {"half_hours": half_hours, "detail": stated.get("detail", "").strip()}
    need = Need(network=network, organisation=organisation, came_from=came_from, **words)
    _refuse_impossible(need)
    try:
        with transaction.atomic():
            need.save()
    except IntegrityError:
        said = {"kind": need.kind, "topic": need.topic, "title": need.title}
        before = Need.objects.filter(came_from=came_from, **said).first() if came_from else None
        if before is None:
            raise
        return before
    NeedPassage.objects.create(need=need, to_state=need.state, on=localdate(), by_id=actor_id)
    _trail(actor_id, "state", need, after={"title": need.title, "state": need.state})
    propose_for(need)
    return need


@dataclass(frozen=True, slots=True)
class SaidNeed:
    """A job that an answer to a survey names, with its half-hours a week by month."""

    title: str
    half_hours: tuple[int, ...]
    occupation: str = ""


@transaction.atomic
def restate_needs(
    *,
    network: Network,
    organisation: Organisation,
    came_from: UUID,
    stated: Sequence[SaidNeed],
    state: NeedState,
    actor_id: UUID | None,
) -> None:
    """State the needs of staff of an answer; when it was corrected, the needs follow.

    What the answer no longer says is dropped, unless it is being served already. Raises NeedError.
    """
    rows = Need.objects.select_for_update().filter(came_from=came_from, topic=Topic.STAFF)
    known = {need.title: need for need in rows}
    for one in stated:
        need = known.pop(_tidy(one.title), None)
        if need is None:
            state_need(
                network=network,
                organisation=organisation,
                actor_id=actor_id,
                came_from=came_from,
                kind=NeedKind.NEED,
                topic=Topic.STAFF,
                title=one.title,
                occupation=one.occupation,
                occupation_label=_tidy(one.title),
                half_hours=one.half_hours,
                state=state,
            )
        elif need.state in BEGINNINGS and need.half_hours != list(one.half_hours):
            before, need.half_hours = need.half_hours, list(one.half_hours)
            need.version += 1
            need.save(update_fields=["half_hours", "version"])
            hours = {"half_hours": before}, {"half_hours": need.half_hours}
            _trail(actor_id, "change", need, before=hours[0], after=hours[1])
    for need in known.values():
        if need.state in BEGINNINGS:
            _drop(need, actor_id, _("The firm corrected its answers."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """Needs of staff that one answer speaks of, for `state_harvest`."""

    organisation_id: int
    came_from: UUID
    stated: Sequence[SaidNeed]
    state: NeedState
    on: date
    by_id: UUID | None


@transaction.atomic
def state_harvest(*, network: Network, harvests: Iterable[Harvest]) -> list[Need]:
    """State the needs of many answers at once, as an import brings them; return the needs.

    Answers that said them before must not be given again. Raises NeedError for impossible hours.
    """
    rows = [(one, said) for one in harvests for said in one.stated]
    for _one, said in rows:
        _refuse_hours(said.half_hours)
    needs = Need.objects.bulk_create(
        (
            Need(
                network=network,
                organisation_id=one.organisation_id,
                came_from=one.came_from,
                kind=NeedKind.NEED,
                topic=Topic.STAFF,
                title=_tidy(said.title),
                occupation=said.occupation,
                occupation_label=_tidy(said.title),
                half_hours=list(said.half_hours),
                state=one.state,
            )
            for one, said in rows
        ),
        batch_size=BATCH,
    )
    NeedPassage.objects.bulk_create(
        (
            NeedPassage(need=need, to_state=need.state, on=one.on, by_id=one.by_id)
            for need, (one, _said) in zip(needs, rows, strict=True)
        ),
        batch_size=BATCH,
    )
    return needs


@transaction.atomic
def forget_harvest(*, network: Network, came_from: Iterable[UUID]) -> int:
    """Take back the needs of answers that are undone, but those touched since; return how many."""
    rows = Need.objects.filter(network=network, came_from__in=list(came_from), version=1)
    gone = rows.filter(state__in=BEGINNINGS)
    count = gone.count()
    gone.delete()
    return count


def _drop(need: Need, by_id: UUID | None, reason: str) -> None:
    before, need.state = need.state, NeedState.DROPPED
    need.version += 1
    need.save(update_fields=["state", "version"])
    NeedPassage.objects.create(
        need=need,
        from_state=before,
        to_state=need.state,
        on=localdate(),
        by_id=by_id,
        reason=reason,
    )
    _trail(by_id, "move", need, before={"state": before}, after={"state": need.state})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What may be changed of a need once it is stated."""

    topic: str
    title: str
    detail: str
    occupation: str
    occupation_label: str
    half_hours: tuple[int, ...]
    strength: int
    territory: Territory | None
    sector: str
    job_category: str
    public: str


@transaction.atomic
def change_need(*, acting: Acting, need: Need, version: int, words: Words) -> Need:
    """Change what a need says; `version` is the one that was read.

    Raises NeedChangedError when somebody changed it meanwhile, NeedError.
    """
    _refuse_strangers(acting, need.network, need.organisation)
    kept = Need.objects.select_for_update(of=("self",)).select_related("territory").get(pk=need.pk)
    if kept.version != version:
        raise NeedChangedError(kept)
    _refuse_hours(words.half_hours)
    said = {one.name: getattr(words, one.name) for one in fields(words)}
    wanted = {name: _tidy(one) if isinstance(one, str) else one for name, one in said.items()}
    wanted |= {"half_hours": list(words.half_hours), "detail": words.detail.strip()}
    if not wanted["title"]:
        raise NeedError(_("Say what it is, in a few words."), "title")
    touched = [field for field, value in wanted.items() if getattr(kept, field) != value]
    if not touched:
        return kept
    before = {field: _in_trail(getattr(kept, field)) for field in touched}
    for field in touched:
        setattr(kept, field, wanted[field])
    kept.version += 1
    kept.save(update_fields=[*touched, "version"])
    after = {field: _in_trail(wanted[field]) for field in touched}
    _trail(acting.person.public_id, "change", kept, before=before, after=after)
    propose_for(kept)
    return kept


@transaction.atomic
def move_need(*, acting: Acting, need: Need, to: NeedState, reason: str = "") -> Need:
    """Move a need to another state, by `MOVES`; a step back or giving up says why.

    The animator moves every need; a firm may withdraw its own. Raises NeedError.
    """
    own = can_state_needs_of(acting, need.organisation) and to == NeedState.DROPPED
    if acting.network != need.network or not (can_manage_needs(acting) or own):
        raise PermissionDenied
    kept = Need.objects.select_for_update().get(pk=need.pk)
    state = NeedState(kept.state)
    if to not in MOVES[state]:
        words = {"state": state.label, "to": to.label}
        raise NeedError(_("From “%(state)s”, this cannot go to “%(to)s”.") % words, "to")
    reason = _tidy(reason)[:LONGEST_REASON]
    if needs_reason(state, to) and not reason:
        raise NeedError(_("Say why, in a few words: it is kept with the date."), "reason")
    kept.state = to
    kept.version += 1
    kept.save(update_fields=["state", "version"])
    by_id = acting.person.public_id
    NeedPassage.objects.create(
        need=kept, from_state=state, to_state=to, on=localdate(), by_id=by_id, reason=reason
    )
    _trail(by_id, "move", kept, before={"state": state}, after={"state": to})
    return kept


def commit_needs(*, needs: Sequence[Need], by_id: UUID | None, reason: str) -> None:
    """Move needs to "being served", inside the act that serves them; closed ones stay closed.

    The road is not walked step by step: what serves a need says all that came before.
    """
    for need in Need.objects.select_for_update().filter(pk__in=[one.pk for one in needs]):
        if need.state in CLOSED or need.state == NeedState.COMMITTED:
            continue
        before, need.state = need.state, NeedState.COMMITTED
        need.version += 1
        need.save(update_fields=["state", "version"])
        NeedPassage.objects.create(
            need=need,
            from_state=before,
            to_state=need.state,
            on=localdate(),
            by_id=by_id,
            reason=_tidy(reason)[:LONGEST_REASON],
        )
        _trail(by_id, "move", need, before={"state": before}, after={"state": need.state})


@transaction.atomic
def set_need_level(*, acting: Acting, need: Need, level: Level) -> Need:
    """Choose who sees a need; it holds at once, everywhere."""
    _refuse_strangers(acting, need.network, need.organisation)
    kept = Need.objects.select_for_update().get(pk=need.pk)
    before = {"level": int(kept.level)}
    kept.level = level
    kept.save(update_fields=["level"])
    after = {"level": int(level)}
    _trail(acting.person.public_id, "show", kept, before=before, after=after)
    return kept


def _refuse_strangers(acting: Acting, network: Network, organisation: Organisation) -> None:
    if acting.network != network or not can_state_needs_of(acting, organisation):
        raise PermissionDenied


def _refuse_impossible(need: Need) -> None:
    if need.organisation.closed_on is not None:
        raise NeedError(_("This firm is closed: it states no need."))
    listed = Membership.objects.filter(network=need.network, organisation=need.organisation)
    if not listed.exists():
        raise NeedError(_("This firm is not in the directory of the network."))
    if not need.title:
        raise NeedError(_("Say what it is, in a few words."), "title")
    if need.state not in BEGINNINGS:
        raise NeedError(_("A need begins as felt, made precise or asked for."), "state")
    _refuse_hours(need.half_hours)


def _refuse_hours(half_hours: Sequence[int]) -> None:
    if not are_possible(half_hours):
        raise NeedError(_("Hours a week go from 0 to 168, for each of the twelve months."), "hours")


def _in_trail(value: object) -> object:
    return str(value.public_id) if isinstance(value, Territory) else value


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _trail(
    actor_id: UUID | None,
    act: str,
    need: Need,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="Need",
        subject_id=need.public_id,
        network_id=need.network.public_id,
        before=before,
        after=after,
    )
