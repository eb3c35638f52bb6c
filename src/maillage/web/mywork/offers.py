"""A worker answers a proposal by its link: yes, or no without consequence."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_scopes import scope

from maillage.foundation.organisations.models import Site
from maillage.run.employment.links import page_path
from maillage.run.planning.calling.declaring import moment_of
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.links import offer_of
from maillage.run.planning.calling.offering import accept_offer, refuse_offer
from maillage.run.planning.calling.wording import said_hours
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.models import CallOffer
from maillage.web.mywork.forms import OfferForm
from maillage.web.mywork.opening import closed
from maillage.web.mywork.reading import map_of
from maillage.web.ui.by_link import as_nobody, kept_quiet
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.shifts import span

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what is proposed, and take the answer."""
    as_nobody(request)
    offer = offer_of(token)
    if offer is None:
        return kept_quiet(closed(request))
    network = offer.call.network
    with scope(network=network, register=network.register):
        return kept_quiet(_page(request, offer))


def _page(request: HttpRequest, offer: CallOffer) -> HttpResponseBase:
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["answer"] == "yes":
                accept_offer(offer=offer)
            else:
                refuse_offer(offer=offer, reason=form.cleaned_data["reason"])
        except CallError as error:
            form.add_error(None, str(error))
        else:
            return redirect(request.path)
    slot = offer.call.slot
    site = slot.site or Site.objects.filter(organisation=slot.organisation, closed_on=None).first()
    over = moment_of(slot.day, slot.end_minute) <= now()
    waits = offer.state == OfferState.PROPOSED and offer.call.state == CallState.OPEN and not over
    context = {
        "offer": offer,
        "worker": offer.worker,
        "network": offer.call.network,
        "slot": slot,
        "site": site,
        "map_url": map_of(site),
        "time": span(slot.start_minute, slot.end_minute),
        "before": said_hours(offer.why.get("week_before", 0)),
        "after": said_hours(offer.why.get("week_after", 0)),
        "waits": waits,
        "standing": "" if waits else _standing(offer, over=over),
        "ok": offer.state == OfferState.ACCEPTED,
        "form": form,
        "own_page": page_path(offer.worker),
    }
    return render(request, "mywork/offer.html", context, status=invalid_status(form))


def _standing(offer: CallOffer, *, over: bool) -> str:
    if offer.state == OfferState.ACCEPTED:
        return _("Thank you: you are expected. Everyone concerned has been told.")
    if offer.state == OfferState.REFUSED:
        return _("You said no, and that is well: nothing is held against you.")
    if over:
        return _("It is over. Thank you all the same.")
    return _(
        "Thank you for being ready to come. Somebody else said yes first, or the plan has changed "
        "since: nobody is needed any more, and your week stays as it was."
    )
