"""One shift, one gap: who could take it, giving it, taking it away."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from maillage.run.employment.models import Worker
from maillage.run.planning.filling import ways_to_fill
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Slot
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.placing import (
    Override,
    PlacementError,
    fix_assignment,
    move,
    place,
    take_away,
)
from maillage.web.planning.candidates import Candidate, candidates_for
from maillage.web.planning.reading import access_seat, access_slot
from maillage.web.planning.weeks import Week, length, times
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

LONGEST = 200


class Away(forms.Form):
    """Why somebody is taken out of a slot."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=LONGEST, required=False, help_text=""
    )


@require_safe
@in_network("see_plan")
def shift(request: NetworkRequest, shift_id: UUID) -> HttpResponse:
    """Show one shift of somebody, with what may be done about it."""
    seat = access_seat(shift_id)
    return render(request, "planning/shift.html", _shift_context(request, seat))


@require_POST
@in_network("plan_work")
def who_else(request: NetworkRequest, shift_id: UUID) -> HttpResponse:
    """Say who could take a shift instead; nothing is written."""
    seat = access_seat(shift_id)
    context = _shift_context(request, seat) | {
        "candidates": candidates_for(request.network, seat.slot, instead_of=seat),
        "asked": True,
        "to": reverse("planning:give", args=[request.network.slug, seat.public_id]),
    }
    page = (
        "planning/_candidates.html" if request.headers.get("HX-Request") else "planning/shift.html"
    )
    return render(request, page, context)


@require_POST
@in_network("plan_work")
def give(request: NetworkRequest, shift_id: UUID) -> HttpResponse:
    """Give a shift to somebody else."""
    seat = access_seat(shift_id)
    worker = _worker(request)
    try:
        new = move(
            acting=request.acting,
            assignment=seat,
            worker=worker,
            overrides=_overrides(request.POST),
        )
    except PlacementError as error:
        refused(request, str(error))
        if "next" in request.POST:
            return redirect(_board_as_it_was(request, seat.slot))
        return redirect("planning:shift", request.network.slug, seat.public_id)
    said(request, _("%(name)s takes this shift.") % {"name": worker.name})
    if "next" in request.POST:
        return redirect(_board_as_it_was(request, seat.slot))
    return redirect("planning:shift", request.network.slug, new.public_id)


@require_POST
@in_network("plan_work")
def remove(request: NetworkRequest, shift_id: UUID) -> HttpResponse:
    """Take somebody out of a slot, which then lacks them."""
    seat = access_seat(shift_id)
    try:
        take_away(
            acting=request.acting,
            assignment=seat,
            why=request.POST.get("why", "")[:LONGEST].strip(),
        )
    except PlacementError as error:
        refused(request, str(error))
        return redirect(_board(request, seat.slot))
    said(
        request,
        _("%(name)s no longer goes there.") % {"name": seat.worker.name},
        undo=f"{reverse('planning:place', args=[request.network.slug, seat.slot.public_id])}"
        f"?worker={seat.worker.public_id}",
    )
    return redirect("planning:gap", request.network.slug, seat.slot.public_id)


@require_POST
@in_network("plan_work")
def fix(request: NetworkRequest, shift_id: UUID) -> HttpResponse:
    """Keep a shift where it is whatever a search proposes, or let it be moved again."""
    seat = access_seat(shift_id)
    fix_assignment(acting=request.acting, assignment=seat, fixed=not seat.fixed)
    words = (
        _("A search may move this shift again.")
        if seat.fixed
        else _("This shift stays where it is, whatever a search proposes.")
    )
    said(request, words)
    return redirect("planning:shift", request.network.slug, seat.public_id)


@require_safe
@in_network("see_plan")
def gap(request: NetworkRequest, slot_id: UUID) -> HttpResponse:
    """Show a slot that lacks somebody, and who could come."""
    return render(request, "planning/gap.html", _gap_context(request, access_slot(slot_id)))


@require_POST
@in_network("plan_work")
def who_could(request: NetworkRequest, slot_id: UUID) -> HttpResponse:
    """Say who could take a slot; nothing is written."""
    slot = access_slot(slot_id)
    context = _gap_context(request, slot) | {
        "candidates": (candidates := candidates_for(request.network, slot)),
        "ways": () if any(one.possible for one in candidates) else ways_to_fill(slot),
        "asked": True,
        "to": reverse("planning:place", args=[request.network.slug, slot.public_id]),
    }
    page = "planning/_candidates.html" if request.headers.get("HX-Request") else "planning/gap.html"
    return render(request, page, context)


