"""Explanations beside the fields of the directory."""

from django.utils.translation import gettext_lazy as _

from maillage.web.ui.help import explain

explain(
    "siren",
    _("What is it?"),
    _("The nine digits that name a firm; they are on its invoices and its registration."),
)
explain(
    "siret",
    _("What is it?"),
    _("The fourteen digits that name one place of work: the SIREN number, then five more."),
)
explain(
    "activity-code",
    _("What is it?"),
    _("Four digits and a letter given by the statistics office, such as 10.71C for a bakery."),
)
explain(
    "idcc",
    _("What is it?"),
    _("The number of the collective agreement that applies; it is on every payslip."),
)
