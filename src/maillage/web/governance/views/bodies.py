"""Outside bodies: their family, and the part each one plays."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.actions.bodies import (
    end_involvement,
    involve_body,
    keep_involvement,
)
from maillage.foundation.networks.models import BodyInvolvement
from maillage.foundation.networks.queries import involvements_on
from maillage.foundation.organisations.enums import BodyFamily
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.forms import InvolvementForm, LastDayForm
from maillage.web.governance.reading import as_choices, bodies_known
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.gates import in_network

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a body plays, since when, until when."""

    involvement: BodyInvolvement
    label: str


@dataclass(frozen=True, slots=True)
class Body:
    """An outside body as the viewer sees it, and the parts it plays today."""

    seen: SeenOrganisation
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Family:
    """One of the four families, with its bodies."""

    name: str
    bodies: list[Body]


@require_safe
@in_network("see_directory")
def bodies(request: NetworkRequest) -> HttpResponse:
    """Show the outside bodies by family; a family without any is named too."""
    parts: dict[int, list[Part]] = {}
    for one in involvements_on(request.network, localdate()):
        parts.setdefault(one.organisation_id, []).append(Part(one, one.get_kind_display()))
    known = bodies_known(request)
    families = [
        Family(
            str(label),
            [Body(seen, parts.get(seen.pk, [])) for seen in known if seen.family == family],
        )
        for family, label in BodyFamily.choices
    ]
    there = sum(bool(family.bodies) for family in families)
    context = {
        "network": request.network,
        "families": families,
        "breadth": ngettext(
            "%(there)s family of bodies out of %(total)s is there.",
            "%(there)s families of bodies out of %(total)s are there.",
            there,
        )
        % {"there": there, "total": len(families)},
        "manages": request.acting.can("manage_network"),
        "edits": request.acting.can("edit_organisations"),
    }
    return render(request, "governance/bodies.html", context)


@require_http_methods(FORM)
@in_network("manage_network")
def involve(request: NetworkRequest) -> HttpResponse:
    """Record the part that a body plays."""
    known = {str(seen.public_id): seen for seen in bodies_known(request)}

    def act(said: dict[str, Any]) -> Done:
        seen = known[said["body"]]
        made = involve_body(
            acting=request.acting,
            organisation=Organisation.objects.get(pk=seen.pk),
            kind=said["kind"],
            starts_on=said["starts_on"],
        )
        text = _("%(body)s: %(part)s.") % {"body": seen.name, "part": made.get_kind_display()}
        return Done(text)

    form = InvolvementForm(
        request.POST or None,
        bodies=as_choices(known.values()),
        initial={"body": request.GET.get("body", "")},
    )
    page = FormPage(
        title=_("The part a body plays"),
        submit=_("Record the part"),
        back=reverse("governance:bodies", args=[request.network.slug]),
        lede=_("The bodies are those of the directory that have a family on their record."),
    )
    return fill_in(request, form, act, page)


@require_http_methods(FORM)
@in_network("manage_network")
def end(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Record the last day of the part that a body plays."""
    one, seen = _access_involvement(request, public_id)
    slug = request.network.slug

    def act(said: dict[str, Any]) -> Done:
        end_involvement(acting=request.acting, involvement=one, last_day=said["last_day"])
        text = _("%(body)s plays this part until %(day)s.") % {
            "body": seen.name,
            "day": nice_date(said["last_day"], "year"),
        }
        return Done(text, undo=reverse("governance:keep-involvement", args=[slug, public_id]))

    page = FormPage(
        title=_("%(body)s: end of its part") % {"body": seen.name},
        submit=_("Record the last day"),
        back=reverse("governance:bodies", args=[slug]),
        lede=one.get_kind_display(),
    )
    return fill_in(request, LastDayForm(request.POST or None), act, page)


@require_POST
@in_network("manage_network")
def keep(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take the end of a part back."""
    one, seen = _access_involvement(request, public_id)

    def act() -> Done:
        keep_involvement(acting=request.acting, involvement=one)
        return Done(_("%(body)s goes on playing its part.") % {"body": seen.name})

    return do_now(request, act, reverse("governance:bodies", args=[request.network.slug]))


def _access_involvement(
    request: NetworkRequest, public_id: UUID
) -> tuple[BodyInvolvement, SeenOrganisation]:
    one = get_object_or_404(BodyInvolvement, network=request.network, public_id=public_id)
    seen = directory_of(request.acting).several([one.organisation_id]).get(one.organisation_id)
    if seen is None:
        raise Http404
    return one, seen
