"""Links of workers who are called: to answer a proposal, and to read their calendar elsewhere."""

from typing import Final

from django_scopes import scopes_disabled

from maillage.foundation.notify import bearer
from maillage.run.employment.models import Worker
from maillage.run.planning.models import CallOffer

OFFER: Final = "maillage.call-offer"
CALENDAR: Final = "maillage.worker-calendar"


def offer_path(offer: CallOffer) -> str:
    """Return the path where a worker answers a proposal; a new count of `link` makes it void."""
    token = bearer.token_of(offer.public_id, salt=OFFER, kind=f"offer {offer.link}")
    return f"/w/offer/{token}/"


def offer_of(token: str) -> CallOffer | None:
    """Return the proposal that a token opens, None when it opens nothing."""
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        related = ("worker", "call__slot__organisation", "call__network__register", "call__absence")
        found = (
            CallOffer.objects.filter(public_id=public_id, call__network__closed_on=None)
            .select_related(*related)
            .first()
        )
    kind = f"offer {found.link}" if found is not None else ""
    if found is None or not bearer.is_proved(token, public_id, salt=OFFER, kind=kind):
        return None
    return found


def calendar_path(worker: Worker) -> str:
    """Return the path of a worker's calendar feed; a new link to their pages makes it void."""
    token = bearer.token_of(worker.public_id, salt=CALENDAR, kind=f"calendar {worker.link}")
    return f"/w/calendar/{token}.ics"


def calendar_of(token: str) -> Worker | None:
    """Return the worker whose calendar a token opens, None when it opens nothing."""
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        found = (
            Worker.objects.filter(public_id=public_id, network__closed_on=None)
            .select_related("network__register")
            .first()
        )
    kind = f"calendar {found.link}" if found is not None else ""
    if found is None or not bearer.is_proved(token, public_id, salt=CALENDAR, kind=kind):
        return None
    return found
