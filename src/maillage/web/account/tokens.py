"""My tokens: by each a program acts for me, until a day."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.accounts.tokens import TokenError, end_token, make_token, tokens_of
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.forms import DayInput, invalid_status
from maillage.web.ui.gates import signed_in
from maillage.web.ui.toasts import said

USUAL = timedelta(days=90)


class NewToken(forms.Form):
    """What a token is for, and until when it works."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=60)
    expires_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tokens(request: ActingRequest) -> HttpResponse:
    """List my tokens; make one, which is shown this once."""
    form = NewToken(request.POST or None, initial={"expires_on": localdate() + USUAL})
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = make_token(person=request.acting.person, **form.cleaned_data)
        except TokenError as error:
            form.add_error("expires_on", str(error))
    context = {"form": form, "secret": secret, "tokens": tokens_of(request.acting.person)}
    return render(request, "web_account/tokens.html", context, status=invalid_status(form))


@require_POST
@signed_in
def end(request: ActingRequest, token_id: UUID) -> HttpResponse:
    """Let one of my tokens work no more."""
    found = tokens_of(request.acting.person).filter(public_id=token_id).first()
    if found is None:
        raise Http404
    end_token(token=found)
    said(request, _("That token works no more."))
    return redirect("account:tokens")
