"""The record of one firm for the animator: where it stands, why, what holds it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.foundation.notify.models import Contact
from maillage.launch.mobilisation.cautions import slow_path_of
from maillage.launch.mobilisation.enums import ASIDE, ROAD, Stage
from maillage.launch.mobilisation.models import Approach, StagePassage
from maillage.launch.mobilisation.progress import usual_step
from maillage.launch.mobilisation.queries import (
    REASON_LASTS,
    ObstacleSaid,
    body_called,
    contacts_with_firm,
    motives_of,
    obstacles_of,
    passages_of,
    proposed_relay,
)
from maillage.web.mobilisation.reading import Followed, access_firm, visit_url
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.frame import modules_on
from maillage.web.ui.gates import in_network


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth doing about a firm, and where; `kind` as a note has them."""

    text: str
    kind: str = "watch"
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a firm."""

    firm: Followed
    obstacles: Sequence[ObstacleSaid]
    contacts: Sequence[Contact]


@require_safe
@in_network("manage_mobilisation")
def firm(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show where a firm stands, its motives, its obstacles, and what to do next."""
    found = access_firm(request, public_id, "mobilisation:firm")
    approach = found.approach
    obstacles = obstacles_of(approach) if approach is not None else []
    contacts = contacts_with_firm(request.network, found.organisation)
    read = Read(found, obstacles, contacts)
    stage, since = found.stage, found.since
    context: dict[str, Any] = {
        "network": request.network,
        "firm": found.organisation,
        "approach": approach,
        "obstacles": obstacles,
        "motives": motives_of(approach) if approach is not None else [],
        "stage": stage.label,
        "since": since,
        "days_here": (localdate() - since).days,
        "usual": usual_step(request.network, stage) if stage in ROAD[1:-1] else None,
        "next": _next(stage, member=found.member),
        "others": _others(stage, member=found.member),
        "hints": _hints(request, read),
        "history": _history(passages_of(approach)) if approach is not None else [],
        "asks_again": _asks_again(approach),
        **_relay(request, approach, contacts),
        "contacts_on": "contacts" in modules_on(request),
    }
    return render(request, "mobilisation/firm.html", context)


def _next(stage: Stage, *, member: bool) -> Stage | None:
    """Return the stage that usually follows; a member is proposed to be active."""
    if stage == Stage.ACTIVE:
        return None
    if member:
        return Stage.ACTIVE
    if stage in ASIDE:
        return None
    after = ROAD[ROAD.index(stage) + 1]
    return None if after == Stage.ACTIVE else after


def _others(stage: Stage, *, member: bool) -> list[Stage]:
    left_out = {stage, _next(stage, member=member)}
    if not member:
        left_out.add(Stage.ACTIVE)
    return [one for one in (*ROAD, *ASIDE) if one not in left_out]


def _hints(request: NetworkRequest, read: Read) -> list[Hint]:
    """Return what is worth doing now."""
    stage, member = read.firm.stage, read.firm.member
    here = [request.network.slug, read.firm.organisation.public_id]
    visit = visit_url(request, read.firm)
    hints = []
    if member and stage != Stage.ACTIVE:
        hints.append(Hint(_("It is a member: if it takes part, say that it is active."), "ok"))
    if stage == Stage.ACTIVE and not member:
        hints.append(Hint(_("It is no longer a member: say how far it is now.")))
    if stage == Stage.NOT_AWARE and not member:
        hints.append(
            Hint(
                _(
                    "Propose a visit first, to explain and to listen, without asking for anything: "
                    "a proposal that comes too early is refused."
                ),
                "",
                _("Write down a visit"),
                visit,
            )
        )
    path = slow_path_of(read.obstacles, read.contacts)
    if path is not None and not path.is_walked:
        told = f"{path.sentence()} {_('Do not ask for a commitment before.')}"
        hints.append(Hint(told, "watch", _("Write down a visit"), visit))
    if member and (read.firm.approach is None or not read.firm.approach.reason):
        reason = reverse("mobilisation:reason", args=here)
        hints.append(
            Hint(_("It does not say why it takes part."), "", _("Write its reason"), reason)
        )
    if stage == Stage.INTERESTED and not member:
        hints.append(
            Hint(
                _(
                    "Ask for one small commitment before membership: without it, it would enter "
                    "as an observer."
                ),
                "",
            )
        )
    return hints


def _asks_again(approach: Approach | None) -> bool:
    said_on = approach.reason_on if approach is not None else None
    return said_on is not None and said_on < localdate() - REASON_LASTS


def _history(passages: Sequence[StagePassage]) -> list[tuple[Any, ...]]:
    return [
        (
            one.on,
            Stage(one.to_stage).label,
            one.by_name or "",  # type: ignore[attr-defined]  # annotated
            one.get_code_display() if one.code else "",
            one.reason,
        )
        for one in passages
    ]


def _relay(
    request: NetworkRequest, approach: Approach | None, contacts: Sequence[Contact]
) -> dict[str, Any]:
    """Return the body to go through, and that which the log of contacts proposes."""
    known = approach.relay if approach is not None else None
    proposed = proposed_relay(request.network, contacts)
    if proposed is None or (known is not None and known.name == proposed.name):
        return {"relay": known, "proposed": None, "body": None}
    body = body_called(request.network, proposed.name)
    return {"relay": known, "proposed": proposed, "body": body}