@require_POST
@in_network("plan_work")
def put(request: NetworkRequest, slot_id: UUID) -> HttpResponse:
    """Put somebody in a slot."""
    slot = access_slot(slot_id)
    worker = _worker(request)
    try:
        made = place(
            acting=request.acting, slot=slot, worker=worker, overrides=_overrides(request.POST)
        )
    except PlacementError as error:
        refused(request, str(error))
        if "next" in request.POST:
            return redirect(_board_as_it_was(request, slot))
        return redirect("planning:gap", request.network.slug, slot.public_id)
    said(request, _("%(name)s takes this slot.") % {"name": worker.name})
    if "next" in request.POST:
        return redirect(_board_as_it_was(request, slot))
    return redirect("planning:shift", request.network.slug, made.public_id)


@require_POST
@in_network("plan_work")
def answers(request: NetworkRequest, slot_id: UUID) -> JsonResponse:
    """Answer what law and charter say of each worker for a slot; nothing is written."""
    return _answers(candidates_for(request.network, access_slot(slot_id)))


@require_POST
@in_network("plan_work")
def shift_answers(request: NetworkRequest, shift_id: UUID) -> JsonResponse:
    """Answer what law and charter say of each worker for a shift; nothing is written."""
    seat = access_seat(shift_id)
    return _answers(candidates_for(request.network, seat.slot, instead_of=seat))


def _answers(candidates: list[Candidate]) -> JsonResponse:
    possible = sum(one.possible for one in candidates)
    summary = ngettext("%(n)d person could take it.", "%(n)d people could take it.", possible)
    people = {
        str(one.worker_id): {
            "may": "yes" if one.possible else "paper" if one.with_paper else "no",
            "why": " ".join((*one.blocks, *(each.text for each in one.papers))),
        }
        for one in candidates
    }
    return JsonResponse({"summary": summary % {"n": possible}, "people": people})


def _worker(request: NetworkRequest) -> Worker:
    """Return the worker a form names; 404 for none of the open network."""
    asked = request.POST.get("worker") or request.GET.get("worker", "")
    try:
        return Worker.objects.select_related("network").get(public_id=UUID(asked))
    except (ValueError, Worker.DoesNotExist):
        raise Http404 from None


def _overrides(data: QueryDict) -> list[Override]:
    """Return the documents and reasons given for rules that want a document."""
    return [
        Override(
            rule=rule,
            document=data.get(f"document-{rule}", "")[:LONGEST].strip(),
            reason=data.get(f"reason-{rule}", "")[:LONGEST].strip(),
        )
        for rule in data.getlist("rule")
    ]


def _shift_context(request: NetworkRequest, seat: Assignment) -> dict[str, object]:
    who = reverse("planning:who-else", args=[request.network.slug, seat.public_id])
    return _slot_context(request, seat.slot) | {"seat": seat, "form": Away(), "who_url": who}


def _gap_context(request: NetworkRequest, slot: Slot) -> dict[str, object]:
    who = reverse("planning:who-could", args=[request.network.slug, slot.public_id])
    return _slot_context(request, slot) | {"who_url": who}


def _slot_context(request: NetworkRequest, slot: Slot) -> dict[str, object]:
    return {
        "network": request.network,
        "asked": False,
        "slot": slot,
        "week": Week(monday_of(slot.day)),
        "hours": times(slot.start_minute, slot.end_minute),
        "lasts": length(slot.minutes),
        "plans": can_plan_work(request.acting),
    }


def _board(request: NetworkRequest, slot: Slot) -> str:
    page = reverse("planning:board", args=[request.network.slug])
    return f"{page}?week={Week(monday_of(slot.day)).key}"


def _board_as_it_was(request: NetworkRequest, slot: Slot) -> str:
    """Return the board that a form was sent from: its week, page, search and day."""
    sent = QueryDict(request.POST["next"])
    kept = QueryDict(mutable=True)
    kept.update({name: sent[name] for name in ("q", "page", "day") if sent.get(name)})
    board = _board(request, slot)
    return f"{board}&{kept.urlencode()}" if kept else board
