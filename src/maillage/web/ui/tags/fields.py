"""How a field of a form is drawn: its label, its help, its error beside it, who sees the answer."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.web.ui.help import HELP_TEXTS
from maillage.web.ui.tags.inline import visibility as visibility_badge

# The first that fits says how the field is drawn; anything else is a line to type in.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "cards"),
    (forms.RadioSelect, "cards"),
    (forms.CheckboxInput, "check"),
    (forms.Select, "select"),
)
LOOKS = {"check": "form-check-input", "select": "form-select", "line": "form-control"}


@dataclass(frozen=True, slots=True)
class Card:
    """One choice among those of a field."""

    control: SafeString
    target: str
    label: str
    help: str


def kind_of(bound: BoundField) -> str:
    """Return how a field is drawn: hidden, cards, check, select or line."""
    widget = bound.field.widget
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "line")


def target_of(bound: BoundField) -> str:
    """Return the id of the control that takes the focus when the field is to be corrected."""
    return f"{bound.auto_id}_0" if kind_of(bound) == "cards" else bound.id_for_label


def control(bound: BoundField, kind: str, described_by: str) -> SafeString:
    """Return the control itself, with its look and what describes it."""
    attrs: dict[str, str | bool] = {"class": " ".join(_classes(bound, kind))}
    if described_by:
        attrs["aria-describedby"] = described_by
    return bound.as_widget(attrs=attrs)


def _classes(bound: BoundField, kind: str) -> list[str]:
    look = LOOKS[kind]
    if kind == "line" and getattr(bound.field.widget, "input_type", "") == "range":
        look = "form-range"
    own = str(bound.field.widget.attrs.get("class", ""))
    return [part for part in (own, look, "is-invalid" if bound.errors else "") if part]


def cards(bound: BoundField) -> list[Card]:
    """Return the choices of a field, each with the line that explains it."""
    helps = getattr(bound.field, "choice_help", {})
    return [
        Card(
            control=option.tag(),
            target=option.id_for_label,
            label=option.choice_label,
            help=helps.get(str(option.data["value"]), ""),
        )
        for option in bound.subwidgets
        if option.data["value"] != ""
    ]


def field(
    bound: BoundField,
    *,
    unit: str = "",
    help: str = "",  # noqa: A002 -- the word that template authors write
    visibility: str = "",
    label: str = "",
) -> dict[str, object]:
    """Return everything that the drawing of one field needs."""
    kind = kind_of(bound)
    base = bound.auto_id or bound.html_name
    describing = [
        part
        for part, present in (
            (f"{base}_error", bound.errors),
            (f"{base}_helptext", bound.help_text),
            (f"{base}_unit", unit),
        )
        if present
    ]
    drawn = kind not in {"hidden", "cards"}
    return {
        "field": bound,
        "kind": kind,
        "base": base,
        "label": label or bound.label,
        "optional": not bound.field.required and kind != "check",
        "control": control(bound, kind, " ".join(describing)) if drawn else "",
        "described_by": " ".join(describing),
        "cards": cards(bound) if kind == "cards" else [],
        "unit": unit,
        "help": HELP_TEXTS[help] if help else None,
        "visibility": visibility_badge(visibility) if visibility else "",
    }


def fields(form: forms.BaseForm, *names: str) -> dict[str, object]:
    """Return the fields of a form that are named, in that order, or all of them."""
    return {"fields": [form[name] for name in names] if names else list(form)}


def form_errors(form: forms.BaseForm, title: str = "") -> dict[str, object]:
    """Return what is to be corrected, each line leading to its field."""
    lines = [
        (target_of(bound) if kind_of(bound) != "hidden" else "", bound.label, error)
        for bound in form
        for error in bound.errors
    ]
    return {
        "general": list(form.non_field_errors()) if form.is_bound else [],
        "lines": lines if form.is_bound else [],
        "title": title or _("Nothing is saved yet"),
    }


def whole_form(
    form: forms.BaseForm,
    *,
    submit: str = "",
    cancel: str = "",
    action: str = "",
    title: str = "",
    kind: str = "primary",
) -> dict[str, object]:
    """Return a whole form: summary of errors, fields, and the button on the right."""
    return {
        "form": form,
        "submit": submit or _("Save"),
        "cancel": cancel,
        "action": action,
        "title": title,
        "kind": kind,
        "multipart": form.is_multipart(),
    }
