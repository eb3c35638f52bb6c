"""Writing an organisation in, and changing its record."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.actions import (
    change_organisation,
    close_organisation,
    reopen_organisation,
)
from maillage.foundation.organisations.drafts import (
    ORGANISATION_FIELDS,
    OrganisationDraft,
    SiteDraft,
    values_of,
)
from maillage.foundation.organisations.errors import (
    OrganisationChangedError,
    OrganisationError,
    SirenTakenError,
)
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.problems import DraftError
from maillage.web.directory.entering import AlikeError, AlreadyListedError, enter_organisation
from maillage.web.directory.forms import DayForm, NewOrganisationForm, RecordForm, tell
from maillage.web.directory.merging import changed_since, prints_of, read_prints, shown, touched
from maillage.web.directory.reading import note_form
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.toasts import said

RECORD_PARTS = frozenset({"activity", "size", "identifiers", "agreement", "contact"})
PLACE_FIELDS = ("siret", "address", "postcode", "commune")


def page_of(request: NetworkRequest, public_id: UUID) -> str:
    """Return the address of the page of an organisation."""
    return reverse("directory:organisation", args=[request.network.slug, public_id])


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("edit_organisations")
def create(request: NetworkRequest) -> HttpResponseBase:
    """Write a new organisation into the directory."""
    form = NewOrganisationForm(request.POST or None)
    known: Organisation | None = None
    listed = ""
    if request.method == "POST" and form.is_valid():
        try:
            known = enter_organisation(
                acting=request.acting,
                draft=_draft(form),
                although_alike=form.cleaned_data["although_alike"],
            )
        except DraftError as error:
            tell(form, error.problems)
        except AlreadyListedError as error:
            form.add_error("siren", str(error))
            listed = page_of(request, error.seen.public_id)
        except AlikeError as error:
            form.add_error("name", str(error))
            form.fields["although_alike"].widget = forms.CheckboxInput()
            listed = page_of(request, error.alike[0].public_id)
        else:
            said(request, _("%(name)s is in the directory.") % {"name": known.name})
            return redirect(page_of(request, known.public_id))
    context = {
        "form": form,
        "network": request.network,
        "listed": listed,
        "cancel": reverse("directory:firms", args=[request.network.slug]),
    }
    return render(request, "directory/create.html", context, status=invalid_status(form))


def _draft(form: NewOrganisationForm) -> OrganisationDraft:
    typed = form.cleaned_data
    record = {name: typed[name] for name in ORGANISATION_FIELDS if name in typed}
    place = {name: typed[name] for name in PLACE_FIELDS}
    return OrganisationDraft(**record, site=SiteDraft(**place))


class EditForm(RecordForm):
    """A record being changed: it carries its version and the prints of what it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def names(self) -> list[str]:
        """The fields of the record that this form may change."""
        return [name for name in ORGANISATION_FIELDS if name in self.fields]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: its label, what it is now, what was typed here."""

    label: str
    now: str
    typed: str


def _edit_form(
    request: NetworkRequest, organisation: Organisation, data: QueryDict | None = None
) -> EditForm:
    """Return the form of a record; the SIREN number is the animator's to change.

    Whoever could try numbers would learn which are in the register.
    """
    form = EditForm(data)
    if not request.acting.can("edit_organisations"):
        for name in ("siren", "kind", "family"):
            del form.fields[name]
    values = values_of(organisation, form.names)
    form.initial = values | {"version": organisation.version, "read": prints_of(values)}
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("see_network")
def edit(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Change the record of an organisation."""
    organisation = access_own_record(request, public_id)
    form = _edit_form(request, organisation, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        prints = read_prints(form.cleaned_data["read"])
        typed = {name: form.cleaned_data[name] for name in form.names}
        changes = touched(typed, prints)
        conflicts = _save(request, organisation, form, changes, prints)
        if conflicts is not None:
            return _conflict(request, form, conflicts, changes)
        if not form.errors:
            said(request, _("Saved."))
            return redirect(page_of(request, public_id))
    note_form(request.acting, organisation, RECORD_PARTS)
    return _edit_page(request, organisation, form, (), invalid_status(form))


def _save(
    request: NetworkRequest,
    organisation: Organisation,
    form: EditForm,
    changes: dict[str, object],
    prints: dict[str, str],
) -> Organisation | None:
    """Save what was changed; return the record as it is now when somebody was faster.

    What the other person changed and this one left alone is no conflict.
    """
    version = form.cleaned_data["version"]
    if not changed_since(changes, values_of(organisation, changes), prints):
        version = organisation.version
    try:
        change_organisation(
            organisation=organisation,
            version=version,
            changes=changes,
            actor_id=request.acting.person.public_id,
            network_id=request.network.public_id,
        )
    except DraftError as error:
        tell(form, error.problems)
    except SirenTakenError as error:
        form.add_error("siren", str(error))
    except OrganisationChangedError as error:
        return error.current
    return None


def _conflict(
    request: NetworkRequest,
    form: EditForm,
    current: Organisation,
    changes: dict[str, object],
) -> HttpResponse:
    """Show both values of each field that two people changed; what was typed is kept."""
    prints = read_prints(form.cleaned_data["read"])
    present = values_of(current, form.names)
    both = changed_since(changes, present, prints)
    differences = tuple(
        Difference(
            str(form.fields[name].label),
            _said(form, name, present[name]),
            _said(form, name, changes[name]),
        )
        for name in both
        if shown(present[name]) != shown(changes[name])
    )
    data = QueryDict(mutable=True)
    data.update({name: shown(value) for name, value in (present | changes).items()})
    data["version"] = str(current.version)
    data["read"] = prints_of(present)
    again = _edit_form(request, current, data)
    return _edit_page(request, current, again, differences, HTTPStatus.CONFLICT)


def _said(form: EditForm, name: str, value: object) -> str:
    """Return a value as people read it: a choice by its name."""
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, "" if value is None else value))


def _edit_page(
    request: NetworkRequest,
    organisation: Organisation,
    form: EditForm,
    differences: tuple[Difference, ...],
    status: int,
) -> HttpResponse:
    context = {
        "form": form,
        "organisation": organisation,
        "network": request.network,
        "differences": differences,
        "cancel": page_of(request, organisation.public_id),
    }
    return render(request, "directory/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("edit_organisations")
def close(request: NetworkRequest, public_id: UUID) -> HttpResponseBase:
    """Note that an organisation closed."""
    organisation = access_own_record(request, public_id)
    back = page_of(request, public_id)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_organisation(
                organisation=organisation,
                day=form.cleaned_data["day"],
                actor_id=request.acting.person.public_id,
                network_id=request.network.public_id,
            )
        except OrganisationError as error:
            form.add_error("day", str(error))
        else:
            undo = reverse("directory:reopen", args=[request.network.slug, public_id])
            said(request, _("Noted: %(name)s is closed.") % {"name": organisation.name}, undo=undo)
            return redirect(back)
    context = {
        "title": _("%(name)s has closed") % {"name": organisation.name},
        "lede": _("Its record is kept: what it did in the network remains true."),
        "form": form,
        "submit": _("Note the closure"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("edit_organisations")
def reopen(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take the closure of an organisation back."""
    organisation = access_own_record(request, public_id)
    reopen_organisation(
        organisation=organisation,
        actor_id=request.acting.person.public_id,
        network_id=request.network.public_id,
    )
    said(request, _("%(name)s is open again.") % {"name": organisation.name})
    return redirect(page_of(request, public_id))
