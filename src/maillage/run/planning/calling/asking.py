"""A firm asks for help at a peak; a call ends because nobody is needed, or nobody was found."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.run.planning.calling.declaring import moment_of
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.looking import look
from maillage.run.planning.calling.telling import said_slot, tell_firm, tell_planners, tell_worker
from maillage.run.planning.enums import CallCause, CallState, OfferState
from maillage.run.planning.models import Call, CallOffer, Slot
from maillage.run.planning.permissions import can_plan_work

FARTHEST: Final = timedelta(days=60)
LONGEST: Final = 12 * 60
MOST_OPEN: Final = 20  # requests of one firm that wait at once
URGENT: Final = 5  # importance, from 1 to 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """The help that a firm asks for: when, and for what occupation (ROME code and words)."""

    day: date
    start_minute: int
    end_minute: int
    occupation: str
    occupation_label: str
    level: int = 1


@transaction.atomic
def ask_help(
    *, acting: Acting, organisation: Organisation, wanted: Help, at: datetime | None = None
) -> Call:
    """Ask for somebody at once: a firm for itself, or whoever plans, for a firm on the telephone.

    Raises CallError.
    """
    network = acting.network
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    may = can_plan_work(acting) or (own and acting.can("ask_help"))
    if network is None or not may:
        raise PermissionDenied
    moment = at or now()
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    _refuse_impossible(organisation, wanted, moment)
    slot = Slot.objects.create(
        network=network,
        organisation=organisation,
        occupation=wanted.occupation,
        occupation_label=wanted.occupation_label,
        level=wanted.level,
        day=wanted.day,
        start_minute=wanted.start_minute,
        end_minute=wanted.end_minute,
        importance=URGENT,
        urgent=True,
    )
    call = Call.objects.create(
        network=network, slot=slot, cause=CallCause.PEAK, made_by_id=acting.person.public_id
    )
    record(
        actor_id=acting.person.public_id,
        act="ask_help",
        subject_type="Call",
        subject_id=call.public_id,
        network_id=network.public_id,
        after={"organisation": str(organisation.public_id), "day": wanted.day.isoformat()},
    )
    look([call], moment)

    def title() -> str:
        return _("%(firm)s asks for help: %(slot)s, %(what)s.") % {
            "firm": organisation.name,
            "slot": said_slot(slot),
            "what": slot.occupation_label,
        }

    tell_planners(
        network,
        title,
        path=f"/n/{network.slug}/calls/{call.public_id}/",
        about=organisation,
        but=acting.person.public_id,
    )
    return call


@transaction.atomic
def no_longer_needed(*, acting: Acting, call: Call) -> Call:
    """End a call because the firm needs nobody: one place less in its slot. Raises CallError."""
    kept = open_call(call)
    own = acting.firm is not None and acting.firm.pk == kept.slot.organisation_id
    if not can_plan_work(acting) and not (own and acting.can("ask_help")):
        raise PermissionDenied
    slot = Slot.objects.select_for_update(of=("self",)).get(pk=kept.slot_id)
    if slot.people > 1:
        slot.people -= 1
        slot.save(update_fields=["people"])
    else:
        slot.cancelled_at, slot.cancelled_why = now(), _("No longer needed")
        slot.save(update_fields=["cancelled_at", "cancelled_why"])
    return _settle(acting, kept, CallState.WITHDRAWN)


@transaction.atomic
def give_up(*, acting: Acting, call: Call, because: str) -> Call:
    """Say that nobody was found, and why: the firm reads the sentence. Raises CallError."""
    if not can_plan_work(acting) or acting.network != call.network:
        raise PermissionDenied
    reason = " ".join(because.split())[:300]
    if not reason:
        raise CallError(_("Say why in a sentence: the firm reads it."), "because")
    kept = open_call(call)
    kept.because = reason
    settled = _settle(acting, kept, CallState.UNANSWERED)

    def title() -> str:
        return _("Nobody was found for %(slot)s: %(why)s") % {
            "slot": said_slot(settled.slot),
            "why": reason,
        }

    tell_firm(settled.slot, title)
    return settled


@transaction.atomic
def look_again(*, acting: Acting, call: Call) -> Call:
    """Look again for who could come, on the plan as it stands now. Raises CallError."""
    if not can_plan_work(acting) or acting.network != call.network:
        raise PermissionDenied
    kept = open_call(call)
    look([kept])
    return kept


def open_call(call: Call) -> Call:
    """Return a call under lock; raises CallError when it has been settled meanwhile."""
    kept = (
        Call.objects.select_for_update(of=("self",))
        .select_related("network", "slot__organisation", "slot__network", "absence__worker")
        .get(pk=call.pk)
    )
    if kept.state != CallState.OPEN:
        raise CallError(_("This call has been settled in the meantime."))
    return kept


def withdraw_offers(call: Call) -> None:
    """Tell those who were asked and have not answered that they need not come."""
    waiting = CallOffer.objects.filter(call=call, state=OfferState.PROPOSED)
    for offer in waiting.select_related("worker__network"):
        offer.state = OfferState.WITHDRAWN
        offer.save(update_fields=["state"])

        def subject() -> str:
            return _("Nobody is needed any more: %(slot)s") % {"slot": said_slot(call.slot)}

        def text() -> str:
            return _("It is settled without you: nothing more is asked of you. Thank you.")

        tell_worker(offer.worker, subject, text)


def _settle(acting: Acting, call: Call, state: CallState) -> Call:
    call.state, call.settled_at = state, now()
    call.save(update_fields=["state", "settled_at", "because"])
    withdraw_offers(call)
    record(
        actor_id=acting.person.public_id,
        act="settle_call",
        subject_type="Call",
        subject_id=call.public_id,
        network_id=call.network.public_id,
        after={"state": state.value},
    )
    return call


def _refuse_impossible(organisation: Organisation, wanted: Help, moment: datetime) -> None:
    if wanted.end_minute <= wanted.start_minute:
        raise CallError(_("The end comes after the beginning."), "hours")
    if wanted.end_minute - wanted.start_minute > LONGEST:
        raise CallError(_("Ask for twelve hours at most; ask for two people otherwise."), "hours")
    if moment_of(wanted.day, wanted.end_minute) <= moment:
        raise CallError(_("This is past: choose a time to come."), "day")
    if wanted.day > localdate(moment) + FARTHEST:
        raise CallError(_("Ask for help within sixty days; later on it is a need."), "day")
    waiting = Call.objects.filter(
        slot__organisation=organisation, state=CallState.OPEN, cause=CallCause.PEAK
    )
    if waiting.count() >= MOST_OPEN:
        raise CallError(_("Twenty requests of yours wait already: telephone the network."))
