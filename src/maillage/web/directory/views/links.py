"""Links between an organisation and others of the directory."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.bricks.links.actions import LinkError, end_link, link, resume_link
from maillage.bricks.links.models import Link
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.directory.forms import LinkForm
from maillage.web.directory.views.editing import page_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.toasts import refused, said


def access_link(request: NetworkRequest, public_id: UUID, link_id: UUID) -> Link:
    """Return a link of an organisation that the role in use may change.

    A link whose other end the viewer may not know of does not exist.
    """
    organisation = access_own_record(request, public_id)
    ends = Q(source=organisation) | Q(target=organisation)
    found = Link.objects.filter(ends, public_id=link_id).select_related("source", "target").first()
    if found is None:
        raise Http404
    other = found.target if found.source_id == organisation.pk else found.source
    if directory_of(request.acting).one(other.public_id) is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_directory")
def add(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Link an organisation with another one of the directory."""
    organisation = access_own_record(request, public_id)
    form = LinkForm(request.POST or None, initial={"starts_on": localdate()})
    found = _found(request, form)
    form.offer(found)
    if request.method == "POST" and form.is_valid():
        target = _chosen(form, found)
        if target is not None and _linked(request, organisation, target, form):
            said(request, _("Linked with %(name)s.") % {"name": target.name})
            return redirect(page_of(request, public_id))
    context = {
        "form": form,
        "several": len(found) > 1,
        "organisation": organisation,
        "network": request.network,
        "cancel": page_of(request, public_id),
    }
    return render(request, "directory/link.html", context, status=invalid_status(form))


def _found(request: NetworkRequest, form: LinkForm) -> list[SeenOrganisation]:
    """Return the organisations that the name typed may mean."""
    text = form.data.get("target", "").strip() if form.is_bound else ""
    return list(directory_of(request.acting).named(text[:160])) if text else []


def _chosen(form: LinkForm, found: list[SeenOrganisation]) -> SeenOrganisation | None:
    """Return the organisation that is meant; says in the form what is missing to tell."""
    if chosen := form.cleaned_data["chosen"]:
        return next(seen for seen in found if str(seen.public_id) == chosen)
    text = form.cleaned_data["target"].casefold()
    same = [seen for seen in found if seen.name.casefold() == text]
    if len(same) == 1 or len(found) == 1:
        return (same or found)[0]
    if found:
        form.add_error("chosen", _("Several organisations have this name: choose one."))
    else:
        form.add_error("target", _("The directory has no organisation of this name."))
    return None


def _linked(
    request: NetworkRequest, source: Organisation, target: SeenOrganisation, form: LinkForm
) -> bool:
    try:
        link(
            source=source,
            target=Organisation.objects.get(pk=target.pk),
            kind=form.cleaned_data["kind"],
            starts_on=form.cleaned_data["starts_on"],
            note=form.cleaned_data["note"],
            actor_id=request.acting.person.public_id,
            network_id=request.network.public_id,
        )
    except LinkError as error:
        form.add_error("target", str(error))
        return False
    return True


@require_POST
@in_network("see_directory")
def end(request: NetworkRequest, public_id: UUID, link_id: UUID) -> HttpResponse:
    """End a link today."""
    found = access_link(request, public_id, link_id)
    try:
        end_link(
            link=found,
            day=localdate(),
            actor_id=request.acting.person.public_id,
            network_id=request.network.public_id,
        )
    except LinkError as error:
        refused(request, str(error))
    else:
        address = reverse("directory:resume-link", args=[request.network.slug, public_id, link_id])
        said(request, _("The link is ended."), undo=address)
    return redirect(page_of(request, public_id))


@require_POST
@in_network("see_directory")
def resume(request: NetworkRequest, public_id: UUID, link_id: UUID) -> HttpResponse:
    """Take the end of a link back."""
    found = access_link(request, public_id, link_id)
    try:
        resume_link(
            link=found,
            actor_id=request.acting.person.public_id,
            network_id=request.network.public_id,
        )
    except LinkError as error:
        refused(request, str(error))
    else:
        said(request, _("The link holds again."))
    return redirect(page_of(request, public_id))
