"""Members: the list, the history of each, and what is done about it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.actions import membership as acts
from maillage.foundation.networks.models import MembershipPeriod
from maillage.foundation.networks.queries import headcount
from maillage.foundation.visibility.directory import directory_of
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.forms import EntryForm, ExitForm
from maillage.web.governance.members_list import (
    MemberRows,
    day_of,
    member_figures,
    members_listing,
)
from maillage.web.governance.reading import Place, access_place
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.gates import in_network, may_edit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("see_members")
def members(request: NetworkRequest) -> HttpResponseBase:
    """List the members of the network on a day, as the role in use may know them."""
    here, directory = request.network, directory_of(request.acting)
    counted: dict[date, Mapping[str, int]] = {}

    def rows(wanted: dict[str, Any]) -> MemberRows:
        day = day_of(wanted)
        return MemberRows(here, directory, day, wanted, counted.get(day))

    page = members_listing(request).read(request, rows)
    day = day_of(page.wanted)
    context: dict[str, Any] = {
        "network": here,
        "day": day,
        "manages": request.acting.can("manage_members"),
    }
    if not page.wants_part and not page.gives_file:
        counted[day] = headcount(here, day, directory.ids())
        context["figures"] = member_figures(counted[day])
    return page.respond("governance/members.html", context)


@require_safe
@in_network()
def member(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show when an organisation was a member, and what may be done about it."""
    place = _access_member(request, public_id)
    periods = list(
        MembershipPeriod.objects.filter(membership=place.membership).order_by("-starts_on", "-id")
    )
    last = periods[0] if periods else None
    context = {
        "network": request.network,
        "seen": place.seen,
        "listed_on": place.membership.listed_on,
        "periods": periods,
        "open": last is not None and last.ends_on is None,
        "ever": bool(periods),
        "manages": request.acting.can("manage_members"),
        "may_leave": _may_leave(request, place),
        "shows_reasons": _may_leave(request, place),
        "invites": request.acting.can("manage_roles")
        or (place.seen.own and request.acting.can("edit_own_firm")),
        "lists": request.acting.can("see_members"),
    }
    return render(request, "governance/member.html", context)


@require_http_methods(FORM)
@in_network("manage_members")
def enter(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Record the entry of an organisation."""
    place = access_place(request, public_id)

    def act(said: dict[str, Any]) -> Done:
        acts.enter(acting=request.acting, membership=place.membership, **said)
        return _done(request, place, _("%(name)s is a member."), "take-entry-back")

    page = _page(request, place, _("Entry of %(name)s"), _("Record the entry"))
    return fill_in(request, EntryForm(request.POST or None), act, page)


@require_http_methods(FORM)
@in_network("manage_members")
def come_back(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Record the return of an organisation that left."""
    place = access_place(request, public_id)

    def act(said: dict[str, Any]) -> Done:
        acts.come_back(acting=request.acting, membership=place.membership, **said)
        return _done(request, place, _("%(name)s is a member again."), "take-entry-back")

    page = _page(request, place, _("Return of %(name)s"), _("Record the return"))
    return fill_in(request, EntryForm(request.POST or None), act, page)


@require_http_methods(FORM)
@in_network("manage_members")
def change_tier(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Give a member another place."""
    place = access_place(request, public_id)

    def act(said: dict[str, Any]) -> Done:
        acts.change_tier(acting=request.acting, membership=place.membership, **said)
        return _done(request, place, _("%(name)s has another place."))

    page = _page(request, place, _("Another place for %(name)s"), _("Change the place"))
    return fill_in(request, EntryForm(request.POST or None), act, page)


@require_http_methods(FORM)
@in_network()
def leave(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Record that an organisation leaves; its own people may."""
    place = access_place(request, public_id)
    if not _may_leave(request, place):
        raise PermissionDenied

    def act(said: dict[str, Any]) -> Done:
        period = acts.leave(acting=request.acting, membership=place.membership, **said)
        day = nice_date(period.ends_on, "year") if period.ends_on else ""
        text = _("%(name)s is a member until %(day)s.") % {"name": place.seen.name, "day": day}
        return Done(text, undo=_address(request, "stay", place))

    page = _page(
        request,
        place,
        _("%(name)s leaves the network"),
        _("Record the exit"),
        _("Its record stays in the directory, with what it chose to show. It can return any day."),
    )
    return fill_in(request, ExitForm(request.POST or None), act, page)


@require_POST
@in_network()
def stay(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take an exit back."""
    place = access_place(request, public_id)
    if not _may_leave(request, place):
        raise PermissionDenied

    def act() -> Done:
        acts.stay(acting=request.acting, membership=place.membership)
        return _done(request, place, _("%(name)s stays a member."))

    return do_now(request, act, _address(request, "member", place))


@require_POST
@in_network("manage_members")
def take_entry_back(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take an entry back that was recorded by mistake."""
    place = access_place(request, public_id)

    def act() -> Done:
        acts.take_entry_back(acting=request.acting, membership=place.membership)
        return _done(request, place, _("The entry of %(name)s is taken back."))

    return do_now(request, act, _address(request, "member", place))


def _access_member(request: NetworkRequest, public_id: UUID) -> Place:
    place = access_place(request, public_id)
    if not place.seen.own and not request.acting.can("see_members"):
        raise PermissionDenied
    return place


def _may_leave(request: NetworkRequest, place: Place) -> bool:
    own = may_edit(request.acting, place.seen) and place.seen.own
    return own or request.acting.can("manage_members")


def _address(request: NetworkRequest, page: str, place: Place) -> str:
    return reverse(f"governance:{page}", args=[request.network.slug, place.seen.public_id])


def _done(request: NetworkRequest, place: Place, text: str, undo: str = "") -> Done:
    address = _address(request, undo, place) if undo else ""
    return Done(text % {"name": place.seen.name}, undo=address)


def _page(
    request: NetworkRequest, place: Place, title: str, submit: str, lede: str = ""
) -> FormPage:
    return FormPage(
        title=title % {"name": place.seen.name},
        submit=submit,
        back=_address(request, "member", place),
        lede=lede,
    )
