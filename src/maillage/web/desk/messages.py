"""What a person was told: reading it, and stopping the summaries by mail."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.notify.digests import preference_by_token, set_frequency
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.notify.notifications import mark_read, notifications_for
from maillage.foundation.visibility.readers import reader_with
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.gates import signed_in
from maillage.web.ui.toasts import said

PER_PAGE = 50


@require_safe
@signed_in
def notifications(request: ActingRequest) -> HttpResponse:
    """List what the person was told, newest first."""
    reader = reader_with(request.acting.person, request.acting.roles)
    pages = Paginator(notifications_for(reader), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    unread = any(message.read_at is None for message in page.object_list)
    return render(request, "desk/notifications.html", {"messages_page": page, "unread": unread})


@require_POST
@signed_in
def read_all(request: ActingRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(person=request.acting.person)
    said(request, _("All is marked as read."))
    return redirect("desk:notifications")


@require_POST
@signed_in
def open_message(request: ActingRequest, public_id: UUID) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    reader = reader_with(request.acting.person, request.acting.roles)
    message = notifications_for(reader).filter(public_id=public_id).first()
    if message is None:
        raise Http404
    mark_read(person=request.acting.person, public_ids=[public_id])
    if message.url and url_has_allowed_host_and_scheme(message.url, allowed_hosts=None):
        return redirect(message.url)
    return redirect("desk:notifications")


# A mail program posts here by itself, without our form: the secret is in the address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: UUID) -> HttpResponse:
    """Stop the summaries of whoever holds the link of one, in one click and without signing in."""
    preference = preference_by_token(token)
    if preference is None:
        raise Http404
    if request.method == "POST":
        again = request.POST.get("again") == "weekly"
        frequency = DigestFrequency.WEEKLY if again else DigestFrequency.NEVER
        preference = set_frequency(person=preference.person, frequency=frequency)
    stopped = preference.frequency == DigestFrequency.NEVER
    return render(request, "desk/stop.html", {"stopped": stopped})
