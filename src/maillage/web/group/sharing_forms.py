"""Forms of the area: who answers for debts, value added tax, agreements side by side."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.comparing import Cell
from maillage.run.group.enums import ComparedItem, VatRegime
from maillage.run.group.models import ComparedCell, Comparison
from maillage.web.ui.forms import ChoiceCards, DayInput

HIGHEST = Decimal("99999999.99")


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=HIGHEST, decimal_places=2, localize=False, **more
    )


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class KeyForm(forms.Form):
    """The key of the statutes; with what each member weighs, where it weighs."""

    statutes_ref = forms.CharField(
        label=_("Where do the statutes say it?"), max_length=120, help_text=_("Article 9, say.")
    )
    effective_from = _day(_("In force from"), initial=localdate)
    cap = _money(
        _("Ceiling for a member"),
        required=False,
        help_text=_("Left empty when the statutes set none."),
    )
    trial_cap = _money(_("Ceiling for a trial member"), required=False)

    def __init__(
        self,
        *args: Any,
        weighing: Sequence[Organisation] = (),
        known: Mapping[UUID, Decimal] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.weighing = weighing
        for firm in weighing:
            field = _money(firm.name, required=False)
            field.initial = (known or {}).get(firm.public_id)
            self.fields[f"weight_{firm.public_id}"] = field

    def weights(self) -> dict[UUID, Decimal]:
        """Return what each member weighs."""
        typed = {
            firm.public_id: self.cleaned_data.get(f"weight_{firm.public_id}")
            for firm in self.weighing
        }
        return {who: weight for who, weight in typed.items() if weight is not None}


class DebtForm(forms.Form):
    """An amount to try the key on."""

    amount = _money(_("A debt of"))
    without = forms.ChoiceField(label=_("If this member cannot pay"), required=False)

    def __init__(self, *args: Any, members: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["without"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = [
            ("", _("Every member pays")),
            *((str(one.public_id), one.name) for one in members),
        ]


class OwnDebtForm(forms.Form):
    """An amount to try the key on, for one's own firm."""

    amount = _money(_("A debt of the group of"), initial=10_000)
    weight = _money(_("What you would use in a year"), required=False)


class VatForm(forms.Form):
    """How value added tax stands in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    regime = ChoiceCards(
        label=_("Regime"),
        choices=VatRegime.choices,
        helps={
            VatRegime.LIABLE: _("It is billed with VAT."),
            VatRegime.EXEMPT: _(
                "What is billed to it is its exact part of the costs, without VAT."
            ),
        },
    )
    basis = forms.CharField(
        label=_("Basis of the exemption"),
        max_length=160,
        required=False,
        help_text=_("CGI 261 B, or the article that exempts its own activity."),
    )
    taxable_share = forms.DecimalField(
        label=_("Part of its receipts that is taxed"),
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    evidence = forms.CharField(label=_("What shows it?"), max_length=300)


class ComparisonForm(forms.Form):
    """What is compared, for which posts."""

    title = forms.CharField(
        label=_("What do the members choose?"),
        max_length=160,
        initial=_("Which collective agreement for our shared workers?"),
    )
    agreements = forms.CharField(
        label=_("Collective agreements (IDCC), one a line"), widget=forms.Textarea({"rows": 3})
    )
    posts = forms.CharField(
        label=_("Posts, one a line"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Seller, mechanic, accountant…"),
    )


class CellsForm(forms.Form):
    """What each agreement gives for one post: values and where they were read."""

    def __init__(
        self,
        *args: Any,
        comparison: Comparison,
        post: str,
        cells: Iterable[ComparedCell],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.comparison, self.post = comparison, post
        known = {(one.agreement, one.item): one for one in cells if one.post == post}
        for code in comparison.agreements:
            for item in ComparedItem:
                cell = known.get((code, item.value))
                self.fields[f"value_{code}_{item.value}"] = forms.CharField(
                    label=_("%(item)s, IDCC %(code)s") % {"item": item.label, "code": code},
                    max_length=160,
                    required=False,
                    initial=cell.value if cell else "",
                )
                self.fields[f"source_{code}_{item.value}"] = forms.CharField(
                    label=_("Where it was read"),
                    max_length=200,
                    required=False,
                    initial=cell.source if cell else "",
                )

    def cells(self) -> list[Cell]:
        """Return what was typed."""
        return [
            Cell(
                self.post,
                code,
                item.value,
                self.cleaned_data[f"value_{code}_{item.value}"],
                self.cleaned_data[f"source_{code}_{item.value}"],
            )
            for code in self.comparison.agreements
            for item in ComparedItem
        ]


class UntilForm(forms.Form):
    """Until when members vote."""

    until = _day(_("Members vote until"))
