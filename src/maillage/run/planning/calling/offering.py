"""A slot proposed to workers: the first who says yes has it; saying no has no consequence.

A yes is judged again under lock, with everything that has changed since: nobody is placed past a
rule because they were asked before it stood in the way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.bricks.indicators.queries import limit_of
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.run.employment.links import page_path
from maillage.run.employment.models import Worker
from maillage.run.planning.calling.asking import open_call, withdraw_offers
from maillage.run.planning.calling.declaring import moment_of
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.links import offer_path
from maillage.run.planning.calling.shifts import tell_again, untell
from maillage.run.planning.calling.telling import (
    said_slot,
    tell_firm,
    tell_planners,
    tell_worker,
)
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.fairness import URGENT_CALLS, at_the_cap
from maillage.run.planning.models import Call, CallOffer, Slot
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.placing import PlacementError, Step, carry_out

LONGEST_COUNT: Final = 32_767
LONGEST_REASON: Final = 200


@transaction.atomic
def propose(*, acting: Acting, call: Call, workers: Sequence[Worker]) -> list[CallOffer]:
    """Propose the slot of a call to one worker, or to several: the first yes has it.

    Raises CallError for whoever is not among the answers, said no before, or has had their share
    of urgent calls this month.
    """
    if not can_plan_work(acting) or acting.network != call.network:
        raise PermissionDenied
    kept = open_call(call)
    answers = {each["worker_id"]: each for each in kept.answers.get("answers", ())}
    known = {offer.worker_id: offer for offer in CallOffer.objects.filter(call=kept)}
    capped = at_the_cap(kept.network, kept.slot.day)
    made = []
    for worker in workers:
        answer = answers.get(str(worker.public_id))
        if answer is None:
            raise CallError(
                _("%(worker)s is not among those who could come: look again.") % {"worker": worker}
            )
        if worker.pk in capped:
            raise CallError(_at_the_cap(kept, worker))
        made.append(_proposed(kept, worker, answer, known.get(worker.pk)))
    for offer in made:
        record(
            actor_id=acting.person.public_id,
            act="propose",
            subject_type="CallOffer",
            subject_id=offer.public_id,
            network_id=kept.network.public_id,
            after={"worker": str(offer.worker.public_id), "call": str(kept.public_id)},
        )
        _ask(offer, kept.slot)
    return made


@transaction.atomic
def accept_offer(
    *, offer: CallOffer, acting: Acting | None = None, at: datetime | None = None
) -> CallOffer:
    """Say yes: the worker by their link, or whoever plans after a telephone call.

    The plan is judged again under lock. An offer that was overtaken comes back so, with nothing
    changed: it is no error of whoever said yes.
    """
    _refuse_strangers(offer, acting)
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("network", "slot__organisation", "slot__network", "absence__worker")
        .get(pk=offer.call_id)
    )
    kept = (
        CallOffer.objects.select_for_update(of=("self",)).select_related("worker").get(pk=offer.pk)
    )
    if kept.state == OfferState.ACCEPTED:
        return kept
    if kept.state == OfferState.REFUSED:
        raise CallError(_("You said no to this. Telephone whoever runs the network to come."))
    if moment_of(call.slot.day, call.slot.end_minute) <= (at or now()):
        raise CallError(_("It is over: nobody is needed there any more."))
    actor_id = acting.person.public_id if acting is not None else None
    steps = _steps(call, kept)
    why = _lost(call, kept, steps, actor_id)
    if why is not None:
        return _overtaken(kept, call, why, actor_id)
    moment = now()
    kept.state, kept.answered_at = OfferState.ACCEPTED, moment
    kept.save(update_fields=["state", "answered_at"])
    call.state, call.settled_at = CallState.ANSWERED, moment
    call.save(update_fields=["state", "settled_at"])
    withdraw_offers(call)
    _record_answer(kept, call, actor_id)
    _tell_everyone(kept, call, steps or (), actor_id)
    return kept


@transaction.atomic
def refuse_offer(*, offer: CallOffer, reason: str = "", acting: Acting | None = None) -> CallOffer:
    """Say no, with or without a reason: no ranking and no figure ever reads it."""
    _refuse_strangers(offer, acting)
    kept = (
        CallOffer.objects.select_for_update(of=("self",))
        .select_related(
            "worker", "call__network", "call__slot__organisation", "call__slot__network"
        )
        .get(pk=offer.pk)
    )
    if kept.state == OfferState.ACCEPTED:
        raise CallError(_("You said yes: telephone whoever runs the network if you cannot come."))
    if kept.state != OfferState.PROPOSED:
        return kept
    kept.state, kept.answered_at = OfferState.REFUSED, now()
    kept.reason = " ".join(reason.split())[:LONGEST_REASON]
    kept.save(update_fields=["state", "answered_at", "reason"])
    actor_id = acting.person.public_id if acting is not None else None
    _record_answer(kept, kept.call, actor_id)
    call = kept.call

    def title() -> str:
        words = {"name": kept.worker.name, "slot": said_slot(call.slot)}
        return _("%(name)s cannot come (%(slot)s). Ask somebody else.") % words

    if call.state == CallState.OPEN:
        path = f"/n/{call.network.slug}/calls/{call.public_id}/"
        tell_planners(call.network, title, path=path, but=actor_id)
    return kept


def _proposed(
    call: Call, worker: Worker, answer: dict[str, Any], known: CallOffer | None
) -> CallOffer:
    if known is None:
        return CallOffer.objects.create(
            call=call, worker=worker, rank=answer["rank"], moves=answer["moves"], why=answer
        )
    if known.state == OfferState.REFUSED:
        raise CallError(
            _("%(worker)s said no to this slot: nobody asks twice.") % {"worker": worker}
        )
    if known.state == OfferState.PROPOSED:
        raise CallError(_("%(worker)s has not answered yet.") % {"worker": worker})
    known.state, known.answered_at = OfferState.PROPOSED, None
    known.rank, known.moves, known.why = answer["rank"], answer["moves"], answer
    known.proposed_at = now()
    known.link = known.link % LONGEST_COUNT + 1
    known.save()
    return known


def _at_the_cap(call: Call, worker: Worker) -> str:
    limit = int(limit_of(call.network, URGENT_CALLS))
    return _(
        "%(worker)s has accepted %(limit)s urgent calls for that month already, as many as the "
        "members want for one person: ask somebody else."
    ) % {"worker": worker, "limit": limit}


def _steps(call: Call, offer: CallOffer) -> Sequence[Step] | None:
    """Return what a yes changes, None when one of the workers or slots is no longer there."""
    slots = {
        str(slot.public_id): slot
        for slot in Slot.objects.filter(
            network=call.network, public_id__in=[each["slot_id"] for each in offer.moves]
        ).select_related("organisation", "network")
    }
    names = {each[end] for each in offer.moves for end in ("from_id", "to_id")}
    workers = {
        str(worker.public_id): worker
        for worker in Worker.objects.filter(network=call.network, public_id__in=names)
    }
    steps = [Step(call.slot, offer.worker)]
    for each in offer.moves:
        slot, taker = slots.get(each["slot_id"]), workers.get(each["to_id"])
        giver = workers.get(each["from_id"])
        if slot is None or taker is None or giver is None:
            return None
        steps.append(Step(slot, taker, giver))
    return steps


def _lost(
    call: Call, offer: CallOffer, steps: Sequence[Step] | None, actor_id: UUID | None
) -> str | None:
    """Carry a yes out; return why it cannot be, None once it is done."""
    if call.state != CallState.OPEN or offer.state != OfferState.PROPOSED:
        return _("Somebody else said yes first, or nobody is needed any more.")
    if steps is None:
        return _("The plan has changed since.")
    people = {worker.pk for step in steps for worker in (step.worker, step.left_by) if worker}
    rows = Worker.objects.select_for_update().filter(pk__in=people)
    list(rows.order_by("pk").values_list("pk", flat=True))
    if offer.worker_id in at_the_cap(call.network, call.slot.day):
        return _at_the_cap(call, offer.worker)
    try:
        carry_out(network=call.network, actor_id=actor_id, steps=steps, why=_("Urgent call"))
    except PlacementError as error:
        return _in_the_way(error)
    return None


def _in_the_way(error: PlacementError) -> str:
    """Return why a yes is no longer possible: the articles in the way; no slot of anybody."""
    articles = dict.fromkeys(each.article for each in error.findings if each.article)
    if not articles:
        return _("The plan has changed since.")
    return _("The plan has changed since, and a rule stands in the way (%(articles)s).") % {
        "articles": ", ".join(articles)
    }


def _overtaken(offer: CallOffer, call: Call, why: str, actor_id: UUID | None) -> CallOffer:
    if offer.state != OfferState.PROPOSED:
        return offer
    offer.state, offer.answered_at = OfferState.OVERTAKEN, now()
    offer.save(update_fields=["state", "answered_at"])
    _record_answer(offer, call, actor_id)
    if call.state == CallState.OPEN:

        def title() -> str:
            words = {"name": offer.worker.name, "slot": said_slot(call.slot), "why": why}
            return _("%(name)s said yes for %(slot)s, too late: %(why)s") % words

        path = f"/n/{call.network.slug}/calls/{call.public_id}/"
        tell_planners(call.network, title, path=path, but=actor_id)
    return offer


def _tell_everyone(
    offer: CallOffer, call: Call, steps: Sequence[Step], actor_id: UUID | None
) -> None:
    """Tell the worker, those whose slots moved, the firms, whoever plans; keep the week in step."""
    worker, slot = offer.worker, call.slot
    tell_again(slot, worker, seen=True)
    _confirm(worker, slot)
    _tell_firm_who(slot, worker, actor_id)
    for step in steps[1:]:
        taker, giver = step.worker, step.left_by
        if taker is None or giver is None:
            continue
        untell([step.slot], giver)
        tell_again(step.slot, taker, seen=False)
        if giver != worker:
            _tell_left(giver, step.slot)
        _tell_moved(taker, step.slot)
        _tell_firm_who(step.slot, taker, actor_id)

    def title() -> str:
        words = {"name": worker.name, "firm": slot.organisation.name, "slot": said_slot(slot)}
        return _("%(name)s comes to %(firm)s, %(slot)s.") % words

    path = f"/n/{call.network.slug}/calls/{call.public_id}/"
    tell_planners(call.network, title, path=path, about=slot.organisation, but=actor_id)


def _ask(offer: CallOffer, slot: Slot) -> None:
    def subject() -> str:
        return _("Could you come? %(slot)s") % {"slot": said_slot(slot)}

    def text() -> str:
        return _(
            "%(firm)s needs somebody: %(slot)s, %(what)s.\n\n"
            "Open the link to say yes or no. You may say no: nothing is held against you, and no "
            "figure counts it."
        ) % {
            "firm": slot.organisation.name,
            "slot": said_slot(slot),
            "what": slot.occupation_label,
        }

    tell_worker(offer.worker, subject, text, offer_path(offer))


def _confirm(worker: Worker, slot: Slot) -> None:
    def subject() -> str:
        return _("Thank you: you come on %(slot)s") % {"slot": said_slot(slot)}

    def text() -> str:
        return _("%(firm)s expects you. The address is on your page.") % {
            "firm": slot.organisation.name
        }

    tell_worker(worker, subject, text, page_path(worker))


def _tell_moved(worker: Worker, slot: Slot) -> None:
    def subject() -> str:
        return _("Your week changes: %(slot)s") % {"slot": said_slot(slot)}

    def text() -> str:
        return _(
            "You come to %(firm)s, %(slot)s, in place of somebody who is needed elsewhere. "
            "If you cannot, telephone whoever runs the network."
        ) % {"firm": slot.organisation.name, "slot": said_slot(slot)}

    tell_worker(worker, subject, text, page_path(worker))


def _tell_left(worker: Worker, slot: Slot) -> None:
    def subject() -> str:
        return _("Your week changes: %(slot)s") % {"slot": said_slot(slot)}

    def text() -> str:
        return _("Somebody else goes to %(firm)s, %(slot)s: you are not expected there.") % {
            "firm": slot.organisation.name,
            "slot": said_slot(slot),
        }

    tell_worker(worker, subject, text, page_path(worker))


def _tell_firm_who(slot: Slot, worker: Worker, actor_id: UUID | None) -> None:
    def title() -> str:
        return _("%(name)s comes to you, %(slot)s.") % {
            "name": worker.name,
            "slot": said_slot(slot),
        }

    tell_firm(slot, title, but=actor_id)


def _record_answer(offer: CallOffer, call: Call, actor_id: UUID | None) -> None:
    record(
        actor_id=actor_id,
        act="answer_offer",
        subject_type="CallOffer",
        subject_id=offer.public_id,
        network_id=call.network.public_id,
        after={"state": str(offer.state)},
    )


def _refuse_strangers(offer: CallOffer, acting: Acting | None) -> None:
    """Let the holder of the link through, or whoever plans in the network."""
    if acting is None:
        return
    network_id = Call.objects.filter(pk=offer.call_id).values_list("network_id", flat=True).get()
    if not can_plan_work(acting) or acting.network is None or acting.network.pk != network_id:
        raise PermissionDenied
