"""The list of roles in the network: who does what, from when to when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import NetworkRole
from maillage.web.governance.reading import seen_by
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.lists import Column, Empty, Listing, ListRows


class RoleFilters(forms.Form):
    """What the list can be cut down to."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a person", "Role"),
        required=False,
        choices=[("", pgettext_lazy("roles", "All")), *NetworkRoleKind.choices],
    )
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[
            ("", _("Now and later")),
            ("ended", pgettext_lazy("roles", "Ended")),
            ("all", pgettext_lazy("roles", "All")),
        ],
    )


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role, who holds it, who sends them, and where it is ended."""

    role: NetworkRole
    sent_by: str
    url: str


def role_rows(request: NetworkRequest, wanted: dict[str, Any]) -> ListRows[RoleLine]:
    """Return the roles that were asked for; a network has some tens of them."""
    roles = NetworkRole.objects.filter(network=request.network).select_related("person")
    today = localdate()
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    if wanted["when"] != "all":
        roles = roles.exclude(running) if wanted["when"] == "ended" else roles.filter(running)
    if wanted["kind"]:
        roles = roles.filter(kind=wanted["kind"])
    if wanted["q"]:
        asked = wanted["q"]
        roles = roles.filter(Q(person__name__icontains=asked) | Q(person__email__icontains=asked))
    found = list(roles)
    known = seen_by(request, [role.organisation_id for role in found])
    return ListRows(
        [
            RoleLine(
                role,
                str(known.get(role.organisation_id or 0, "")),
                reverse("governance:end-role", args=[request.network.slug, role.public_id])
                if role.ends_on is None or role.ends_on >= today
                else "",
            )
            for role in found
        ],
        sorts={
            "person": lambda row: str(row.role.person).casefold(),
            "kind": lambda row: str(row.role.get_kind_display()),
            "from": lambda row: row.role.starts_on,
            "until": lambda row: row.role.ends_on,
        },
    )


def _day(value: date | None) -> str:
    return nice_date(value, "year") if value else ""


def _end(row: RoleLine) -> SafeString:
    if not row.url:
        return SafeString()
    return format_html(
        '<a href="{}">{} <span class="visually-hidden">{}</span></a>',
        row.url,
        gettext("End this role"),
        row.role.person,
    )


ROLES = Listing(
    name="roles",
    columns=(
        Column(
            "person",
            _("Person"),
            lambda row: str(row.role.person),
            sort=True,
            main=True,
            small=lambda row: row.sent_by,
        ),
        Column("email", _("E-mail address"), lambda row: row.role.person.email),
        Column(
            "kind",
            pgettext_lazy("of a person", "Role"),
            lambda row: row.role.get_kind_display(),
            sort=True,
        ),
        Column("from", _("From"), lambda row: row.role.starts_on, sort=True, text=_day),
        Column("until", _("Last day"), lambda row: row.role.ends_on, sort=True, text=_day),
        Column("end", _("End of the role"), lambda _row: "", html=_end, exported=False),
    ),
    default_sort="person",
    filters=RoleFilters,
    search=_("Search a person"),
    caption=lambda n: ngettext("%(count)s role", "%(count)s roles", n) % {"count": number(n)},
    empty=Empty(_("No role here"), _("Invite somebody to share the work.")),
)
