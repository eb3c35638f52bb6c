"""How the pages of imports say fates, fields, values and reasons."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from maillage.foundation.organisations.enums import (
    ActivityScheme,
    BodyFamily,
    ImportState,
    OrganisationKind,
    RowFate,
    SizeBand,
)
from maillage.foundation.organisations.imports.columns import FIELDS
from maillage.foundation.organisations.imports.deeds import differences
from maillage.foundation.organisations.imports.judging import ROLE, SITE
from maillage.foundation.organisations.imports.reasons import sentence
from maillage.foundation.organisations.models import ImportRow
from maillage.web.ui.formats import number

# Fates in the order people look at them, with the look of their tag.
LOOKS: Final[Mapping[str, str]] = {
    RowFate.REFUSED: "no",
    RowFate.KEPT: "watch",
    RowFate.DUPLICATE: "watch",
    RowFate.CREATE: "ok",
    RowFate.CREATED: "ok",
    RowFate.CHANGE: "ok",
    RowFate.CHANGED: "ok",
    RowFate.SAME: "plain",
    RowFate.UNDONE: "plain",
}
COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    RowFate.CREATE: lambda n: ngettext("%(n)s to create", "%(n)s to create", n),
    RowFate.CHANGE: lambda n: ngettext("%(n)s to change", "%(n)s to change", n),
    RowFate.SAME: lambda n: ngettext("%(n)s already there", "%(n)s already there", n),
    RowFate.DUPLICATE: lambda n: ngettext("%(n)s twice in the file", "%(n)s twice in the file", n),
    RowFate.REFUSED: lambda n: ngettext("%(n)s refused", "%(n)s refused", n),
    RowFate.CREATED: lambda n: ngettext("%(n)s created", "%(n)s created", n),
    RowFate.CHANGED: lambda n: ngettext("%(n)s changed", "%(n)s changed", n),
    RowFate.UNDONE: lambda n: ngettext("%(n)s undone", "%(n)s undone", n),
    RowFate.KEPT: lambda n: ngettext("%(n)s kept", "%(n)s kept", n),
}
STATE_LOOKS: Final[Mapping[str, str]] = {
    ImportState.READY: "watch",
    ImportState.APPLIED: "ok",
    ImportState.REFUSED: "no",
}
# Fields of a record that no column holds by itself.
MORE_FIELDS: Final[Mapping[str, Promise]] = {
    "placed_by_hand": _("Placed on the map by hand"),
    "title": FIELDS["contact_title"],
}
CHOICES: Final[Mapping[str, type[TextChoices]]] = {
    "kind": OrganisationKind,
    "family": BodyFamily,
    "size_band": SizeBand,
    "activity_scheme": ActivityScheme,
}
# What follows another field and says nothing more to people.
UNTOLD: Final = frozenset({"latitude", "longitude", "insee", "activity_scheme"})


def counted(fate: str, count: int) -> str:
    """Return a number of lines with what becomes of them: “430 to create.”"""
    return f"{COUNTED[fate](count) % {'n': number(count)}}."


def beside_number(fate: str, count: int) -> str:
    """Return what becomes of lines, for a number that stands beside: “to create”."""
    return (COUNTED[fate](count) % {"n": ""}).strip()


def field_label(part: str, name: str) -> str:
    """Return the name of a field of the record, of its site or of its contact."""
    if part == ROLE:
        return str(FIELDS.get(f"contact_{name}", name))
    if part == SITE and name == "name":
        name = "site_name"
    return str(FIELDS.get(name) or MORE_FIELDS[name])


def shown(name: str, value: Any) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return _now("(empty)")
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    return number(value) if isinstance(value, int) else str(value)


def changes_of(row: ImportRow) -> Iterator[tuple[str, str, str]]:
    """Yield what a line changes: field, old value, new one, in words."""
    found = list(differences(row.before))
    plain = [one for one in found if one[1] not in UNTOLD] or found
    for part, name, old, new in plain:
        yield field_label(part, name), shown(name, old), shown(name, new)


def reasons_of(row: ImportRow) -> list[str]:
    """Return why a line has its fate, in words."""
    return [sentence(one) for one in row.reasons]


def why(row: ImportRow) -> str:
    """Return the reasons and the changes of a line as one text, for files."""
    changes = (f"{label}: {old} → {new}" for label, old, new in changes_of(row))
    return " ".join([*reasons_of(row), "; ".join(changes)]).strip()


def why_html(row: ImportRow) -> SafeString:
    """Return the reasons and the changes of a line, as the page shows them."""
    reasons = format_html_join("", "<li>{}</li>", ((one,) for one in reasons_of(row)))
    changes = format_html_join(
        "",
        "<li>{}<br><del>{}</del> → <ins>{}</ins></li>",
        changes_of(row),
    )
    both = reasons + changes
    return format_html('<ul class="list-unstyled m-small mb-0">{}</ul>', both) if both else both
