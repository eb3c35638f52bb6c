"""The form above a list: the search box, then the filters of the list."""

from collections.abc import Sized

from django import forms

from maillage.web.ui.parts import Text


def or_nothing(value: object) -> object:
    """Return a filter as it was given, or None when it filters nothing."""
    if value is False or (isinstance(value, Sized) and len(value) == 0):
        return None
    return value


def filter_form(filters: type[forms.Form] | None, search: Text) -> type[forms.Form]:
    """Return the form above the list: the search box first, then the filters."""
    base = filters or forms.Form
    if not search:
        return base
    box = forms.CharField(
        label=str(search),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "data-focus-search": "", "autocomplete": "off"}
        ),
    )
    order = ["q", *base.base_fields]
    return type(base.__name__, (base,), {"q": box, "field_order": order})
