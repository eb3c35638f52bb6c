"""The trial period: firms are asked, what they say is kept, it may be renewed once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.contracts import renew_trial
from maillage.run.employment.models_of_contracts import TrialOpinion
from maillage.run.employment.opinions import ask_opinions, give_opinion
from maillage.run.employment.refusals import StaffError
from maillage.web.staff.contracts import record_url
from maillage.web.staff.forms import OpinionForm, TrialForm
from maillage.web.staff.reading import FORM, access_contract, access_opinion, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(FORM)
@in_network("manage_staff")
def renew(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Renew a trial period that the worker agreed to."""
    contract = access_contract(contract_id)
    back = record_url(request, contract)
    form = TrialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            renew_trial(acting=request.acting, contract=contract, **form.cleaned_data)
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The trial period is renewed."))
            return redirect(back)
    context = {
        "title": _("Renew the trial period"),
        "eyebrow": contract.worker.name,
        "lede": _("Once, in writing, before it ends, when the branch allows it."),
        "form": form,
        "submit": _("Renew it"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_staff")
def ask(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Ask each firm whether it would go on."""
    contract = access_contract(contract_id)
    try:
        made = ask_opinions(acting=request.acting, contract=contract)
    except StaffError as error:
        refused(request, str(error))
    else:
        count = len(made)
        sentence = ngettext("%(count)s firm is asked.", "%(count)s firms are asked.", count)
        said(request, sentence % {"count": count})
    return redirect(record_url(request, contract))


@require_http_methods(FORM)
@in_network("manage_staff")
def opinion(request: NetworkRequest, opinion_id: UUID) -> HttpResponse:
    """Write down what a firm said, by telephone for instance."""
    found = access_opinion(opinion_id)
    back = record_url(request, found.contract)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and keep_opinion(request, found, form):
        return redirect(back)
    context = {
        "title": _("What the firm says"),
        "eyebrow": f"{found.organisation.name}, {found.contract.worker.name}",
        "form": form,
        "submit": _("Keep this opinion"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def keep_opinion(request: NetworkRequest, found: TrialOpinion, form: OpinionForm) -> bool:
    """Keep the opinion typed in a valid form; False when it was refused."""
    try:
        give_opinion(
            acting=request.acting,
            opinion=found,
            in_favour=form.cleaned_data["in_favour"] == "yes",
            words=form.cleaned_data["words"],
        )
    except StaffError as error:
        tell(form, error)
        return False
    said(request, _("The opinion is kept."))
    return True
