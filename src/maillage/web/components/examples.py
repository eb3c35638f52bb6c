"""What the living page shows: a few lines of the demonstration territory, all invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.web.ui.formats import euros, number
from maillage.web.ui.forms import ChoiceCards, DayInput
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.parts import AgendaLine, Bar, Decision, Figure, MapPoint, Town
from maillage.web.ui.tags.inline import badge

DAY = date(2026, 4, 7)
MOMENT = datetime(2026, 4, 7, 12, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A line of the example list."""

    name: str
    commune: str
    state: str | Promise
    state_kind: str
    hours: Decimal
    amount: Decimal


CONFIRMED = (gettext_lazy("Confirmed"), "ok")
WAITING = (gettext_lazy("Waiting"), "watch")

FIRMS = tuple(
    FirmLine(name, commune, *state, Decimal(hours), Decimal(amount))
    for name, commune, state, hours, amount in (
        ("Chocolaterie Bellanger", "Blois", CONFIRMED, "96", "2208"),
        ("Garage Lemoine", "Cour-Cheverny", WAITING, "38", "874"),
        ("Menuiserie Riffault", "Contres", CONFIRMED, "52.5", "1207.50"),
        ("Serrurerie Tardif", "Vendôme", CONFIRMED, "21", "483"),
        ("Traiteur Aubry", "Blois", WAITING, "64", "1472"),
    )
)

COMMUNES = sorted({firm.commune for firm in FIRMS})


class ExampleFilters(forms.Form):
    """The filters of the example list."""

    commune = forms.ChoiceField(
        label=gettext_lazy("Commune"),
        required=False,
        choices=[
            ("", gettext_lazy("All communes")),
            *((c, c) for c in sorted({f.commune for f in FIRMS})),
        ],
    )


