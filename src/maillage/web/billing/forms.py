"""What is typed about who bills and at what price."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.models import BillingProfile
from maillage.run.billing.pricing.terms import Leave, Method
from maillage.run.payments.enums import DebitScheme
from maillage.run.payments.mandates import Signed
from maillage.web.ui.forms import ChoiceCards, DayInput

METHODS = (
    (Method.COEFFICIENT, _("A coefficient on gross pay")),
    (Method.MARGIN, _("What an hour costs, and a margin in euros")),
    (Method.COST, _("What an hour costs, shared exactly (group exempt from VAT)")),
)
LEAVES = (
    (Leave.IN_RATE, _("A part of each hour is put aside")),
    (Leave.WHEN_TAKEN, _("Billed when it is taken")),
)


class ProfileForm(forms.ModelForm[BillingProfile]):
    """Who bills and how it is paid."""

    class Meta:
        """All but the network."""

        model = BillingProfile
        fields = (
            "siren",
            "siret",
            "vat_number",
            "iban",
            "creditor",
            "prefix",
            "payment_days",
            "vat_on_debits",
        )


class PriceForm(forms.Form):
    """A price, as a board decides it; more detailed ones are written by the interface."""

    since = forms.DateField(label=_("From which day on"), widget=DayInput, initial=localdate)
    method = ChoiceCards(label=_("How is an hour priced?"), choices=METHODS)
    coefficient = forms.DecimalField(
        label=_("Coefficient"),
        required=False,
        min_value=1,
        max_value=5,
        decimal_places=4,
        help_text=_("12 € of gross pay at 1.87 are 22.44 € an hour, without tax."),
    )
    margin = forms.DecimalField(
        label=_("Margin, in euros an hour"), required=False, min_value=0, decimal_places=2
    )
    charges = forms.DecimalField(
        label=_("Employer’s contributions, in percent of pay"),
        min_value=0,
        max_value=100,
        decimal_places=4,
    )
    leave = ChoiceCards(label=_("Paid leave"), choices=LEAVES, initial=Leave.IN_RATE)
    night = forms.DecimalField(
        label=_("At night (21:00 to 6:00), percent more"), required=False, min_value=0
    )
    sunday = forms.DecimalField(label=_("On a Sunday, percent more"), required=False, min_value=0)
    holiday = forms.DecimalField(
        label=_("On a public holiday, percent more"), required=False, min_value=0
    )
    cancelled_day = forms.DecimalField(
        label=_("Cancelled less than 24 hours before, percent billed"),
        min_value=0,
        max_value=100,
        initial=100,
    )
    cancelled_days = forms.DecimalField(
        label=_("Cancelled less than 72 hours before, percent billed"),
        min_value=0,
        max_value=100,
        initial=50,
    )
    decision = forms.CharField(
        label=_("Decision of the board"), max_length=200, help_text=_("Its date, its number.")
    )

    def terms(self) -> dict[str, Any]:
        """Return the terms that were typed, as they are kept."""
        typed = self.cleaned_data
        terms: dict[str, Any] = {
            "method": typed["method"],
            "charges": str(typed["charges"]),
            "leave": typed["leave"],
            "supplements": {
                name: str(typed[name]) for name in ("night", "sunday", "holiday") if typed[name]
            },
            "cancelled": [
                {"under_hours": 24, "percent": str(typed["cancelled_day"])},
                {"under_hours": 72, "percent": str(typed["cancelled_days"])},
            ],
        }
        if typed["method"] == Method.COEFFICIENT:
            terms["coefficients"] = [{"value": str(typed["coefficient"] or Decimal(0))}]
        if typed["margin"]:
            terms["margin"] = str(typed["margin"])
        return terms


class StatementForm(forms.Form):
    """A statement of the bank."""

    statement = forms.FileField(
        label=_("Statement of the bank"),
        help_text=_("The file camt.053 of your bank, or a table (CSV)."),
    )


class MandateForm(forms.Form):
    """A mandate that a member signed."""

    organisation = forms.ChoiceField(label=_("Firm"))
    holder = forms.CharField(label=_("Holder of the account"), max_length=140)
    iban = forms.CharField(label=_("Account number (IBAN)"), max_length=40)
    scheme = ChoiceCards(label=_("Which kind of debit?"), choices=DebitScheme.choices)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, initial=localdate)
    registered_on = forms.DateField(
        label=_("Registered at their bank on"),
        widget=DayInput,
        required=False,
        help_text=_("A B2B mandate is refused by their bank before it is registered there."),
    )

    def __init__(self, members: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firms = {str(firm.public_id): firm for firm in members}
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (key, firm.name) for key, firm in self.firms.items()
        ]

    @property
    def firm(self) -> Organisation:
        """The firm that was chosen."""
        return self.firms[self.cleaned_data["organisation"]]

    def signed(self) -> Signed:
        """Return what was typed."""
        typed = self.cleaned_data
        return Signed(
            holder=typed["holder"],
            iban=typed["iban"],
            scheme=DebitScheme(typed["scheme"]),
            signed_on=typed["signed_on"],
            registered_on=typed["registered_on"],
        )
