"""People of an organisation."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.actions import add_role, change_role, end_role, resume_role
from maillage.foundation.organisations.errors import OrganisationError
from maillage.foundation.organisations.models import Role
from maillage.foundation.organisations.people import ROLE_FIELDS, RoleDraft
from maillage.foundation.organisations.problems import DraftError
from maillage.web.directory.forms import PersonForm, tell
from maillage.web.directory.reading import note_form
from maillage.web.directory.views.editing import page_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.toasts import refused, said


def access_role(request: NetworkRequest, public_id: UUID, role_id: UUID) -> Role:
    """Return somebody's role in an organisation that the role in use may change."""
    organisation = access_own_record(request, public_id)
    role = Role.objects.filter(organisation=organisation, public_id=role_id).first()
    if role is None:
        raise Http404
    role.organisation = organisation
    return role


def _by(request: NetworkRequest) -> dict[str, UUID]:
    return {
        "actor_id": request.acting.person.public_id,
        "network_id": request.network.public_id,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def add(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Add somebody to contact in an organisation."""
    organisation = access_own_record(request, public_id)
    form = PersonForm(
        request.POST or None, initial={"starts_on": localdate(), "kind": "correspondent"}
    )
    if request.method == "POST" and form.is_valid():
        try:
            role = add_role(
                organisation=organisation, draft=RoleDraft(**form.cleaned_data), **_by(request)
            )
        except DraftError as error:
            tell(form, error.problems)
        else:
            said(request, _("%(name)s is added.") % {"name": role.name})
            return redirect(page_of(request, public_id))
    lede = _("This writes somebody into the firm’s book. To give them an account, invite them.")
    return _page(request, public_id, form, _("Add a person"), lede, organisation.name)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def change(request: NetworkRequest, public_id: UUID, role_id: UUID) -> HttpResponseBase:
    """Change what is known of somebody in an organisation."""
    role = access_role(request, public_id, role_id)
    form = PersonForm(
        request.POST or None, initial={name: getattr(role, name) for name in ROLE_FIELDS}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_role(role=role, draft=RoleDraft(**form.cleaned_data), **_by(request))
        except DraftError as error:
            tell(form, error.problems)
        except OrganisationError as error:
            form.add_error("kind", str(error))
        else:
            said(request, _("Saved."))
            return redirect(page_of(request, public_id))
    note_form(request.acting, role.organisation, {"contact"})
    return _page(request, public_id, form, role.name, "", role.organisation.name)


def _page(
    request: NetworkRequest, public_id: UUID, form: PersonForm, title: str, lede: str, firm: str
) -> HttpResponse:
    context = {
        "title": title,
        "lede": lede,
        "eyebrow": firm,
        "form": form,
        "submit": _("Save the person"),
        "cancel": page_of(request, public_id),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("see_network")
def end(request: NetworkRequest, public_id: UUID, role_id: UUID) -> HttpResponse:
    """End what somebody is in an organisation: today is the last day."""
    role = access_role(request, public_id, role_id)
    own = request.acting.role
    if own is not None and own.public_id == role.public_id:
        refused(request, _("This is the role you are using: ask the animator to end it."))
        return redirect(page_of(request, public_id))
    try:
        end_role(role=role, day=localdate(), **_by(request))
    except OrganisationError as error:
        refused(request, str(error))
    else:
        undo = reverse(
            "directory:resume-person", args=[request.network.slug, public_id, role.public_id]
        )
        said(request, _("Today is the last day of %(name)s here.") % {"name": role.name}, undo=undo)
    return redirect(page_of(request, public_id))


@require_POST
@in_network("see_network")
def resume(request: NetworkRequest, public_id: UUID, role_id: UUID) -> HttpResponse:
    """Take the end of a role back."""
    role = access_role(request, public_id, role_id)
    try:
        resume_role(role=role, **_by(request))
    except OrganisationError as error:
        refused(request, str(error))
    else:
        said(request, _("%(name)s stays.") % {"name": role.name})
    return redirect(page_of(request, public_id))
