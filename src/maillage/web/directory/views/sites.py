"""Sites of an organisation."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.actions import (
    add_site,
    change_site,
    close_site,
    make_main_site,
    reopen_site,
)
from maillage.foundation.organisations.drafts import SiteDraft
from maillage.foundation.organisations.errors import OrganisationError, SiteChangedError
from maillage.foundation.organisations.models import Organisation, Site
from maillage.foundation.organisations.problems import DraftError
from maillage.web.directory.forms import SiteForm, tell
from maillage.web.directory.reading import note_form
from maillage.web.directory.views.editing import page_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.toasts import refused, said

FIELDS = ("name", "siret", "address", "postcode", "commune", "latitude", "longitude")


def access_site(request: NetworkRequest, public_id: UUID, site_id: UUID) -> Site:
    """Return a site that the role in use may change: one of an organisation it may change."""
    organisation = access_own_record(request, public_id)
    site = Site.objects.filter(organisation=organisation, public_id=site_id).first()
    if site is None:
        raise Http404
    site.organisation = organisation
    return site


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def add(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Add a site."""
    organisation = access_own_record(request, public_id)
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            site = add_site(organisation=organisation, draft=_draft(form), **_by(request))
        except DraftError as error:
            tell(form, error.problems)
        except OrganisationError as error:
            form.add_error("siret", str(error))
        else:
            said(request, _("The site at %(commune)s is added.") % {"commune": site.commune})
            return redirect(page_of(request, public_id))
    return _page(request, organisation, form, _("Add a site"), invalid_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def change(request: NetworkRequest, public_id: UUID, site_id: UUID) -> HttpResponseBase:
    """Change a site, or move it on the map."""
    site = access_site(request, public_id, site_id)
    form = SiteForm(request.POST or None, initial=_initial(site))
    if request.method == "POST" and form.is_valid():
        try:
            change_site(
                site=site,
                draft=_draft(form),
                version=form.cleaned_data["version"],
                **_by(request),
            )
        except DraftError as error:
            tell(form, error.problems)
        except SiteChangedError as error:
            return _again(request, site, form, error)
        except OrganisationError as error:
            form.add_error("siret", str(error))
        else:
            said(request, _("Saved."))
            return redirect(page_of(request, public_id))
    note_form(request.acting, site.organisation, {"address", "identifiers"})
    title = _("The site at %(commune)s") % {"commune": site.commune}
    return _page(request, site.organisation, form, title, invalid_status(form))


def _again(
    request: NetworkRequest, site: Site, form: SiteForm, error: SiteChangedError
) -> HttpResponse:
    """Show what was typed once more, now that the site is no longer what it was."""
    data = request.POST.copy()
    data["version"] = str(error.version)
    again = SiteForm(data)
    again.is_valid()
    again.add_error(None, str(error))
    latest = Site.objects.get(pk=site.pk)
    title = _("The site at %(commune)s") % {"commune": latest.commune}
    return _page(request, site.organisation, again, title, HTTPStatus.CONFLICT)


def _initial(site: Site) -> dict[str, object]:
    places = {name: f"{getattr(site, name):.5f}" for name in ("latitude", "longitude")}
    kept = {name: getattr(site, name) for name in FIELDS if name not in places}
    return kept | places | {"version": site.organisation.version}


def _draft(form: SiteForm) -> SiteDraft:
    return SiteDraft(**{name: form.cleaned_data[name] for name in FIELDS})


def _by(request: NetworkRequest) -> dict[str, UUID]:
    return {
        "actor_id": request.acting.person.public_id,
        "network_id": request.network.public_id,
    }


def _page(
    request: NetworkRequest, organisation: Organisation, form: SiteForm, title: str, status: int
) -> HttpResponse:
    context = {
        "title": title,
        "organisation": organisation,
        "network": request.network,
        "form": form,
        "cancel": page_of(request, organisation.public_id),
    }
    return render(request, "directory/site.html", context, status=status)


@require_POST
@in_network("see_network")
def make_main(request: NetworkRequest, public_id: UUID, site_id: UUID) -> HttpResponse:
    """Make a site the main one."""
    site = access_site(request, public_id, site_id)
    try:
        make_main_site(site=site, **_by(request))
    except OrganisationError as error:
        refused(request, str(error))
    else:
        said(request, _("The main site is now at %(commune)s.") % {"commune": site.commune})
    return redirect(page_of(request, public_id))


@require_POST
@in_network("see_network")
def close(request: NetworkRequest, public_id: UUID, site_id: UUID) -> HttpResponse:
    """Close a site as of today."""
    site = access_site(request, public_id, site_id)
    try:
        close_site(site=site, day=localdate(), **_by(request))
    except OrganisationError as error:
        refused(request, str(error))
    else:
        undo = reverse(
            "directory:reopen-site", args=[request.network.slug, public_id, site.public_id]
        )
        said(
            request, _("The site at %(commune)s is closed.") % {"commune": site.commune}, undo=undo
        )
    return redirect(page_of(request, public_id))


@require_POST
@in_network("see_network")
def reopen(request: NetworkRequest, public_id: UUID, site_id: UUID) -> HttpResponse:
    """Take the closure of a site back."""
    site = access_site(request, public_id, site_id)
    reopen_site(site=site, **_by(request))
    said(request, _("The site at %(commune)s is open again.") % {"commune": site.commune})
    return redirect(page_of(request, public_id))
