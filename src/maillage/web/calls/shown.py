"""A call as its page shows it: who could come, why, what moves, what the law leaves; who cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.run.planning.calling.queries import Named
from maillage.run.planning.calling.wording import said_exclusion, said_hours
from maillage.run.planning.enums import CallCause, CallState, OfferState
from maillage.run.planning.models import Call, CallOffer
from maillage.web.ui.formats import metres, nice_date, number
from maillage.web.ui.shifts import span

OFFERS: Mapping[str, str] = {
    OfferState.PROPOSED: "watch",
    OfferState.ACCEPTED: "ok",
    OfferState.REFUSED: "plain",
    OfferState.OVERTAKEN: "plain",
    OfferState.WITHDRAWN: "plain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerShown:
    """One who could come; `offer` once they were asked."""

    rank: int
    name: str
    first_name: str
    worker_id: str
    phone: str
    why: str
    moves: tuple[str, ...]
    legal: tuple[tuple[str, str], ...]
    sentence: str
    offer: CallOffer | None = None
    offer_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """A call, ready to be read."""

    call: Call
    title: str
    cause: str
    answers: tuple[AnswerShown, ...]
    excluded: tuple[str, ...]
    to_sign: str
    rest: str
    asked: int
    said_no: int
    open: bool
    taker: str


def shown(call: Call, named: Named) -> CallShown:
    """Return a call as its page shows it; its offers are read with it."""
    offers = {str(offer.worker.public_id): offer for offer in call.offers.all()}
    kept = call.answers
    answers = [
        _answer(call, each, named, offers.get(each["worker_id"]))
        for each in kept.get("answers", ())
        if each["worker_id"] in named.workers
    ]
    taken = [one for one in offers.values() if one.state == OfferState.ACCEPTED]
    return CallShown(
        call=call,
        title=title_of(call),
        cause=cause_of(call),
        answers=tuple(answers),
        excluded=tuple(_excluded(kept, named)),
        to_sign=", ".join(
            named.workers[each].name for each in kept.get("to_sign", ()) if each in named.workers
        ),
        rest=_rest(kept),
        asked=len(offers),
        said_no=sum(one.state == OfferState.REFUSED for one in offers.values()),
        open=call.state == CallState.OPEN,
        taker=taken[0].worker.name if taken else "",
    )


def title_of(call: Call) -> str:
    """Return where, when and what a call is for."""
    slot = call.slot
    return _("%(firm)s, %(day)s, %(time)s: %(what)s") % {
        "firm": slot.organisation.name,
        "day": nice_date(slot.day),
        "time": span(slot.start_minute, slot.end_minute),
        "what": slot.occupation_label,
    }


def cause_of(call: Call) -> str:
    """Return why somebody is looked for."""
    if call.cause == CallCause.PEAK:
        return _("The firm asks for help.")
    if call.absence is None:
        return _("Somebody is away.")
    words = {"name": call.absence.worker.name, "said_by": call.absence.said_by}
    return _("%(name)s is away (said by %(said_by)s).") % words


def _answer(
    call: Call,
    each: Mapping[str, Any],
    named: Named,
    offer: CallOffer | None,
) -> AnswerShown:
    worker = named.workers[each["worker_id"]]
    first_name = worker.name.split()[0]
    slot = call.slot
    return AnswerShown(
        rank=each["rank"],
        name=worker.name,
        first_name=first_name,
        worker_id=each["worker_id"],
        phone=worker.phone,
        why=" ".join(_why(each)),
        moves=tuple(_moves(each, named)),
        legal=tuple(_legal(each)),
        sentence=_(
            "“Hello %(name)s, could you come to %(firm)s on %(day)s, %(time)s? You may say no: "
            "nothing is held against you.”"
        )
        % {
            "name": first_name,
            "firm": slot.organisation.name,
            "day": nice_date(slot.day),
            "time": span(slot.start_minute, slot.end_minute),
        },
        offer=offer,
        offer_kind=OFFERS[offer.state] if offer is not None else "",
    )


def _why(each: Mapping[str, Any]) -> Iterable[str]:
    if each["times"]:
        yield ngettext(
            "Knows the place: came %(n)s time in twelve weeks.",
            "Knows the place: came %(n)s times in twelve weeks.",
            each["times"],
        ) % {"n": number(each["times"])}
    elif each["knows_firm"]:
        yield _("Knows the place.")
    else:
        yield _("Has never worked there.")
    if each["metres"] is not None:
        yield _("Lives %(distance)s away.") % {"distance": metres(each["metres"])}
    if each["calls"]:
        yield ngettext(
            "%(n)s urgent call accepted for this month.",
            "%(n)s urgent calls accepted for this month.",
            each["calls"],
        ) % {"n": number(each["calls"])}
    else:
        yield _("No urgent call this month.")


def _moves(each: Mapping[str, Any], named: Named) -> Iterable[str]:
    for move in each["moves"]:
        slot, giver = named.slots.get(move["slot_id"]), named.workers.get(move["from_id"])
        taker = named.workers.get(move["to_id"])
        if slot is None or giver is None or taker is None:
            yield _("Something that is no longer planned: look again.")
            continue
        yield _("%(taker)s takes over from %(giver)s at %(firm)s, %(day)s, %(time)s.") % {
            "taker": taker.name,
            "giver": giver.name,
            "firm": slot.organisation.name,
            "day": nice_date(slot.day),
            "time": span(slot.start_minute, slot.end_minute),
        }
    words = {"before": said_hours(each["week_before"]), "after": said_hours(each["week_after"])}
    if not each["moves"]:
        yield _("Nothing else moves.")
    yield _("Their week goes from %(before)s to %(after)s.") % words


def _legal(each: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield what was checked, with the figure, the limit and its article."""
    names = ("daily_rest", "daily_maximum", "weekly_maximum")
    rest, day, week = (each["limits"].get(name) for name in names)
    if rest is not None:
        least = said_hours(rest[0])
        if each["rest"] is None:
            yield _("Rest of %(limit)s kept") % {"limit": least}, rest[1]
        else:
            words = {"figure": said_hours(each["rest"]), "limit": least}
            yield _("Rest of %(figure)s, %(limit)s at least") % words, rest[1]
    if day is not None:
        words = {"figure": said_hours(each["day_after"]), "limit": said_hours(day[0])}
        yield _("Day of %(figure)s, %(limit)s at most") % words, day[1]
    if week is not None:
        words = {"figure": said_hours(each["week_after"]), "limit": said_hours(week[0])}
        yield _("Week of %(figure)s, %(limit)s at most") % words, week[1]


def _excluded(kept: Mapping[str, Any], named: Named) -> Iterable[str]:
    for each in kept.get("excluded", ()):
        worker = named.workers.get(each["worker_id"])
        if worker is not None:
            yield said_exclusion(each, name=worker.name)


def _rest(kept: Mapping[str, Any]) -> str:
    """Return what is to be known of those who are not named."""
    said = []
    if kept.get("free"):
        said.append(
            ngettext("%(n)s other could come too.", "%(n)s others could come too.", kept["free"])
            % {"n": number(kept["free"])}
        )
    if kept.get("others"):
        said.append(
            ngettext(
                "%(n)s other has another occupation, or no agreement with this firm.",
                "%(n)s others have another occupation, or no agreement with this firm.",
                kept["others"],
            )
            % {"n": number(kept["others"])}
        )
    return " ".join(said)
