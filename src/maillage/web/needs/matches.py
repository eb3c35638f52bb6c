"""What may answer what a firm needs or offers: it reads why, and says yes or no, unnamed."""

from collections.abc import Callable, Container
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.enums import Level
from maillage.launch.needs.enums import CLOSED, MatchState, NeedKind, Topic
from maillage.launch.needs.matching_answers import MatchError, answer_match, take_back_answer
from maillage.launch.needs.matching_queries import (
    SeenMatch,
    agrees_to_be_proposed,
    matches_for,
    matches_of,
)
from maillage.launch.needs.models import Match
from maillage.launch.needs.permissions import can_answer_match
from maillage.launch.needs.queries import needs_of
from maillage.web.needs.matches_words import band, reasons_for_firm
from maillage.web.needs.reading import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

STAGES = ("asked", "waiting", "met", "closed")


@require_safe
@in_network("state_needs")
def matches(request: NetworkRequest) -> HttpResponse:
    """Show what may answer what one's own firm states, and who, once both said yes."""
    firm = own_firm(request)
    seen = matches_for(request.acting, firm)
    met = [one.met.organisation_id for one in seen if one.met is not None]
    known = directory_of(request.acting).several(met) if met else {}
    cards: dict[str, list[dict[str, object]]] = {stage: [] for stage in STAGES}
    for one in seen:
        cards["closed" if one.stage == "no" else one.stage].append(_card(one, known))
    stated = needs_of(firm).exclude(state__in=CLOSED)
    keeps = not agrees_to_be_proposed(firm) and stated.filter(level__lt=Level.MATCHED).exists()
    context = {"network": request.network, "cards": cards, "keeps_to_itself": keeps}
    return render(request, "needs/matches.html", context)


def _card(one: SeenMatch, known: Container[int]) -> dict[str, object]:
    need = one.own.kind == NeedKind.NEED
    who = (
        _("A firm offers something that may answer it.")
        if need
        else _("A firm needs something that it may answer.")
    )
    return {
        "id": one.public_id,
        "own": one.own.title,
        "need": need,
        "who": who,
        "topic": Topic(one.topic).label,
        "distance": band(one.metres),
        "reasons": reasons_for_firm(one),
        "on": one.said_at,
        "no": one.stage == "no",
        "met": one.met,
        "linked": one.met is not None and one.met.organisation_id in known,
    }


def _own_match(request: NetworkRequest, match_id: UUID) -> Match:
    found = matches_of(request.network).filter(public_id=match_id).first()
    if found is None or not can_answer_match(request.acting, found):
        raise Http404
    return found


def _act(
    request: NetworkRequest, match_id: UUID, act: Callable[[Match], Match], done: str
) -> HttpResponse:
    own_firm(request)
    undo = reverse("needs:match-back", args=[request.network.slug, match_id])
    try:
        kept = act(_own_match(request, match_id))
    except MatchError as error:
        refused(request, str(error))
    else:
        if kept.state == MatchState.BOTH:
            said(request, _("You both said yes: here is who it is."))
        else:
            said(request, done, undo=undo if kept.state != MatchState.PROPOSED else "")
    return redirect("needs:mine-matches", request.network.slug)


@require_POST
@in_network("state_needs")
def yes(request: NetworkRequest, match_id: UUID) -> HttpResponse:
    """Say yes: one's name is told once the other has said yes too."""

    def act(match: Match) -> Match:
        return answer_match(acting=request.acting, match=match, yes=True)

    return _act(request, match_id, act, _("Kept. Your name is told only if they say yes too."))


@require_POST
@in_network("state_needs")
def no(request: NetworkRequest, match_id: UUID) -> HttpResponse:
    """Say no: the other is told nothing of it."""

    def act(match: Match) -> Match:
        return answer_match(acting=request.acting, match=match, yes=False)

    return _act(request, match_id, act, _("Kept. The other firm is not told."))


@require_POST
@in_network("state_needs")
def back(request: NetworkRequest, match_id: UUID) -> HttpResponse:
    """Take back what one said."""

    def act(match: Match) -> Match:
        return take_back_answer(acting=request.acting, match=match)

    return _act(request, match_id, act, _("Taken back: you may answer again."))
