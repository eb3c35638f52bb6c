"""Writing down why a firm takes part, who introduced it, what it wants and what holds it back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.actions.guarding import (
    MobilisationError,
    held_approach,
    network_of,
    possible_day,
    tidy,
)
from maillage.launch.mobilisation.countermeasures import Countermeasure, proposed_against
from maillage.launch.mobilisation.enums import AttemptResult, MotiveKind, ObstacleKind
from maillage.launch.mobilisation.models import Approach, Attempt, Motive, Obstacle
from maillage.launch.mobilisation.permissions import can_give_reason_of
from maillage.launch.mobilisation.queries import possible_relays

LONGEST_REASON = 200
LONGEST_WORDS = 300


@transaction.atomic
def say_reason(*, acting: Acting, organisation: Organisation, reason: str) -> Approach:
    """Say in one sentence why a firm takes part; the same sentence again is dated of today.

    Its own people may, and whoever follows it. Nothing said takes the sentence back.
    """
    if acting.network is None or not can_give_reason_of(acting, organisation):
        raise PermissionDenied
    approach = held_approach(acting.network, organisation)
    before = _reason_values(approach)
    approach.reason = tidy(reason, LONGEST_REASON)
    approach.reason_on = localdate() if approach.reason else None
    approach.save(update_fields=["reason", "reason_on"])
    trail(acting, "say-reason", approach, before=before, after=_reason_values(approach))
    return approach


@transaction.atomic
def name_relay(
    *, acting: Acting, organisation: Organisation, relay: Organisation | None
) -> Approach:
    """Say which body introduced a firm, or that none did."""
    network = network_of(acting)
    approach = held_approach(network, organisation)
    known = possible_relays(network, organisation)
    if relay is not None and not known.filter(pk=relay.pk).exists():
        raise MobilisationError(_("Choose an outside body of the directory."), "relay")
    before = {"relay": _named(approach.relay)}
    approach.relay = relay
    approach.save(update_fields=["relay"])
    trail(acting, "name-relay", approach, before=before, after={"relay": _named(relay)})
    return approach


@transaction.atomic
def note_motive(
    *, acting: Acting, organisation: Organisation, kind: str, words: str = "", main: bool = False
) -> Motive:
    """Write down why a firm would take part; the same motive again replaces its words.

    The main motive takes the place of the one before it.
    """
    network = network_of(acting)
    if kind not in MotiveKind.values:
        raise MobilisationError(_("Choose a motive."), "kind")
    words = tidy(words, LONGEST_WORDS)
    if kind == MotiveKind.OTHER and not words:
        raise MobilisationError(_("Say it in a few words."), "words")
    approach = held_approach(network, organisation)
    if main:
        approach.motives.exclude(kind=kind).update(is_main=False)
    known = approach.motives.filter(kind=kind).first()
    before = {"words": known.words, "main": known.is_main} if known is not None else {}
    motive, _new = Motive.objects.update_or_create(
        approach=approach,
        kind=kind,
        defaults={"words": words, "is_main": main, "noted_on": localdate()},
    )
    after = {"motive": kind, "words": words, "main": main}
    trail(acting, "note-motive", approach, before=before, after=after)
    return motive


@transaction.atomic
def drop_motive(*, acting: Acting, organisation: Organisation, kind: str) -> None:
    """Take a motive away: it was written by mistake, or is no longer one."""
    approach = held_approach(network_of(acting), organisation)
    motive = approach.motives.filter(kind=kind).first()
    if motive is None:
        raise MobilisationError(_("This motive is no longer there."))
    trail(acting, "drop-motive", approach, before={"motive": kind, "words": motive.words})
    motive.delete()


@transaction.atomic
def note_obstacle(
    *, acting: Acting, organisation: Organisation, kind: str, words: str = ""
) -> Obstacle:
    """Write down what holds a firm back; while it still does, the words are replaced."""
    network = network_of(acting)
    if kind not in ObstacleKind.values:
        raise MobilisationError(_("Choose an obstacle."), "kind")
    words = tidy(words, LONGEST_WORDS)
    if kind == ObstacleKind.OTHER and not words:
        raise MobilisationError(_("Say it in a few words."), "words")
    approach = held_approach(network, organisation)
    known = approach.obstacles.filter(kind=kind, lifted_on=None).first()
    if known is None or kind == ObstacleKind.OTHER:
        known = Obstacle(approach=approach, kind=kind, noted_on=localdate())
    before = {"words": known.words}
    known.words = words
    known.save()
    after = {"obstacle": kind, "words": words}
    trail(acting, "note-obstacle", approach, before=before, after=after)
    return known


@transaction.atomic
def drop_obstacle(*, acting: Acting, obstacle: Obstacle) -> None:
    """Take an obstacle away that was written by mistake; one that was worked on stays."""
    network = network_of(acting)
    approach = held_approach(network, obstacle.approach.organisation)
    kept = approach.obstacles.filter(pk=obstacle.pk).first()
    if kept is None:
        raise MobilisationError(_("This obstacle is no longer there."))
    if kept.attempts.exists():
        raise MobilisationError(_("Something was tried against it: record what came of it."))
    trail(acting, "drop-obstacle", approach, before={"obstacle": kept.kind, "words": kept.words})
    kept.delete()


@transaction.atomic
def try_against(
    *,
    acting: Acting,
    obstacle: Obstacle,
    countermeasure: str,
    detail: str = "",
    tried_on: date | None = None,
) -> Attempt:
    """Write down what was tried against an obstacle; its result comes later."""
    kept = _held_obstacle(acting, obstacle)
    if kept.lifted_on is not None:
        raise MobilisationError(_("This obstacle is lifted: note it again if it is back."))
    if countermeasure not in proposed_against(kept.kind):
        raise MobilisationError(_("Choose what was tried."), "countermeasure")
    detail = tidy(detail, LONGEST_WORDS)
    if countermeasure == Countermeasure.OTHER and not detail:
        raise MobilisationError(_("Say it in a few words."), "detail")
    day = possible_day(tried_on, field="tried_on")
    attempt = Attempt.objects.create(
        obstacle=kept, countermeasure=countermeasure, detail=detail, tried_on=day
    )
    after = {"obstacle": kept.kind, "tried": countermeasure, "on": day.isoformat()}
    trail(acting, "try", kept.approach, after=after)
    return attempt


@transaction.atomic
def record_result(
    *, acting: Acting, attempt: Attempt, result: str, result_on: date | None = None
) -> Attempt:
    """Write down what came of a countermeasure; an obstacle lifted holds the firm back no more.

    A result may be corrected: the obstacle is there again when nothing lifted it after all.
    """
    obstacle = _held_obstacle(acting, attempt.obstacle)
    kept = Attempt.objects.get(pk=attempt.pk)
    if result not in AttemptResult.values:
        raise MobilisationError(_("Choose the result."), "result")
    before = {"result": kept.result}
    kept.result, kept.result_on = result, None
    if result != AttemptResult.NONE_YET:
        earliest = max(kept.tried_on, obstacle.noted_on) if result == AttemptResult.LIFTED else None
        kept.result_on = possible_day(
            result_on, not_before=earliest or kept.tried_on, field="result_on"
        )
    kept.save(update_fields=["result", "result_on"])
    _settle(obstacle)
    after = {"obstacle": obstacle.kind, "tried": kept.countermeasure, "result": result}
    trail(acting, "record-result", obstacle.approach, before=before, after=after)
    return kept


def _held_obstacle(acting: Acting, obstacle: Obstacle) -> Obstacle:
    network = network_of(acting)
    approach = held_approach(network, obstacle.approach.organisation)
    kept = Obstacle.objects.filter(approach=approach, pk=obstacle.pk).first()
    if kept is None:
        raise MobilisationError(_("This obstacle is no longer there."))
    return kept


def _settle(obstacle: Obstacle) -> None:
    """Let an obstacle be lifted on the first day something lifted it, or be there again."""
    lifted = obstacle.attempts.filter(result=AttemptResult.LIFTED).order_by("result_on").first()
    lifted_on = lifted.result_on if lifted is not None else None
    if lifted_on is None and obstacle.lifted_on is not None and _is_back(obstacle):
        raise MobilisationError(
            _("It was noted again since: record what came of that one instead."), "result"
        )
    obstacle.lifted_on = lifted_on
    obstacle.save(update_fields=["lifted_on"])


def _is_back(obstacle: Obstacle) -> bool:
    same = Obstacle.objects.filter(approach=obstacle.approach, kind=obstacle.kind, lifted_on=None)
    return obstacle.kind != ObstacleKind.OTHER and same.exclude(pk=obstacle.pk).exists()


def _reason_values(approach: Approach) -> dict[str, object]:
    said_on = approach.reason_on
    return {"reason": approach.reason, "reason_on": said_on.isoformat() if said_on else None}


def _named(organisation: Organisation | None) -> str | None:
    return str(organisation.public_id) if organisation is not None else None
