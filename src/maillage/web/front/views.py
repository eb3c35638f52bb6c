"""The public site."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import is_new_installation
from maillage.foundation.visibility.directory import public_directory
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.front import directory as public
from maillage.web.front.forms import Looking, Message
from maillage.web.front.messages import MessageError, pass_on
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.lists import Empty, Listing
from maillage.web.ui.toasts import said


def _caption(count: int) -> str:
    return ngettext("%(count)s firm", "%(count)s firms", count) % {"count": number(count)}


FIRMS = Listing(
    name="firms",
    columns=(),
    default_sort="name",
    caption=_caption,
    empty=Empty(
        gettext_lazy("No firm here yet"),
        gettext_lazy("The members of this network have not chosen to have a public page yet."),
    ),
    filters=Looking,
    exports=False,
    per_page=30,
    template="front/_cards.html",
)


def listed_networks() -> QuerySet[Network]:
    """Return the networks that show their members to everybody."""
    return Network.objects.filter(listed=True, closed_on=None)


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the directory of the only public network, or which networks there are."""
    networks = list(listed_networks())
    if len(networks) == 1:
        return directory(request, networks[0].slug)
    context = {"networks": networks, "new": not networks and is_new_installation()}
    return render(request, "front/home.html", context)


@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """Lead to the firms of the only public network, or to the list of networks."""
    networks = list(listed_networks())
    if len(networks) == 1:
        return redirect("front:directory", networks[0].slug)
    return redirect("front:home")


@require_safe
def directory(request: HttpRequest, network: str) -> HttpResponseBase:
    """Show the members that chose to have a public page, the nearest first."""
    with public.opened(network) as opened:
        asked = request.GET.get("near", "").strip()
        near, likely = public.commune_called(asked)
        everybody = public.cards(opened, near)
        listing = FIRMS.read(request, lambda wanted: public.matching(everybody, **wanted))
        trades = [(trade, f"{trade} ({count})") for trade, count in public.trades(everybody)]
        listing.form.fields["trade"].widget.choices = [("", _("Every trade")), *trades]
        points, towns = public.map_points(everybody)
        return listing.respond(
            "front/directory.html",
            {
                "network": opened,
                "near": near,
                "unknown_place": "" if near else asked,
                "likely": likely,
                "total": len(everybody),
                "points": points,
                "towns": towns,
            },
        )


def _public_firm(network: Network, public_id: UUID) -> SeenOrganisation:
    seen = public_directory(network).one(public_id)
    if seen is None:
        raise Http404
    return seen


@require_safe
def firm(request: HttpRequest, network: str, public_id: UUID) -> HttpResponse:
    """Show the page of a firm: what it chose to show to everybody, and nothing else."""
    with public.opened(network) as opened:
        return _firm_page(request, opened, _public_firm(opened, public_id))


@require_POST
def telephone(request: HttpRequest, network: str, public_id: UUID) -> HttpResponse:
    """Show the same page with its telephone number, which programs that only follow links miss."""
    with public.opened(network) as opened:
        return _firm_page(request, opened, _public_firm(opened, public_id), telephone=True)


def _firm_page(
    request: HttpRequest, network: Network, seen: SeenOrganisation, *, telephone: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {"network": network, "card": public.card(network, seen), "seen": seen}
    return render(request, "front/firm.html", context | {"telephone": telephone})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, network: str, public_id: UUID) -> HttpResponse:
    """Write to a firm whose address stays hidden."""
    with public.opened(network) as opened:
        seen = _public_firm(opened, public_id)
        if not seen.email:
            raise Http404
        form = Message(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                pass_on(request, network=opened, firm=seen, **form.cleaned_data)
            except MessageError as error:
                form.add_error(None, str(error))
            else:
                said(request, _("Your message has left. The firm answers you by e-mail."))
                return redirect("front:firm", opened.slug, seen.public_id)
        context = {
            "title": _("Write to %(firm)s") % {"firm": seen.name},
            "lede": _("Your message passes through us: the address of the firm is never shown."),
            "form": form,
            "submit": _("Send the message"),
            "cancel": reverse("front:firm", args=[opened.slug, seen.public_id]),
        }
        return render(request, "front/write.html", context, status=invalid_status(form))


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Say what the public networks are for."""
    return render(request, "front/network.html", {"networks": list(listed_networks())})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people and firms, who sees it, and how to have it changed."""
    return render(request, "front/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is and what to do when it is not."""
    return render(request, "front/accessibility.html")
