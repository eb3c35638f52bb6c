"""Showing what a change would do to the plan before it is done: the act is tried, then confirmed.

What is shown is what the act itself answered in a trial that the database forgot, so that nothing
else can happen at the second click but for what changed in between.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from maillage.run.planning.models import Slot
from maillage.run.planning.settling import Effect, Gone, tried
from maillage.web.planning.weeks import Week, times
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date

CONFIRMED = "confirmed"
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", CONFIRMED}


@dataclass(frozen=True, slots=True)
class GoneShown:
    """Somebody who leaves a slot, or stays at another time, as the page says it."""

    who: str
    phone: str
    day: str
    says: str
    because: str
    week: str


def is_confirmed(request: NetworkRequest) -> bool:
    """Whether somebody has read what a change does, and wants it."""
    return request.POST.get(CONFIRMED) == "yes"


def effect_of[Result](act: Callable[[], Result]) -> Result:
    """Return what an act would answer; nothing is done."""
    return tried(act)


def confirm_page(
    request: NetworkRequest, *, title: str, submit: str, back: str, effect: Effect, lede: str = ""
) -> HttpResponse:
    """Show what a change would do; the button sends the same answers again, confirmed."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    context = {
        "network": request.network,
        "title": title,
        "lede": lede,
        "submit": submit,
        "back": back,
        "sent": sent,
        **effect_context(effect),
    }
    return render(request, "planning/confirm.html", context)


def effect_context(effect: Effect) -> dict[str, object]:
    """Return what `planning/_effect.html` says of an effect."""
    return {
        "gone": shown(effect.gone),
        "told": shown(effect.told),
        "moved": shown(effect.moved),
        "touched": effect.slots,
        "to_fill": effect.to_fill,
    }


def shown(rows: Sequence[Gone]) -> list[GoneShown]:
    """Return people and slots as the pages say them."""
    return [
        GoneShown(
            who=row.worker.name,
            phone=row.worker.phone,
            day=nice_date(row.slot.day),
            says=_where(row.slot),
            because=row.because,
            week=Week(row.slot.day).key,
        )
        for row in rows
    ]


def _where(slot: Slot) -> str:
    return f"{slot.organisation.name}, {times(slot.start_minute, slot.end_minute)}"
