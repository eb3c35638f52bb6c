"""A firm: where it stands, who contacted it; writing to it, logging what took place."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.actions import ContactError, log_contact, take_back_contact
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.pressure import PressureError, of_firm
from maillage.foundation.notify.queries import contacts_in, trusted_relay
from maillage.foundation.notify.sending import SendingError, send_to_firm
from maillage.web.contacts.forms import RecordForm, WriteForm
from maillage.web.contacts.reading import (
    Firm,
    access_firm,
    others,
    own_contacts,
)
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_organisation, in_network
from maillage.web.ui.toasts import refused, said, warned

LAST = 100


@require_safe
@in_network("log_contacts")
def firm(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show where a firm stands and what the own body said to it."""
    found = access_firm(request, public_id)
    known = own_contacts(request.acting, contacts_in(request.network.public_id))
    contacts = list(known.filter(of_firm(found.address))[:LAST])
    return render(
        request,
        "contacts/firm.html",
        {
            "network": request.network,
            "firm": found,
            "contacts": contacts,
            "others": others(request.acting, found.pressure.counted),
            "relay": trusted_relay(contacts),
            "may_choose": found.may_choose,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("log_contacts")
def write(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Write a mail to a firm; one too many is told before, and refused."""
    found = access_firm(request, public_id)
    form = WriteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_to_firm(
                firm=found.address,
                sender=request.acting.person,
                body_name=request.acting.body_name,
                network_id=request.network.public_id,
                subject=form.cleaned_data["subject"],
                text=form.cleaned_data["text"],
                usual=usual_ceiling(request.network),
            )
        except (PressureError, SendingError) as error:
            form.add_error(None, str(error))
        else:
            said(request, _("Your message to %(firm)s is leaving.") % {"firm": found.name})
            return redirect("contacts:firm", request.network.slug, public_id)
    title = _("Write to %(firm)s") % {"firm": found.name}
    return _form_page(request, found, form, title, _("Send the message"), "contacts/write.html")


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("log_contacts")
def record(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Log a letter, a call or a visit; one too many is told before."""
    found = access_firm(request, public_id)
    blocked = found.pressure.is_blocked
    form = RecordForm(request.POST or None, one_too_many=blocked)
    if request.method == "POST" and form.is_valid():
        try:
            contact = log_contact(
                firm=found.address,
                sender=request.acting.person,
                body_name=request.acting.body_name,
                network_id=request.network.public_id,
                channel=ContactChannel(form.cleaned_data["channel"]),
                subject=form.cleaned_data["subject"],
                at=form.moment(),
                counts=not form.cleaned_data["asked"],
            )
        except ContactError as error:
            form.add_error("hour", str(error))
        else:
            tell = warned if blocked else said
            undo = reverse("contacts:take-back", args=[request.network.slug, contact.public_id])
            tell(request, _("The contact is in the log."), undo=undo)
            return redirect("contacts:firm", request.network.slug, public_id)
    title = _("Log a contact with %(firm)s") % {"firm": found.name}
    return _form_page(request, found, form, title, _("Log it"), "contacts/record.html")


@require_POST
@in_network("log_contacts")
def take_back(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take back a contact one has just logged."""
    known = contacts_in(request.network.public_id)
    contact = known.filter(public_id=public_id, person_id=request.acting.person.public_id).first()
    if contact is None:
        raise Http404
    firm_id = access_organisation(request, contact.organisation_id).public_id
    try:
        take_back_contact(contact=contact, person=request.acting.person)
    except ContactError as error:
        refused(request, str(error))
    else:
        said(request, _("The contact is no longer in the log."))
    return redirect("contacts:firm", request.network.slug, firm_id)


def _form_page(
    request: NetworkRequest,
    found: Firm,
    form: WriteForm | RecordForm,
    title: str,
    submit: str,
    template: str,
) -> HttpResponse:
    context = {
        "network": request.network,
        "firm": found,
        "form": form,
        "title": title,
        "submit": submit,
        # Nobody types a mail that cannot leave; what was typed already is kept.
        "possible": form.is_bound or bool(found.address.email and not found.pressure.is_blocked),
        "cancel": reverse("contacts:firm", args=[request.network.slug, found.public_id]),
    }
    return render(request, template, context, status=invalid_status(form))