class ExampleForm(forms.Form):
    """One field of each kind."""

    hours = forms.IntegerField(
        label=gettext_lazy("Hours per week"),
        error_messages={"invalid": gettext_lazy("Write a number, for example 12.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the firm"), help_text=gettext_lazy("As your customers know it.")
    )
    trade = forms.ChoiceField(
        label=gettext_lazy("Trade"),
        choices=[("bois", gettext_lazy("Joinery")), ("metal", gettext_lazy("Metalwork"))],
    )
    contract = ChoiceCards(
        label=gettext_lazy("Contract"),
        choices=[
            ("year", gettext_lazy("Permanent, hours over the year")),
            ("part", gettext_lazy("Chosen part-time")),
        ],
        helps={
            "year": gettext_lazy("from 21 to 44 h depending on the month"),
            "part": gettext_lazy("24 h at least"),
        },
    )
    day = forms.DateField(label=gettext_lazy("Starting on"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    paper = forms.FileField(label=gettext_lazy("Document"), required=False)
    shown = forms.BooleanField(label=gettext_lazy("Show my address to the public"), required=False)


def matching(wanted: dict[str, Any]) -> ListRows[FirmLine]:
    """Return the lines that the search and the filter of the example keep."""
    text, commune = wanted["q"].casefold(), wanted["commune"]
    kept = [
        firm
        for firm in FIRMS
        if text in firm.name.casefold() and (not commune or firm.commune == commune)
    ]
    return ListRows(
        kept,
        sorts={
            "name": lambda firm: firm.name,
            "hours": lambda firm: firm.hours,
            "amount": lambda firm: firm.amount,
        },
    )


def no_rows() -> ListRows[FirmLine]:
    """Return nothing, to show what an empty list says."""
    return ListRows(())


LISTING = Listing(
    name="firms",
    columns=(
        Column(
            "name",
            gettext_lazy("Firm"),
            lambda firm: firm.name,
            sort=True,
            main=True,
            small=lambda firm: firm.commune,
        ),
        Column(
            "state",
            gettext_lazy("State"),
            lambda firm: firm.state,
            html=lambda firm: badge(firm.state, firm.state_kind),
        ),
        Column(
            "hours",
            gettext_lazy("Hours"),
            lambda firm: firm.hours,
            sort=True,
            numeric=True,
            text=lambda value: number(value, "h"),
        ),
        Column(
            "amount",
            gettext_lazy("To invoice"),
            lambda firm: firm.amount,
            sort=True,
            numeric=True,
            text=euros,
        ),
    ),
    default_sort="name",
    caption=lambda count: (
        ngettext("%(count)s firm", "%(count)s firms", count) % {"count": number(count)}
    ),
    empty=Empty(
        gettext_lazy("No firm yet"),
        gettext_lazy(
            "Bring in the spreadsheet you have: nothing is written before you have seen it."
        ),
        url="#lists",
        label=gettext_lazy("Import firms"),
    ),
    filters=ExampleFilters,
    search=gettext_lazy("Name"),
    per_page=3,
)

COLOURS = (
    ("paper", gettext_lazy("Paper"), gettext_lazy("ground of the page")),
    ("sheet", gettext_lazy("Sheet"), gettext_lazy("cards, fields")),
    ("sunk", gettext_lazy("Hollow"), gettext_lazy("hover, quiet zones")),
    ("ink", gettext_lazy("Ink"), gettext_lazy("text")),
    ("ink2", gettext_lazy("Ink 2"), gettext_lazy("second text")),
    ("rule", gettext_lazy("Hairline"), gettext_lazy("borders")),
    ("green", gettext_lazy("Green"), gettext_lazy("action, links")),
    ("gtint", gettext_lazy("Pale green"), gettext_lazy("choice, contract")),
    ("ochre", gettext_lazy("Ochre"), gettext_lazy("attention")),
    ("otint", gettext_lazy("Pale ochre"), gettext_lazy("ground of an alert")),
    ("red", gettext_lazy("Red"), gettext_lazy("refusal only")),
    ("rtint", gettext_lazy("Pale red"), gettext_lazy("ground of an error")),
)

FIGURES = (
    Figure("460", gettext_lazy("firms asked"), detail=gettext_lazy("spring survey")),
    Figure("43", gettext_lazy("have regular peaks"), unit="%", detail=gettext_lazy("198 firms")),
    Figure("106", gettext_lazy("want to share a job"), detail=gettext_lazy("23% of the answers")),
)

BARS = (Bar("Blois", 21), Bar("Contres", 14), Bar("Vendôme", 9))
POINTS = (
    MapPoint(47.586, 1.336, "Chocolaterie Bellanger"),
    MapPoint(47.417, 1.431, "Menuiserie Riffault"),
    MapPoint(47.793, 1.066, "Serrurerie Tardif", kind="peri"),
    MapPoint(47.357, 1.744, "Traiteur Aubry", kind="alone"),
)
TOWNS = (
    Town("Blois", 47.594, 1.328),
    Town("Vendôme", 47.796, 1.070),
    Town("Romorantin", 47.359, 1.743),
)


def decisions() -> list[Decision]:
    """Return two things to decide."""
    return [
        Decision(
            say=_("One sentence says what is to be decided."),
            why=_("one sentence that a baker understands."),
            label=_("One verb"),
            url="#ledger",
            meta=_("Urgent help"),
            hot=True,
        ),
        Decision(
            say=_("Four firms have not confirmed 118 hours yet."),
            why=_("the invoices leave on Friday."),
            label=_("Send the reminder"),
            url="#ledger",
            meta=_("Hours of March"),
        ),
    ]


def agenda() -> list[AgendaLine]:
    """Return two days of a week."""
    return [
        AgendaLine(date(2026, 4, 7), _("The planning of week 17 is published before 6 pm")),
        AgendaLine(
            date(2026, 4, 9), _("Board: vote on opening to shops"), detail=_("18:30, Contres")
        ),
    ]


def definitions() -> list[tuple[object, ...]]:
    """Return a few labels and values, some with who sees them."""
    return [
        (_("Address"), "14 rue du Commerce, 41000 Blois", "public"),
        (_("Staff"), "7", "network"),
        (_("Turnover"), "", "private"),
    ]


def trail() -> list[tuple[str, str]]:
    """Return the path to a page."""
    return [(_("Directory"), "#crumbs"), (_("Firms"), "#crumbs"), ("Menuiserie Riffault", "")]
