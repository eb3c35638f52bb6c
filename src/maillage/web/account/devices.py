"""My devices: where I am signed in, and signing out of one or of all the others."""

from allauth.usersessions.models import UserSession
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.accounts.sessions import end_sessions, sessions_of
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.formats import number
from maillage.web.ui.gates import signed_in
from maillage.web.ui.toasts import said

# Where the pages of the sign-in library lead to the list of devices too.
LIST = "usersessions_list"


def _is_here(request: ActingRequest, session: UserSession) -> bool:
    return bool(session.session_key == request.session.session_key)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def devices(request: ActingRequest) -> HttpResponse:
    """List the devices on which I am signed in; sign out of all the others."""
    sessions = sessions_of(request.acting.person)
    others = [one for one in sessions if not _is_here(request, one)]
    if request.method == "POST":
        count = end_sessions(person=request.acting.person, sessions=others)
        said(
            request,
            ngettext("%(count)s device is signed out.", "%(count)s devices are signed out.", count)
            % {"count": number(count)},
        )
        return redirect(LIST)
    lines = [(one, _is_here(request, one)) for one in sessions]
    return render(
        request, "usersessions/usersession_list.html", {"lines": lines, "others": len(others)}
    )


@require_POST
@signed_in
def end(request: ActingRequest, session_id: int) -> HttpResponse:
    """Sign out of one of my other devices."""
    mine = sessions_of(request.acting.person)
    wanted = [one for one in mine if one.pk == session_id and not _is_here(request, one)]
    if not wanted:
        raise Http404
    end_sessions(person=request.acting.person, sessions=wanted)
    said(request, _("That device is signed out."))
    return redirect(LIST)
