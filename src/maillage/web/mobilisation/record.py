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

from maillage.foundation.accounts.models import Person
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.cautions import slow_path_of
from maillage.launch.mobilisation.enums import ASIDE, ROAD, ObstacleKind, Stage
from maillage.launch.mobilisation.models import Approach, StagePassage
from maillage.launch.mobilisation.progress import usual_step
from maillage.launch.mobilisation.queries import (
    REASON_LASTS,
    approach_of,
    body_called,
    contacts_with_firm,
    is_member,
    passages_of,
    proposed_relay,
)
from maillage.web.mobilisation.reading import access_firm
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


@require_safe
@in_network("manage_mobilisation")
def firm(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show where a firm stands, its motives, its obstacles, and what to do next."""
    found = access_firm(request, public_id, "mobilisation:firm")
    approach = approach_of(request.network, found)
    passages = passages_of(approach) if approach is not None else []
    stage = Stage(found.stage)  # type: ignore[attr-defined]  # annotated
    member = is_member(request.network, found)
    since = found.since  # type: ignore[attr-defined]  # same
    context: dict[str, Any] = {
        "network": request.network,
        "firm": found,
        "approach": approach,
        "stage": stage.label,
        "since": since,
        "days_here": (localdate() - since).days,
        "usual": usual_step(request.network, stage) if stage in ROAD[1:-1] else None,
        "next": _next(stage, member=member),
        "others": _others(stage, member=member),
        "hints": _hints(request, found, stage, approach, member=member),
        "history": _history(passages),
        "asks_again": _asks_again(approach),
        **_relay(request, found, approach),
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


def _hints(
    request: NetworkRequest,
    firm: Organisation,
    stage: Stage,
    approach: Approach | None,
    *,
    member: bool,
) -> list[Hint]:
    slug, here = request.network.slug, [request.network.slug, firm.public_id]
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
                reverse("mobilisation:move", args=[slug, firm.public_id, Stage.MET]),
            )
        )
    if approach is None:
        return hints
    past = any(
        one.kind == ObstacleKind.BAD_PAST and one.lifted_on is None
        for one in approach.obstacles.all()
    )
    path = slow_path_of(approach) if past else None
    if path is not None and not path.is_walked:
        hints.append(Hint(f"{path.sentence()} {_('Do not ask for a commitment before.')}"))
    if member and not approach.reason:
        hints.append(
            Hint(
                _("It does not say why it takes part."),
                "",
                _("Write its reason"),
                reverse("mobilisation:reason", args=here),
            )
        )
    if stage == Stage.INTERESTED and not approach.commitment:
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
    people = Person.objects.filter(public_id__in={one.by_id for one in passages if one.by_id})
    names = {person.public_id: str(person) for person in people} if passages else {}
    return [
        (
            one.on,
            Stage(one.to_stage).label,
            names.get(one.by_id, ""),
            one.get_code_display() if one.code else "",
            one.reason,
        )
        for one in passages
    ]


def _relay(
    request: NetworkRequest, firm: Organisation, approach: Approach | None
) -> dict[str, Any]:
    """Return the body to go through, and that which the log of contacts proposes."""
    contacts = contacts_with_firm(request.network, firm)
    known = approach.relay if approach is not None else None
    proposed = proposed_relay(request.network, contacts)
    if proposed is None or (known is not None and known.name == proposed.name):
        return {"relay": known, "proposed": None, "body": None}
    body = body_called(request.network, proposed.name)
    return {"relay": known, "proposed": proposed, "body": body}
