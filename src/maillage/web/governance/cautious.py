"""What to think of before somebody of a firm is invited: said once, never forbidden."""

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.cautions import cautions_before
from maillage.launch.mobilisation.permissions import can_manage_mobilisation
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.frame import modules_on

CONFIRMED = "confirmed"


def ask_to_confirm(request: NetworkRequest, form: forms.Form, firm: Organisation) -> None:
    """Add to a form the box to tick when a firm is asked too early, for who follows firms."""
    if not can_manage_mobilisation(request.acting) or "mobilisation" not in modules_on(request):
        return
    cautions = cautions_before(request.network, firm)
    if not cautions:
        return
    form.fields[CONFIRMED] = forms.BooleanField(
        label=_("I have thought of it: go on all the same"),
        help_text=" ".join(one.sentence for one in cautions),
        error_messages={
            "required": _("Read what is said here first, then tick it to go on all the same.")
        },
    )
